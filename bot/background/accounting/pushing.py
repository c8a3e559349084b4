"""Pushes bills in the order of the log: one after the other to each platform, tried again, told where a person has to
see to it. Whatever a platform made is noted before anything else is asked of it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.background.accounting import lexware, xero
from bot.background.accounting.bills import is_to_be_there, of_its_own, original_of, pushed
from bot.background.accounting.platform import Access, AccountingPlatform, Keep, NotNow, PushedBill, Refused, SignInOver
from bot.processing.companies import Companies
from handlers.wording.books.accounting_texts import NOTE, OVER, UNSENT
from storage.bills import lifecycle
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.documents.document_store import DocumentStore
from storage.errors import LedgerError
from storage.events import accounting
from storage.mail import owner_notes
from storage.models import AccountingConnection, PushState

logger = logging.getLogger(__name__)

PLATFORMS: Mapping[str, Callable[[Access, Keep], AccountingPlatform]] = {"lexware": lexware.Lexware, "xero": xero.Xero}
"""Every platform, by its name."""
TITLES = {"lexware": lexware.TITLE, "xero": xero.TITLE}
LOOK_SECONDS = 3.0


@dataclass(frozen=True)
class Task:
    """What is to be done for one bill: `bill` is how it stands, `there` whether it is to be there."""

    push: int
    bill_id: int
    wanted: int
    platform: str
    access: Access
    bill: PushedBill
    external: str | None
    there: bool
    original: tuple[str, str, str] | None


class Pusher:
    """Any number of workers may have one: each bill is tried by one of them."""

    def __init__(
        self,
        database: Database,
        companies: Companies,
        documents: DocumentStore,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database, self._companies, self._documents, self._clock = database, companies, documents, clock

    async def keep_pushing(self) -> None:
        """Until cancelled."""
        while True:
            for company in await self._companies.each():
                with acting_for(company):
                    await self.push_due()
            await asyncio.sleep(LOOK_SECONDS)

    async def push_due(self) -> int:
        """Pushes what is due for the company for which work is done now; how many tries that were."""
        tries = 0
        for connection in await self._database.read(self._with_work):
            while (task := await self._database.run(self._next, connection)) is not None:
                tries += 1
                await self._try(connection, task)
        return tries

    def _with_work(self, session: Session) -> list[int]:
        now = self._clock()
        waiting = {
            one.id: any(push.next_at <= now for push in accounting.in_state(session, one, PushState.WAITING))
            for one in accounting.connections(session)
        }
        return [
            one.id
            for one in accounting.connections(session)
            if one.refused is None and (waiting[one.id] or accounting.is_behind(session, one))
        ]

    def _next(self, session: Session, connection_id: int) -> Task | None:
        now = self._clock()
        connection = accounting.lock(session, connection_id)
        if connection is None or connection.refused is not None:
            return None
        if accounting.is_behind(session, connection):
            accounting.line_up(session, connection, now)
        while (push := accounting.claim(session, connection, now)) is not None:
            bill = lifecycle.find(session, push.bill_id)
            there = is_to_be_there(bill)
            if not there and push.external is None:  # it never came there
                accounting.done(session, push.id, push.wanted, withdrawn=True)
                continue
            try:
                shape = pushed(session, connection, bill, push.wanted)
            except LedgerError as error:
                self._note_failure(session, connection_id, push.id, bill.id, str(error), lasting=True)
                continue
            original = original_of(session, bill)
            return Task(
                push.id, bill.id, push.wanted, connection.platform, json.loads(connection.access), shape,
                push.external, there, (original.name, original.media_type, original.sha256) if original else None,
            )  # fmt: skip
        return None

    async def _try(self, connection: int, task: Task) -> None:
        async def keep(access: Access) -> None:
            await self._database.run(_keep, connection, access)

        try:
            await self._carry_out(PLATFORMS[task.platform](task.access, keep), task)
        except SignInOver as error:
            await self._database.run(self._refuse, connection, task, str(error))
        except Refused as error:
            await self._database.run(self._note_failure, connection, task.push, task.bill_id, str(error), lasting=True)
        except NotNow as error:
            await self._database.run(
                self._note_failure, connection, task.push, task.bill_id, str(error), lasting=False, wait=error.wait
            )
        except Exception as error:  # of any kind: an answer that is none of the platform's
            logger.exception("bill could not be pushed to %s", task.platform)
            await self._database.run(
                self._note_failure, connection, task.push, task.bill_id, type(error).__name__, lasting=False
            )

    async def _carry_out(self, platform: AccountingPlatform, task: Task) -> None:
        bill, external = task.bill, task.external
        if not task.there:
            assert external is not None, "what is not there is taken back at once"
            await platform.withdraw(external, bill)
            await self._database.run(accounting.done, task.push, task.wanted, withdrawn=True)
            return
        if not bill.category:
            raise Refused(f"no account for “{bill.category_name}”")
        if of_its_own(bill):
            raise Refused("its VAT is reverse charge or of another country's kind; enter it there by hand")
        if task.original is not None:
            name, media_type, sha256 = task.original
            bill = replace(bill, file=(name, media_type, await self._documents.get(sha256)))
        external = external or await platform.find(bill)
        if external is None:
            external = await platform.create(bill)
        else:
            await platform.update(external, bill)
        await self._database.run(accounting.found_there, task.push, external)
        await platform.attach(external, bill)
        await self._database.run(accounting.done, task.push, task.wanted, withdrawn=False)

    def _note_failure(
        self,
        session: Session,
        connection_id: int,
        push: int,
        bill: int,
        reason: str,
        *,
        lasting: bool,
        wait: timedelta = timedelta(),
    ) -> None:
        """The owners hear of what is left to a person, once each time."""
        now = self._clock()
        connection = session.get(AccountingConnection, connection_id)
        if connection is not None and accounting.failed(session, push, reason, lasting=lasting, wait=wait, now=now):
            values = {"kind": UNSENT, "platform": connection.title, "bill": bill, "reason": reason}
            owner_notes.note(session, f"{NOTE}/{push}/{now.isoformat()}", NOTE, values, now=now)

    def _refuse(self, session: Session, connection_id: int, task: Task, reason: str) -> None:
        """What waits stays until somebody connects it anew, of which the owners hear once."""
        now = self._clock()
        connection = accounting.lock(session, connection_id)
        if connection is None:
            return
        accounting.failed(session, task.push, reason, lasting=False, wait=timedelta(), now=now)
        if connection.refused is None:
            connection.refused = reason[:300]
            values = {"kind": OVER, "platform": connection.title, "name": connection.platform, "reason": reason}
            owner_notes.note(session, f"{NOTE}/{connection_id}/{now.isoformat()}", NOTE, values, now=now)


def _keep(session: Session, connection_id: int, access: Access) -> None:
    connection = accounting.lock(session, connection_id)
    if connection is not None:
        connection.access = json.dumps(access)
        session.flush()


async def push_bills(database: Database, companies: Companies, documents: DocumentStore) -> None:
    """Pushes every company's bills, until cancelled."""
    await Pusher(database, companies, documents).keep_pushing()
