"""All pages beside the chat, as the web chat mounts them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from starlette.routing import Route

from bot.channels.channel import Files
from bot.channels.web.downloads import Downloads
from bot.channels.web.inbox import Inbox
from bot.channels.web.sign_in import SignIn
from bot.pages import approvals, at_once, audit, bank, bill, bills, calendar, cash_flow, people
from bot.pages.bill_form import BillForm
from bot.pages.originals import Drawer, Originals
from bot.pages.stage import Stage
from bot.processing.situation import Office
from storage.audit import last_step
from storage.db.database import Database

LISTED = (
    bills.PAGE, approvals.PAGE, calendar.PAGE, cash_flow.PAGE, bank.PAGE, people.PAGE, audit.PAGE,
)  # fmt: skip
"""The pages that each page leads to, in their order."""
FORM_BYTES = 64 * 1024


class Site:
    """Implements `bot.channels.web.channel.Pages` over the ledger."""

    def __init__(self, database: Database, files: Files, office: Office, drawer: Drawer) -> None:
        """`drawer` draws pages of originals, and is closed with the site."""
        self._database, self._files, self._office, self._drawer = database, files, office, drawer

    def routes(self, door: SignIn, shelf: Downloads, inbox: Inbox) -> Sequence[Route]:
        """Where each page is."""
        stage = Stage(self._database, self._office, door, shelf, LISTED)
        form = BillForm(stage, inbox)
        originals = Originals(stage, self._files, self._drawer)
        return [
            *(Route(page.path, partial(stage.show, page=page)) for page in (*LISTED, at_once.PAGE)),
            Route(bill.PAGE.path, partial(stage.show, page=bill.PAGE), methods=["GET"]),
            Route(bill.PAGE.path, form.save, methods=["POST"], max_body_size=FORM_BYTES),
            Route(f"{bill.PAGE.path}/file", originals.file),
            Route(f"{bill.PAGE.path}/original", originals.pages),
            Route(f"{bill.PAGE.path}/original/{{number:int}}", originals.page),
        ]

    async def step(self) -> int:
        """See `Pages`."""
        return await self._database.read(last_step)

    async def close(self) -> None:
        """See `Pages`."""
        await self._drawer.close()
