"""What the page shows: the conversation as it stands, then every change as it happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.chatlog import ChatLog, Post
from bot.channels.web import inbox
from bot.channels.web.downloads import Downloads
from bot.channels.web.page_language import asked_for, remember
from bot.channels.web.pages import page, render
from bot.channels.web.sign_in import Person, SignIn, person_of_address, signed_in
from handlers.language.translation import Language, language, speaking

POLL_SECONDS = 0.2
OVERLAP = timedelta(seconds=30)
"""How far the clocks of machines that write the log may be apart."""
CHECK_EVERY = 50  # polls, so about every ten seconds it is looked up whether the person may still see this
RECONNECT_MS = 1000
PAGE_POSTS = 100


@dataclass(frozen=True)
class ChatPage:
    """Serves one person's conversation. `stopping` ends the open streams when the server is to stop."""

    log: ChatLog
    door: SignIn
    shelf: Downloads
    stopping: asyncio.Event

    async def page(self, request: Request) -> Response:
        """The chat; for who is not signed in, the page that says how to."""
        person = await person_of_address(request, self.door)
        if person is None:
            return page("signin.html", failed=False)
        request.session["address"] = person.address  # signs the cookie anew, so that it lasts while it is used
        told = await self.door.language(person.address)
        remember(request, told)
        posts = await self.log.read("web", person.address)
        shown = _number(request.query_params.get("show"))
        link = self.shelf.links(person.address)
        with speaking(told or asked_for(request.headers)):
            return page(
                "chat.html",
                person=person,
                posts=[render(post, link) for post in posts[-shown:]],
                since=newest(posts).isoformat() if posts else "",
                show_more=shown + 4 * PAGE_POSTS if len(posts) > shown else None,
                limits={
                    "files": inbox.FILES,
                    "fileMb": inbox.FILE_MB,
                    "tooLarge": inbox.too_large(),
                    "tooMany": inbox.too_many(),
                },
            )

    async def events(self, request: Request) -> Response:
        """The stream of changed posts after `since` (ISO 8601), or after the last event that a browser has seen.

        Raises: HTTPException 401 when not signed in; browsers then stop to reconnect.
        """
        person = await signed_in(request, self.door)
        since = _moment(request.headers.get("last-event-id") or request.query_params.get("since", ""))
        return EventSourceResponse(self._stream(person, since, asked_for(request.headers)))

    async def _stream(self, person: Person, since: datetime | None, asked: Language) -> AsyncIterator[ServerSentEvent]:
        spoken = language()
        yield ServerSentEvent(comment="connected", retry=RECONNECT_MS)
        link = self.shelf.links(person.address)
        async for posts in self._changes(person, since):
            rendered = [{"key": p.key, "version": p.changed_at.isoformat(), "html": render(p, link)} for p in posts]
            # One event for all that was read together: a broken connection can then lose none of it.
            yield ServerSentEvent(event="posts", id=newest(posts).isoformat(), data=json.dumps(rendered))
            # Telling another language is answered with a post, so that this is when to look for it.
            if (wanted := await self.door.language(person.address) or asked) != spoken:
                yield ServerSentEvent(event="language", data=wanted)

    async def _changes(self, person: Person, since: datetime | None) -> AsyncIterator[list[Post]]:
        """Posts as they are written, until the server stops or the person is no longer known."""
        seen: dict[str, datetime] = {}
        polls = 0
        while not self.stopping.is_set():
            posts = await self.log.read("web", person.address, since - OVERLAP if since else None)
            if changed := [post for post in posts if seen.get(post.key) != post.changed_at]:
                yield changed
            if posts:
                seen = {post.key: post.changed_at for post in posts}
                since = max(newest(posts), since or newest(posts))
            polls += 1
            if polls % CHECK_EVERY == 0 and await self.door.name(person.address) is None:
                return
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), POLL_SECONDS)


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
