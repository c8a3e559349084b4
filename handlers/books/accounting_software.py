"""Accounting software that bills are pushed to: how far that came, and once more what did not arrive."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from handlers.context import Context
from handlers.language.translation import say, say_count
from handlers.messages import Reply
from handlers.requests import AccountingSoftware
from handlers.wording.books.accounting_texts import over, retry_button
from handlers.wording.lists import vendor_and_number
from storage import audit
from storage.bills import lifecycle
from storage.events import accounting
from storage.models import AccountingConnection, PushState

_MOST = 10


def accounting_software(session: Session, context: Context, request: AccountingSoftware) -> tuple[Reply, ...]:
    """What is there and what is not, or (`again`) once more what is not."""
    found = accounting.connections(session)
    if not found:
        return (Reply(say("No accounting software is connected. Whoever runs Billify does: {command}.", command=_HOW)),)
    if request.again:
        return (Reply("\n".join(_again(session, context, one) for one in found)),)
    unsent = any(accounting.in_state(session, one, PushState.FAILED) for one in found)
    text = "\n".join(line for one in found for line in _told(session, one))
    return (Reply(text, choices=retry_button() if unsent else ()),)


_HOW = "`billify connect accounting`"


def _again(session: Session, context: Context, connection: AccountingConnection) -> str:
    if connection.refused is not None:
        return over(connection.title, connection.platform, connection.refused)
    n = accounting.retry(session, connection, context.now)
    if not n:
        return say("Everything has arrived in {platform}.", platform=connection.title)
    details = {"platform": connection.platform, "bills": n}
    audit.record(session, "pushed again", person_id=context.asker.id, now=context.now, details=details)
    return say_count(
        "I send {n} bill to {platform} once more.",
        "I send {n} bills to {platform} once more.",
        n,
        platform=connection.title,
    )


def _told(session: Session, connection: AccountingConnection) -> Iterator[str]:
    there = len(accounting.in_state(session, connection, PushState.DONE))
    yield say_count("{n} bill is in {platform}.", "{n} bills are in {platform}.", there, platform=connection.title)
    if connection.refused is not None:
        yield over(connection.title, connection.platform, connection.refused)
    if waiting := len(accounting.in_state(session, connection, PushState.WAITING)):
        yield say_count("{n} is on its way.", "{n} are on their way.", waiting)
    failed = accounting.in_state(session, connection, PushState.FAILED)
    for push in failed[:_MOST]:
        bill = lifecycle.find(session, push.bill_id)
        yield say("Not there: {bill} ({reason})", bill=vendor_and_number(bill), reason=push.reason)
    if len(failed) > _MOST:
        yield say("… and {n} more.", n=len(failed) - _MOST)
