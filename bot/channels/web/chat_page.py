"""What the page shows: the conversation as it stands, then every change as it happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.chatlog import ChatLog, Post
from bot.channels.web import inbox
from bot.channels.web.downloads import Downloads
from bot.channels.web.page_language import asked_for, spoken_to
from bot.channels.web.pages import page, render
from bot.channels.web.sign_in import Person, SignIn, person_of_session, signed_in, token_of
from bot.channels.web.watch import OVERLAP, Watch
from bot.channels.web.ways_in import WaysIn
from handlers.language.translation import Language, language, speaking

RECONNECT_MS = 1000
PAGE_POSTS = 100


@dataclass(frozen=True)
class ChatPage:
    """Serves one person's conversation. `stopping` ends the open streams when the server is to stop; `ways` is shown to
    who is not signed in."""

    log: ChatLog
    door: SignIn
    shelf: Downloads
    watch: Watch
    stopping: asyncio.Event
    ways: WaysIn

    async def page(self, request: Request) -> Response:
        """The chat; for who is not signed in, the page that says how to."""
        person = await person_of_session(request, self.door)
        if person is None:
            return self.ways.show(request, "asked")
        spoken = await spoken_to(request, self.door, person)
        shown = _number(request.query_params.get("show"))
        if sought := request.query_params.get("post"):
            shown = max(shown, await self.log.number_from("web", person.address, sought))
        latest = await self.log.latest("web", person.address, shown)
        with speaking(spoken):
            return page(
                "chat.html",
                person=person,
                keys=inbox.keys_of(person),
                posts=await asyncio.to_thread(self._rendered, person, latest.posts),
                since=latest.since.isoformat() if latest.since else "",
                show_more=shown + 4 * PAGE_POSTS if latest.earlier else None,
                limits=inbox.limits(),
            )

    def _rendered(self, person: Person, posts: list[Post]) -> list[str]:
        link = self.shelf.links(person.address)
        return [render(post, link) for post in posts]

    async def events(self, request: Request) -> Response:
        """The stream of changed posts after `since` (ISO 8601), or after the last event that a browser has seen, and
        (`step`) of the steps in the books after that number.

        Raises: HTTPException 401 when not signed in; browsers then stop to reconnect.
        """
        person = await signed_in(request, self.door)
        since = _moment(request.headers.get("last-event-id") or request.query_params.get("since", ""))
        said = request.query_params.get("step", "")
        step = int(said) if said.isdecimal() and len(said) < 16 else None
        return EventSourceResponse(self._stream(person, token_of(request), since, step, asked_for(request.headers)))

    async def _stream(
        self, person: Person, token: str, since: datetime | None, step: int | None, asked: Language
    ) -> AsyncIterator[ServerSentEvent]:
        spoken = language()
        yield ServerSentEvent(comment="connected", retry=RECONNECT_MS)
        link = self.shelf.links(person.address)
        async for posts, taken in self._changes(person, token, since, step):
            if taken is not None:
                yield ServerSentEvent(event="books", data=str(taken))
            if not posts:
                continue
            rendered = [
                {"key": p.key, "version": p.changed_at.isoformat(), "html": render(p, link), "number": p.number}
                for p in posts
            ]
            # One event for all that was read together: a broken connection can then lose none of it.
            yield ServerSentEvent(event="posts", id=newest(posts).isoformat(), data=json.dumps(rendered))
            # Telling another language is answered with a post, so that this is when to look for it.
            if (wanted := await self.door.language(person.address) or asked) != spoken:
                yield ServerSentEvent(event="language", data=wanted)

    async def _changes(
        self, person: Person, token: str, since: datetime | None, step: int | None
    ) -> AsyncIterator[tuple[list[Post], int | None]]:
        """Posts as they are written, and the step that the books are at where that is another, until the server stops
        or the session ends."""
        seen: dict[str, datetime] = {}
        with self.watch.page(person.address, token, step) as opened:
            while not self.stopping.is_set():
                posts = await self.log.read("web", person.address, since - OVERLAP if since else None)
                changed = [post for post in posts if seen.get(post.key) != post.changed_at]
                if changed or opened.step != step:
                    yield changed, opened.step if opened.step != step else None
                    step = opened.step
                if posts:
                    seen = {post.key: post.changed_at for post in posts}
                    since = max(newest(posts), since or newest(posts))
                if not await opened.changed():
                    return


def newest(posts: list[Post]) -> datetime:
    """When the last of them changed."""
    return max(post.changed_at for post in posts)


def _moment(text: str) -> datetime | None:
    """An aware time from ISO 8601; None for anything else, which means: from the beginning."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 and int(text) else PAGE_POSTS
