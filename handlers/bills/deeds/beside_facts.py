"""What stands beside a bill, as its card shows it: a hold, notes, further papers."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.deeds import split_words
from handlers.context import Context
from handlers.language.formats import day, in_fours
from handlers.language.translation import say
from handlers.messages import Fact
from handlers.wording.bill_texts import type_name
from handlers.wording.cards import bill_label
from storage.bills.beside import claims, notes, papers, payment_holds
from storage.bills.lifecycle import document_type
from storage.models import Bill, PaymentHold
from storage.people import people


def facts(session: Session, context: Context, bill: Bill) -> tuple[Fact, ...]:
    """Where its parts go, that it is held and why, what was noted, and which papers belong to it."""
    return (
        *split_words.facts(session, bill),
        *_claim(session, bill),
        *_hold(session, context, bill),
        *_notes(session, context, bill),
        *_papers(session, bill),
    )


def _claim(session: Session, bill: Bill) -> tuple[Fact, ...]:
    """Who paid it for us, to whom it is owed."""
    if claims.claimant(bill) is None:
        return ()
    payee = claims.payee(session, bill)
    account = f" ({in_fours(payee.iban)})" if payee.iban else ""
    return (Fact(say("Owed to"), f"{payee.name}{account}"),)


def _papers(session: Session, bill: Bill) -> tuple[Fact, ...]:
    """The papers that belong to it, or the bill that it belongs to."""
    mine = tuple(
        Fact(say("With it"), " ".join(filter(None, (type_name(document_type(paper)), paper.number))))
        for paper in papers.of_bill(session, bill.id)
    )
    whole = papers.bill_of(session, bill.id)
    return (*mine, *((Fact(say("Belongs to"), bill_label(whole)),) if whole else ()))


def _notes(session: Session, context: Context, bill: Bill) -> tuple[Fact, ...]:
    """Each note with who wrote it and when."""
    return tuple(
        Fact(
            say("Note"),
            say(
                "{text} ({name}, {day})",
                text=one.text,
                name=people.name_of(session, one.person_id),
                day=day(one.written_at.astimezone(context.zone).date()),
            ),
        )
        for one in notes.of_bill(session, bill.id)
    )


def _hold(session: Session, context: Context, bill: Bill) -> tuple[Fact, ...]:
    """That a bill is held, by whom and why."""
    found = payment_holds.in_force(session, bill.id, context.today)
    if found is None or bill.state in payment_holds.ENDED:
        return ()
    return (Fact(say("On hold"), _by_whom(session, found), strong=True),)


def hold_line(session: Session, held: PaymentHold, bill: Bill) -> str:
    """ "Acme GmbH 2024-117 · €1,249.50: work not finished (Olga, until 3 Apr 2025)"."""
    return f"{bill_label(bill)}: {_by_whom(session, held)}"


def _by_whom(session: Session, held: PaymentHold) -> str:
    name = people.name_of(session, held.held_by)
    who = say("{name}, until {day}", name=name, day=day(held.until)) if held.until else name
    return f"{held.reason} ({who})" if held.reason else str(who)
