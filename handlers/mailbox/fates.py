"""What became of a mail, in a sentence: what was decided when it arrived, what was made of it, whether we were
heard."""

from __future__ import annotations

from sqlmodel import Session

from handlers.language.formats import day, listed, money
from handlers.language.translation import say, say_count, sayable
from handlers.messages import Reply, from_json, reply_key
from storage.bills import lifecycle
from storage.ledger.money import Money
from storage.mail import quarantine
from storage.messages import idempotency, outbox
from storage.models import Bill, MailOutcome, MailRecord, OutboxState, QuarantineState
from storage.people import people

WHY = {
    "own": sayable("it came from Billify itself, so I left it alone"),
    "echo": sayable("a machine's automatic answer, so I left it alone"),
    "machine": sayable("a machine sent it without a document, so I left it alone"),
    "unwanted": sayable("mail of this sender is not wanted, so I left it alone"),
    "bounce_unknown": sayable("a mail server's report about a mail that is not mine"),
    "earlier": sayable("it lay in the mailbox before it was connected, so I left it alone"),
    "no_sender": sayable("it names no sender, so I could not take it in"),
    "unreadable": sayable("it cannot be read: {detail}"),
    "failed": sayable("I could not take it in: {detail}"),
    "full": sayable("no more mail of unknown senders is kept at the moment, so it was refused"),
}
"""Sentences for the reasons why a mail was left or refused (`MailRecord.reason`)."""
HELD = {
    "stranger": sayable("I do not know the sender"),
    "bulk": sayable("I do not know the sender, who writes to many"),
    "forwarded": sayable("{name}'s mailbox forwarded it, and I do not know the sender"),
    "unaligned": sayable("it says that it is from {name}, which is not proven"),
}
"""Why a mail waits in quarantine."""


def fate(session: Session, record: MailRecord) -> str:
    """What became of a mail, without a full stop."""
    if record.outcome is MailOutcome.QUARANTINED:
        return _held(session, record)
    if record.outcome is MailOutcome.BOUNCE and record.reason == "bounce":
        about = record.detail or say("no reason given")
        return say("a mail of mine came back ({detail})", detail=about)
    if record.outcome is not MailOutcome.TAKEN_IN:
        return say(WHY.get(record.reason, WHY["failed"]), detail=record.detail or say("no reason given"))
    return _taken_in(session, record)


def why_held(session: Session, record: MailRecord) -> str:
    """Why a mail waits, in words."""
    return say(HELD.get(record.reason, HELD["stranger"]), name=people.name_of(session, record.person_id) or "?")


def _held(session: Session, record: MailRecord) -> str:
    held = quarantine.of_record(session, record)
    state = held.state if held else QuarantineState.EXPIRED
    by = people.name_of(session, held.decided_by) if held else ""
    if state is QuarantineState.WAITING:
        return say("it waits for a decision: {why}", why=why_held(session, record))
    if state is QuarantineState.DISCARDED:
        return say("{name} did not want it", name=by)
    if state is QuarantineState.RELEASED:
        return say("{name} let it in; I am reading it", name=by)
    return say("it waited for 90 days and was then forgotten")


def _taken_in(session: Session, record: MailRecord) -> str:
    if record.reason == "owner":
        return say("I told the owner what it says")
    served = idempotency.find_without_waiting(session, record.message_key or "")
    if served is None:
        return say("I am working on it")
    replies = from_json(tuple[Reply, ...], served.replies)
    made = dict.fromkeys(reply.bill for reply in replies if reply.bill is not None)
    bills = [lifecycle.find(session, bill) for bill in made]
    said = (
        _read(bills) if bills else _answered(session, record) if replies else say("taken in; there was nothing to say")
    )
    return f"{said}{_undelivered(session, record, len(replies))}"


def _answered(session: Session, record: MailRecord) -> str:
    """Who wrote was answered; of others' mail somebody was told."""
    if record.reason in ("person", "invited"):
        return say("answered")
    return say("shown to {name}", name=people.name_of(session, record.person_id) or "?")


def _read(bills: list[Bill]) -> str:
    named = [_bill(bill) for bill in bills[:3]]
    more = len(bills) - len(named)
    text = say("read: {bills}", bills=listed(named))
    return text + (" " + say_count("and {n} more", "and {n} more", more) if more else "")


def _bill(bill: Bill) -> str:
    total = money(Money(bill.total_minor, bill.currency)) if bill.total_minor is not None and bill.currency else ""
    when = say("due {day}", day=day(bill.due_date)) if bill.due_date else ""
    return ", ".join(part for part in (f"{bill.vendor or '?'} {bill.number or ''}".strip(), total, when) if part)


def _undelivered(session: Session, record: MailRecord, replies: int) -> str:
    items = [outbox.find(session, reply_key(record.message_key or "", n)) for n in range(replies)]
    late = [item for item in items if item and item.state is OutboxState.WAITING]
    lost = [item for item in items if item and item.state in (OutboxState.FAILED, OutboxState.TOLD)]
    if lost:
        return "; " + say("my answer could not be delivered ({reason})", reason=lost[0].reason)
    return "; " + say("my answer waits to be delivered ({reason})", reason=late[0].reason) if late else ""
