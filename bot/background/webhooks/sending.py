"""Lines up what happened for each webhook, and sends it: one webhook beside the other, each in its own order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.api.resources.event_shapes import LogEvent, event_of
from bot.background.retry_after import waited
from bot.background.webhooks.outgoing import Answered, NotReached, Outgoing
from bot.background.webhooks.signature import signed
from bot.processing.companies import Companies
from handlers.wording import webhook_texts
from storage.db.database import Database
from storage.db.tenancy import acting_for, company_of
from storage.events import deliveries, log
from storage.events.types import TEST
from storage.mail import owner_notes
from storage.models import Permission, Reach, Webhook, WebhookDelivery, WebhookState
from storage.people import people, rights
from storage.people.access import webhooks

logger = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
IDLE_SECONDS = 3.0
"""Where nobody has a webhook."""
AT_ONCE = 20
"""So many events of different subjects are on their way to a webhook at a time."""


@dataclass(frozen=True)
class Letter:
    """What is posted for a delivery."""

    delivery: int
    url: str
    body: bytes
    headers: dict[str, str]


class Sender:
    """Any number of workers may have one: each delivery is tried by one of them."""

    def __init__(
        self, database: Database, companies: Companies, outgoing: Outgoing, clock: Callable[[], datetime] | None = None
    ) -> None:
        """`clock` says what time it is (aware); None for the present."""
        self._database, self._companies, self._outgoing = database, companies, outgoing
        self._clock = clock or (lambda: datetime.now(UTC))

    async def keep_sending(self) -> None:
        """Until cancelled. A webhook that is slow keeps no other waiting."""
        busy: dict[tuple[int, int], asyncio.Task[None]] = {}
        try:
            while True:
                idle, busy = True, {way: task for way, task in busy.items() if not task.done()}
                try:
                    for company in await self._companies.where(webhooks.companies_with_active):
                        idle = False
                        with acting_for(company):  # which the tasks begun here go on doing
                            for webhook in await self._database.read(self._with_work):
                                if (way := (company, webhook)) not in busy:
                                    busy[way] = asyncio.create_task(self._until_done(webhook))
                except Exception:  # of any kind: the database is away, say; it is looked at again
                    logger.exception("webhooks could not be looked at")
                await asyncio.sleep(IDLE_SECONDS if idle else LOOK_SECONDS)
        finally:
            for task in busy.values():
                task.cancel()

    async def send_due(self) -> int:
        """Sends whatever is due for the company for which work is done now; how many tries that were."""
        return sum([await self._all_of(webhook) for webhook in await self._database.read(self._with_work)])

    def _with_work(self, session: Session) -> list[int]:
        return [
            each.id
            for each in webhooks.active(session)
            if deliveries.is_behind(session, each) or deliveries.anything_due(session, each, self._clock())
        ]

    async def _until_done(self, webhook: int) -> None:
        try:
            await self._all_of(webhook)
        except Exception:  # as above
            logger.exception("webhook %d could not be worked on", webhook)

    async def _all_of(self, webhook: int) -> int:
        tries = 0
        while letters := await self._database.run(self._next, webhook):
            tries += len(letters)
            async with asyncio.TaskGroup() as tasks:
                for letter in letters:
                    tasks.create_task(self._send(webhook, letter))
        return tries

    def _next(self, session: Session, webhook_id: int) -> list[Letter]:
        """What is to be sent now, each for this process alone."""
        now = self._clock()
        webhook = webhooks.lock(session, webhook_id)
        if webhook is None:
            return []
        person = people.find_by_id(session, webhook.person_id)
        if person is None or rights.reach_of(session, person.role, Permission.SEE_BOOKS) is not Reach.ANY:
            _stop(session, webhook, WebhookState.STOPPED, webhook_texts.RIGHTS, now=now)
            return []
        if deliveries.is_behind(session, webhook):
            deliveries.line_up(session, webhook_id, now)
        letters = []
        for item in deliveries.claim_due(session, webhook_id, now, AT_ONCE):
            if (event := _event(session, item, company_of(session))) is None:
                deliveries.give_up(session, item.id, status=None, reason="this is told no more", now=now)
                continue
            body = event.model_dump_json().encode()
            headers = signed(webhooks.secrets_of(webhook, now), event.id, now, body)
            letters.append(Letter(item.id, webhook.url, body, {**headers, "Content-Type": "application/json"}))
        return letters

    async def _send(self, webhook: int, letter: Letter) -> None:
        answer, reason = None, ""
        try:
            answer = await self._outgoing.post(letter.url, letter.body, letter.headers)
        except NotReached as error:
            reason = str(error)
        await self._database.run(self._note, webhook, letter.delivery, answer, reason)

    def _note(self, session: Session, webhook_id: int, delivery: int, answer: Answered | None, reason: str) -> None:
        now, status = self._clock(), answer.status if answer else None
        wait = waited(answer.retry_after, now) if answer else timedelta()
        webhook = webhooks.lock(session, webhook_id)
        if webhook is None:
            return
        if status is not None and 200 <= status < 300:
            deliveries.delivered(session, delivery, status, now)
            return
        reason = reason or f"HTTP {status}"
        if status == 410:
            deliveries.give_up(session, delivery, status=status, reason=reason, now=now)
            _stop(session, webhook, WebhookState.GONE, webhook_texts.GONE, now=now)
        elif deliveries.failed(session, delivery, status=status, reason=reason, wait=wait, now=now):
            _stop(session, webhook, WebhookState.STOPPED, webhook_texts.FAILED, reason, now=now)


def _event(session: Session, item: WebhookDelivery, company: int) -> LogEvent | None:
    """What is told; None for what an earlier version of Billify lined up, and this one does not tell."""
    if item.position is None:
        data = {"webhook": item.webhook_id}
        return LogEvent(
            id=f"test_{company}_{item.id}", type=TEST, timestamp=item.queued_at, company=company, person=None,
            subject=item.subject, data=data, url=None,
        )  # fmt: skip
    happened = log.find(session, (item.position, item.part))
    return event_of(happened, company) if happened is not None and happened.type == item.type else None


def _stop(
    session: Session, webhook: Webhook, state: WebhookState, reason: str, last: str = "", *, now: datetime
) -> None:
    """It is sent nothing any more, and the owners hear of it."""
    if webhook.state is WebhookState.ACTIVE:
        webhooks.turn(session, webhook, state, by=None, now=now, reason=reason)
        values = {"webhook": webhook.id, "address": webhooks.shown(webhook), "reason": reason, "last": last}
        key = f"{webhook_texts.NOTE}/{webhook.id}/{now.isoformat()}"
        owner_notes.note(session, key, webhook_texts.NOTE, values, now=now)


async def send_webhooks(database: Database, companies: Companies, networks: Sequence[str]) -> None:
    """Sends to every company's webhooks, until cancelled."""
    async with Outgoing(networks) as outgoing:
        await Sender(database, companies, outgoing).keep_sending()
