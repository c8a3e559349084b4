"""The gate: whose mail this is, and what becomes of it. Nothing passes without a note in the log of mails."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from bot.channels.channel import Accept, Files, Whose, of_the_only
from bot.channels.mail.authentication import Authenticator
from bot.channels.mail.inbound import MailReader
from bot.channels.mail.intake.bounced import note_bounce
from bot.channels.mail.intake.bounces import read_bounce
from bot.channels.mail.intake.for_owner import note_kind, note_values
from bot.channels.mail.intake.invited import is_invited, possible_codes
from bot.channels.mail.intake.on_behalf import for_person
from bot.channels.mail.intake.peek import Outside, peek
from bot.channels.mail.intake.quarantine import BULK, FORWARDED, STRANGER, UNALIGNED, Quarantine
from bot.channels.mail.intake.released import take_released
from handlers.errors import BillifyError
from handlers.mailbox.owner_notes import POSTMASTER
from handlers.messages import Message
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting
from storage.errors import QuarantineFull
from storage.mail import mail_log, owner_notes, quarantine, sender_rules
from storage.mail.mail_log import ArrivedMail
from storage.mail.sender_rules import MailOrigin
from storage.messages import reminders
from storage.messages.reminders import Place
from storage.models import MailOutcome, MailRecord, SenderRule
from storage.people import people

log = logging.getLogger(__name__)

MOST_IGNORED = 500
"""So many mails a day of senders that nobody knows are noted one by one, though nothing comes of them: what is beyond,
such as bounces of what others sent in our name, is counted in one record."""


@dataclass(frozen=True)
class Known:
    """Who a mail is from or for. `person_id` is the sender's, None for a stranger, and `addresses` are all their mail
    addresses; `place` where that person is told what a machine of theirs sent, None for by mail. `rule` is the one
    about a stranger's mail; `forwarder` the person who forwarded it by a rule of their mailbox, if one of us did."""

    record: MailRecord | None
    person_id: int | None = None
    addresses: tuple[str, ...] = ()
    place: Place | None = None
    rule: SenderRule | None = None
    forwarder: int | None = None


class AuthorUnknown(Exception):
    """Who wrote a mail cannot be found out now, since no name server answers: it is to be offered again."""


