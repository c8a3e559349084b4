"""What to do with a bill that looks like one that is already here."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.bills.shown import duplicate_words
from handlers.context import Context
from handlers.messages import Reply
from handlers.requests import Discard, KeepBoth, KeepNew
from handlers.rights import permitted
from handlers.wording import bill_texts
from storage.bills import duplicates, lifecycle


def keep_both(session: Session, context: Context, request: KeepBoth) -> tuple[Reply, ...]:
    """The held bill becomes a draft of its own. Raises: LedgerError when that was decided already."""
    bill = find_bill(session, context)
    duplicates.keep_both(session, bill.id, person_id=context.asker.id, now=context.now)
    return (bill_reply(session, context, bill, bill_texts.kept_both()),)


def keep_new(session: Session, context: Context, request: KeepNew) -> tuple[Reply, ...]:
    """The held bill stands in for the earlier one. Raises: LedgerError when something is paid on that."""
    bill = find_bill(session, context)
    duplicates.replace_existing(session, bill.id, person_id=context.asker.id, now=context.now)
    assert bill.duplicate_of is not None
    text = duplicate_words.kept_new(lifecycle.find(session, bill.duplicate_of))
    return (bill_reply(session, context, bill, text),)


def discard(session: Session, context: Context, request: Discard) -> tuple[Reply, ...]:
    """The held bill goes, and the earlier one is shown. Raises: LedgerError when that was decided already."""
    bill = find_bill(session, context)
    duplicates.keep_existing(session, bill.id, person_id=context.asker.id, now=context.now)
    assert bill.duplicate_of is not None
    kept = lifecycle.find(session, bill.duplicate_of)
    if not permitted.visible(session, context, [kept]):
        return (Reply(bill_texts.discarded(), replaces=context.card),)
    return (bill_reply(session, context, kept, bill_texts.discarded()),)
