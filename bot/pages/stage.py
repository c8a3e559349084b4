"""Shows a page to who is signed in, or says why not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.channels.web import inbox
from bot.channels.web.downloads import Downloads
from bot.channels.web.page_language import spoken_to
from bot.channels.web.pages import environment, unbroken
from bot.channels.web.sign_in import Person, SignIn, person_of_session
from bot.pages.page import Page, Visit, bill_of, may_ask, name_of, total_of
from bot.processing.serving import look
from bot.processing.situation import Office, situation_of
from handlers.context import Context
from handlers.errors import BillifyError, NotAllowed
from handlers.language import formats
from handlers.language.translation import say, say_count, speaking
from handlers.messages import Message
from handlers.wording import cards, refusals
from storage.audit import last_step
from storage.db.database import Database
from storage.errors import LedgerError


@dataclass(frozen=True)
class Stage:
    """`listed` are the pages that each page leads to, as far as who looks may see them."""

    database: Database
    office: Office
    door: SignIn
    shelf: Downloads
    listed: Sequence[Page]

    async def show(
        self, request: Request, page: Page, *, status: int = 200, more: Mapping[str, Any] | None = None
    ) -> Response:
        """The page, or a word on why it cannot be shown; who is not signed in is led to the ways in."""
        person = await person_of_session(request, self.door)
        if person is None:
            return RedirectResponse("/", status_code=303)
        visit = self.visit(request, person, more)
        with speaking(await spoken_to(request, self.door, person)):
            try:
                html = await self.database.read(self._drawn, page, visit)
            except (BillifyError, LedgerError) as error:
                text = refusals.refusal(error) if isinstance(error, LedgerError) else str(error)
                html = await self.database.read(self._refused, page, visit, text)
                status = 403 if isinstance(error, NotAllowed) else 404
        return HTMLResponse(html, status)

    def visit(self, request: Request, person: Person, more: Mapping[str, Any] | None = None) -> Visit:
        """What a request is to look at."""
        query = {name: request.query_params.getlist(name) for name in request.query_params}
        link = self.shelf.links(person.address)
        bill = bill_of(request) if "bill" in request.path_params else None
        return Visit(person, request.url.path, query, link, bill, more or {})

    def context(self, session: Session, person: Person) -> Context:
        """The circumstances, as of a message that says nothing yet. Raises: NotAllowed for who is no longer here."""
        message = Message("", "web", person.address, person.address, self.office.clock())
        context = situation_of(session, message, self.office).context
        if context is None:
            raise NotAllowed(say("You are not here any more."))
        return context

    def _drawn(self, session: Session, page: Page, visit: Visit) -> str:
        context = self.context(session, visit.person)
        values = look(
            session,
            context,
            page.request(visit),
            lambda session, context: page.values(session, context, visit),
            visit.bill,
        )
        return self._rendered(session, context, page, page.template, visit, values)

    def _refused(self, session: Session, page: Page, visit: Visit, text: str) -> str:
        context = self.context(session, visit.person)
        return self._rendered(session, context, page, "refused.html", visit, {"text": text})

    def _rendered(
        self, session: Session, context: Context, page: Page, template: str, visit: Visit, values: dict[str, Any]
    ) -> str:
        shown = {
            "page": page,
            "title": say(page.title),
            "visit": visit,
            "person": visit.person,
            "today": context.today,
            "nav": [one for one in self.listed if may_ask(session, context, one.request(replace(visit, query={})))],
            "keys": inbox.keys_of(visit.person),
            "step": last_step(session),
            "since": datetime.now(UTC).isoformat(),
            "limits": inbox.limits(),
            "link": visit.link,
        }
        return _templates.get_template(template).render(shown | values)


_templates = environment("bot.pages")
_templates.globals.update(
    day=formats.day,
    short_day=formats.short_day,
    weekday=formats.weekday,
    money=lambda amount: unbroken(formats.money(amount)),
    month=formats.month,
    relative=formats.relative,
    state_of=cards.bill_state,
    total_of=total_of,
    name_of=name_of,
    say_count=say_count,
)
