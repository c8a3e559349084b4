"""What is asked about a bill that looks like one that is here, and what each answer would do to both."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.settlement_words import paid_words
from handlers.language.formats import title
from handlers.language.translation import say
from handlers.wording import bill_texts
from handlers.wording.cards import bill_label
from storage.bills import duplicates, lifecycle
from storage.models import Bill, BillState


def question(session: Session, bill: Bill) -> str:
    """Which bill it looks like, how that stands, and what becomes of both."""
    assert bill.duplicate_of is not None
    other = lifecycle.find(session, bill.duplicate_of)
    same_file = other.document_id == bill.document_id
    asked = (
        bill_texts.same_file(other.vendor)
        if same_file
        else bill_texts.duplicate(other.vendor, lifecycle.total_of(other), other.issue_date)
    )
    return "\n".join(filter(None, (asked, stands(session, other), consequences(session, bill))))


def stands(session: Session, other: Bill) -> str:
    """That the bill that is here is paid, when and from where; "" for one that is not."""
    if other.state not in (BillState.PAID, BillState.PART_PAID):
        return ""
    return f"{title(paid_words(session, other))}."


def consequences(session: Session, bill: Bill) -> str:
    """What “keep this one” would do; that the others change nothing of the bill that is here goes without saying."""
    assert bill.duplicate_of is not None
    other = lifecycle.find(session, bill.duplicate_of)
    obstacle = duplicates.obstacle_to_replacing(session, bill)
    if obstacle == "paid":
        return say("It is paid, so this one cannot take its place: keep both, or discard this one.")
    if obstacle == "meaning":
        return say("It is something else than this one: keep both, or discard this one.")
    if other.state in lifecycle.BOOKED:
        return say(
            "“Keep this one” sets {other} aside and takes its booking back; this one then waits to be confirmed.",
            other=bill_label(other),
        )
    return say("“Keep this one” sets {other} aside; this one then waits to be confirmed.", other=bill_label(other))


def kept_new(other: Bill) -> str:
    """What became of both."""
    return say(
        "Kept this one; {other} is set aside and no longer counts. “undo” brings it back.", other=bill_label(other)
    )
