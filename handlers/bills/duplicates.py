"""What to do with a bill that looks like one that is already here."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.bills.shown import duplicate_words
from handlers.context import Context
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Discard, KeepBoth, KeepNew
from handlers.rights import permitted
from handlers.wording import bill_texts
from storage.bills import duplicates, lifecycle
from storage.models import Bill


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
    """The held bill goes, and the earlier one is shown. The card whose button it was stays that of the held bill, with
    its Undo. Raises: LedgerError when that was decided already."""
    bill = find_bill(session, context)
    duplicates.keep_existing(session, bill.id, person_id=context.asker.id, now=context.now)
    assert bill.duplicate_of is not None
    kept = lifecycle.find(session, bill.duplicate_of)
    if not permitted.visible(session, context, [kept]):
        return (Reply(bill_texts.discarded(), replaces=context.card),)
    told = replace(bill_reply(session, context, kept, bill_texts.discarded()), replaces=None)
    return (told, _gone(session, context, bill)) if context.card else (told,)


def _gone(session: Session, context: Context, bill: Bill) -> Reply:
    """The card of a bill that was discarded, in its place."""
    reply = bill_reply(session, context, bill)
    assert reply.card is not None
    return replace(reply, card=replace(reply.card, state=say("Discarded as a duplicate")), quiet=True)