class Gate:
    """Takes mails in, puts them into quarantine, or leaves them, and notes which."""

    def __init__(
        self,
        database: Database,
        files: Files,
        reader: MailReader,
        keeper: Quarantine,
        authenticator: Authenticator,
        *,
        address: str,
        whose: Whose = of_the_only,
    ) -> None:
        """`keeper` holds back what waits; `address` is ours; `whose` knows for which company a mail is."""
        self._whose = whose
        self._database = database
        self._files = files
        self._reader = reader
        self._quarantine = keeper
        self._authenticator = authenticator
        self._offered_again: set[int] = set()
        self._address = address

    async def receive(self, accept: Accept, way: str, raw: bytes) -> MailOutcome:
        """Decides about a mail that came by `way` ("IMAP", "SMTP", "LMTP"); what became of it, once that is durable.

        Raises: BillifyError when nobody could be answered; QuarantineFull where no more is kept for strangers; whatever
        the database raises, after which the mail is to be offered again.
        """
        async with self._of_company(raw, way) as outside:
            return await self._decide(accept, outside, raw)

    @asynccontextmanager
    async def _of_company(self, raw: bytes, way: str) -> AsyncIterator[Outside]:
        """The outside of a mail, whose company all is done for meanwhile: that of the address of ours that it was sent
        to, else of its sender. The same mail may come to several, and is another one for each."""
        outside = await asyncio.to_thread(peek, raw, way=way, address=self._address)
        async with self._whose("mail", outside.arrived.sender, places=outside.ours):
            if (company := acting() or FIRST) != FIRST:
                outside = replace(outside, arrived=replace(outside.arrived, key=f"{outside.arrived.key}/{company}"))
            yield outside

    async def _decide(self, accept: Accept, outside: Outside, raw: bytes) -> MailOutcome:
        known = await self._database.read(_look_up, outside)
        if known.record and mail_log.is_settled(known.record):
            return await self._note(outside, known.record.outcome, known.record.reason)
        if not outside.arrived.sender:
            await self._note(outside, MailOutcome.REFUSED, "no_sender")
            raise BillifyError("The mail has no usable sender address in From, so it cannot be answered.")
        if outside.arrived.sender == self._address.lower():
            return await self._note(outside, MailOutcome.IGNORED, "own")
        if outside.bounce:
            return await self._bounced(outside, raw)
        if outside.kind == "echo" and not note_kind(outside, self._address):
            return await self._note(outside, MailOutcome.IGNORED, "echo", known.person_id)
        kind = note_kind(outside, self._address)
        if kind and (kind == POSTMASTER or await self._doubt(raw) is None):
            return await self._tell_owner(outside, raw, kind)
        if known.person_id is not None:
            return await self._from_person(accept, outside, known, raw)
        return await self._from_stranger(accept, outside, known, raw)

    async def note_earlier(self, raw: bytes) -> None:
        """Notes a mail that lay in the mailbox before it was connected: it is not ours to answer."""
        async with self._of_company(raw, "IMAP") as outside:
            await self._note(outside, MailOutcome.EARLIER, "earlier")

    async def note_unreadable(self, raw: bytes, reason: str) -> None:
        """Notes a mail that could not be taken in however often it was tried."""
        async with self._of_company(raw, "IMAP") as outside:
            await self._note(outside, MailOutcome.REFUSED, "failed", detail=reason)

    async def take_released(self, accept: Accept) -> int:
        """Takes in what somebody decided to take out of quarantine; returns how many mails that were."""
        await self._take_newly_known(accept)
        return await take_released(self._database, self._files, self._reader, accept)

    async def _take_newly_known(self, accept: Accept) -> None:
        """Whoever mailed before they were let in need not do so again: what waits of them is looked at once more."""
        for mail in await self._database.read(quarantine.newly_known):
            if mail.held.id in self._offered_again or mail.held.sha256 is None:
                continue
            self._offered_again.add(mail.held.id)
            try:
                await self.receive(accept, mail.record.way, await self._files.get(mail.held.sha256))
            except (BillifyError, FileNotFoundError) as error:
                log.warning("What waited cannot be read: %s: %s", mail.record.key, error)

    async def _from_person(self, accept: Accept, outside: Outside, known: Known, raw: bytes) -> MailOutcome:
        if (doubt := await self._doubt(raw)) is not None:
            await self._quarantine.hold(raw, outside.arrived, reason=UNALIGNED, person_id=known.person_id, detail=doubt)
            return MailOutcome.QUARANTINED
        message = await self._read(outside, raw, known.addresses)
        if outside.kind == "machine":
            if not message.attachments:
                return await self._note(outside, MailOutcome.IGNORED, "machine", known.person_id)
            if known.place:
                message = for_person(message, known.place)
        await accept(message)
        return await self._note(outside, MailOutcome.TAKEN_IN, "person", known.person_id, message.key)

    async def _from_stranger(self, accept: Accept, outside: Outside, known: Known, raw: bytes) -> MailOutcome:
        if known.rule and not known.rule.accept:
            return await self._note(outside, MailOutcome.IGNORED, "unwanted")
        doubt = await self._doubt(raw) if known.rule else None
        if known.rule and doubt is None:
            person = known.rule.person_id
            place = await self._database.read(reminders.place_of, person)
            if place:
                message = await self._read(outside, raw)
                reason = "intake" if known.rule.intake_id else "rule"
                await accept(for_person(message, place))
                return await self._note(outside, MailOutcome.TAKEN_IN, reason, person, message.key)
        codes = await asyncio.to_thread(possible_codes, raw) if outside.kind == "person" else ()
        async with self._whose("mail", outside.arrived.sender, places=outside.ours, text=" ".join(codes)):
            if await self._database.run(is_invited, codes, outside.arrived.sender):
                message = await self._read(outside, raw)
                await accept(message)
                return await self._note(outside, MailOutcome.TAKEN_IN, "invited", None, message.key)
        reason = FORWARDED if known.forwarder else BULK if outside.bulk else STRANGER
        try:
            await self._quarantine.hold(
                raw, outside.arrived, reason=reason, person_id=known.forwarder, detail=doubt or ""
            )
        except QuarantineFull as full:
            await self._note_full(full)
            raise
        return MailOutcome.QUARANTINED

    async def _doubt(self, raw: bytes) -> str | None:
        """Why nothing shows that the mail is from whom it says that it is from; None where something does.

        Raises: AuthorUnknown when that cannot be found out now.
        """
        verdict = await self._authenticator.verdict(raw)
        if verdict.standing == "unknown":
            raise AuthorUnknown(verdict.why)
        return None if verdict.aligned else verdict.why

    async def _note_full(self, full: QuarantineFull) -> None:
        """One record a day for all that is not kept, so that nobody fills the log either."""
        now = datetime.now(UTC)
        one = ArrivedMail(f"full/{now:%Y-%m-%d}")
        await self._database.run(mail_log.record, one, MailOutcome.REFUSED, "full", now=now, detail=full.limit)

    async def _read(self, outside: Outside, raw: bytes, addresses: tuple[str, ...] = ()) -> Message:
        try:
            return await self._reader.message(raw, outside.arrived.key, also=addresses)
        except BillifyError as error:
            await self._note(outside, MailOutcome.REFUSED, "unreadable", detail=str(error))
            raise

    async def _tell_owner(self, outside: Outside, raw: bytes, kind: str) -> MailOutcome:
        values = note_values(outside, await self._reader.text(raw))
        key = f"mail/{outside.arrived.key}"
        await self._database.run(owner_notes.note, key, kind, values, now=datetime.now(UTC))
        return await self._note(outside, MailOutcome.TAKEN_IN, "owner")

    async def _bounced(self, outside: Outside, raw: bytes) -> MailOutcome:
        bounce = await asyncio.to_thread(read_bounce, raw)
        noted = await self._database.run(note_bounce, bounce, datetime.now(UTC))
        return await self._note(
            outside,
            MailOutcome.BOUNCE,
            "bounce" if noted else "bounce_unknown",
            message_key=noted,
            detail=bounce.reason,
        )

    async def _note(
        self,
        outside: Outside,
        outcome: MailOutcome,
        reason: str,
        person_id: int | None = None,
        message_key: str | None = None,
        detail: str = "",
    ) -> MailOutcome:
        now = datetime.now(UTC)

        def note(session: Session) -> None:
            left_alone = outcome is MailOutcome.IGNORED and person_id is None
            many = left_alone and mail_log.ignored_since(session, now - timedelta(days=1)) >= MOST_IGNORED
            record = mail_log.record(
                session,
                ArrivedMail(f"ignored/{now:%Y-%m-%d}") if many else outside.arrived,
                outcome,
                reason,
                now=now,
                person_id=person_id,
                message_key=message_key,
                detail=detail,
            )
            quarantine.settle(session, record)

        await self._database.run(note)
        if outcome is not MailOutcome.TAKEN_IN:
            mail = outside.arrived
            log.info("Not taken in (%s): %s", reason, mail.key)
        return outcome


def _look_up(session: Session, outside: Outside) -> Known:
    """Who the mail is from, and what was decided about such mail before."""
    mail = outside.arrived
    record = mail_log.find(session, mail.key)
    if person := people.find_person(session, "mail", mail.sender):
        place = reminders.place_of(session, person.id)
        elsewhere = place if place and (place.channel, place.address) != ("mail", mail.sender) else None
        return Known(record, person.id, tuple(people.addresses(session, person.id, "mail")), elsewhere)
    by = {address: found for address in outside.forwarders if (found := people.find_person(session, "mail", address))}
    rule = sender_rules.rule_for(session, MailOrigin(mail.sender, outside.tags, tuple(by)))
    return Known(record, rule=rule, forwarder=next((person.id for person in by.values()), None))
