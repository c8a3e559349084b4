"""The original of a bill, page by page, as pictures that browsers show without running anything."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.channel import Files
from bot.channels.web.sign_in import Person, signed_in
from bot.pages.page import Page, bill_of
from bot.pages.stage import Stage
from bot.processing.serving import look
from handlers import requests as asked
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.errors import BillifyError
from handlers.language.translation import say, sayable
from handlers.messages import Attachment
from storage.documents import document_register
from storage.errors import LedgerError


class Drawer(Protocol):
    """Draws pages of files that strangers sent (`extraction.process.page_drawer`)."""

    async def count(self, data: bytes) -> int:
        """How many pages a file has; 0 where it cannot be shown."""
        ...

    async def draw(self, data: bytes, number: int) -> bytes:
        """A page (from 1) as JPEG; b"" where it cannot be shown."""
        ...

    async def close(self) -> None:
        """Ends it. Harmless to repeat."""
        ...


@dataclass(frozen=True)
class Originals:
    """Draws pages, each anew: they are as large as the original, and browsers keep them."""

    stage: Stage
    files: Files
    drawer: Drawer

    async def pages(self, request: Request) -> Response:
        """A picture for each page, to be put into the bill's page."""
        count = await self.drawer.count(await self._original(request))
        page = replace(_PAGES, values=lambda *_: {"bill": bill_of(request), "count": count})
        return await self.stage.show(request, page)

    async def page(self, request: Request) -> Response:
        """One page as JPEG. Raises: HTTPException 401, or 404 where there is none for this person."""
        drawn = await self.drawer.draw(await self._original(request), request.path_params["number"])
        if not drawn:
            raise HTTPException(404, say("There is no such page."))
        return Response(drawn, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})

    async def file(self, request: Request) -> Response:
        """Leads to the file itself, as it was sent. Raises: HTTPException 401, 404 where it is not for this person."""
        person = await signed_in(request, self.stage.door)
        try:
            kept = await self.stage.database.read(self._kept, person, bill_of(request))
        except (BillifyError, LedgerError):
            raise HTTPException(404, say("There is no such file in your conversation.")) from None
        return RedirectResponse(self.stage.shelf.links(person.address)(kept), status_code=303)

    async def _original(self, request: Request) -> bytes:
        """The bytes. Raises: HTTPException 401, 404."""
        person = await signed_in(request, self.stage.door)
        try:
            kept = await self.stage.database.read(self._kept, person, bill_of(request))
            return await self.files.get(kept.sha256 or "")
        except (BillifyError, LedgerError, OSError):
            raise HTTPException(404, say("There is no such page.")) from None

    def _kept(self, session: Session, person: Person, bill: int) -> Attachment:
        """The original, for who may see it. Raises: BillifyError; LedgerError."""
        context = self.stage.context(session, person)
        return look(session, context, asked.ShowOriginal(), _document, bill)


def _document(session: Session, context: Context) -> Attachment:
    document = document_register.of_bill(session, find_bill(session, context))
    return Attachment(document.name, document.media_type, document.sha256)


_PAGES = Page("", sayable("Original"), "original.html", lambda _: asked.ShowOriginal(), lambda *_: {})
