"""Splits a bill over categories, people, projects and cost centres, and takes what is private out of it.

It is a correction of the bill, so that undo, history and rights are those of any correction.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, select

from extraction.fields.patterns.legal_forms import LEGAL
from handlers.bills.bill_reply import bill_reply
from handlers.bills.deeds import split_words
from handlers.bills.find_bill import find_bill
from handlers.button_ids import suggestion_choices
from handlers.context import Context
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Split, SplitPart
from handlers.wording import account_names, bill_texts
from storage.bills import amendments, lifecycle
from storage.bills.splitting import cost_objects, split_bill, split_text
from storage.bills.splitting.split_text import Part
from storage.ledger import accounts, double_entry
from storage.ledger.money import Money
from storage.models import Account, Bill, Posting, Side
from storage.people import company, people

PERSONAL_FORMS = ("gbr", "ohg", "kg", "e.k", "ek")
"""Legal forms whose partners draw, as a sole trader does; other forms are persons of their own."""


class _Ask(Exception):
    """What has to be known before; `ways` are sentences that say it."""

    def __init__(self, question: str, ways: tuple[str, ...] = ()) -> None:
        super().__init__(question)
        self.ways = ways


def split(session: Session, context: Context, request: Split) -> tuple[Reply, ...]:
    """The bill with where its parts go. What nobody can tell of a private share is asked.

    Raises: NotPossible while the total is unknown; LedgerError.
    """
    bill = find_bill(session, context, request.bill_hint)
    if not request.parts:
        return (_changed(session, context, bill, None),)
    total = lifecycle.total_of(bill)
    if total is None:
        raise NotPossible(
            say("Before I can split the bill I need its total and currency. Tell me, like “total is 119 EUR”.")
        )
    try:
        parts = split_text.with_rest([_resolved(session, bill, part) for part in request.parts])
        parts = _with_private(session, bill, request.parts, parts)
        _refuse_what_does_not_add_up(parts, total)
    except _Ask as asked:
        return (Reply(str(asked), choices=suggestion_choices(asked.ways), bill=bill.id),)
    return (_changed(session, context, bill, split_text.written(parts)),)


def _changed(session: Session, context: Context, bill: Bill, text: str | None) -> Reply:
    made = amendments.amend(
        session, bill.id, {"split": text}, message_key=context.key, person_id=context.asker.id, now=context.now
    )
    if not made:
        return bill_reply(session, context, bill, bill_texts.nothing_to_correct())
    if text is None:
        return bill_reply(session, context, bill, say("No longer split: all of it is on its category."))
    lines = [say("Split, VAT included: {parts}.", parts=split_words.parts_words(session, bill))]
    return bill_reply(
        session, context, bill, " ".join([*lines, *split_words.private_words(bill), *_small(session, bill)])
    )


def _resolved(session: Session, bill: Bill, part: SplitPart) -> Part:
    """The part with codes and keys for what was said. Raises: _Ask."""
    account = part.category
    if account is not None and bill.side is Side.RECEIVABLE:
        raise _Ask(say("Our own invoices are split over projects and cost centres, not over categories of costs."))
    if part.person:
        persons = people.find_called(session, part.person)
        if not persons:
            raise _Ask(say("Nobody here is called {name}.", name=part.person))
        return Part(part.measure, account, cost_objects.person_key(persons[0].id))
    if part.name is None:
        return Part(part.measure, account)
    found = cost_objects.called(session, part.name, part.kind)
    if len(found) == 1:
        return Part(part.measure, account, cost_objects.key_of(found[0]))
    if not found and part.kind is None and (code := _category(session, bill, part.name)):
        return Part(part.measure, code)
    raise _unknown_object(part, several=len(found) > 1)


def _unknown_object(part: SplitPart, *, several: bool) -> _Ask:
    name = part.name or ""
    if several:
        return _Ask(
            say("“{name}” is a project and a cost centre. Say which: “project {name}”, for example.", name=name)
        )
    if part.kind == "project":
        return _Ask(say("There is no project “{name}” yet.", name=name), (say("add project {name}", name=name),))
    if part.kind == "cost_centre":
        return _Ask(
            say("There is no cost centre “{name}” yet.", name=name), (say("add cost centre {name}", name=name),)
        )
    return _Ask(
        say("I know no category, project, cost centre or person called “{name}”. Which is it?", name=name),
        (say("add project {name}", name=name), say("add cost centre {name}", name=name)),
    )


def _category(session: Session, bill: Bill, name: str) -> str | None:
    if bill.side is Side.RECEIVABLE:
        return None
    try:
        return account_names.find_account(accounts.categories(session), name).code
    except NotFound:
        return None


def _with_private(session: Session, bill: Bill, said: Sequence[SplitPart], parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with what is private on its account: a drawing, or owed back to the company. Raises: _Ask where it is
    not known which; a company with a legal form of its own has no drawings."""
    generic = [part.private == "private" for part in said]
    known = {"drawings": double_entry.DRAWINGS, "owed_back": double_entry.OWED_BACK}
    told = [known.get(part.private or "") for part in said]
    if any(generic):
        usual = _usual(session)
        if usual is None:
            raise _which_private(session, parts, generic)
        told = [usual if private else one for private, one in zip(generic, told, strict=True)]
    given = [*told, *[None] * (len(parts) - len(told))]
    return tuple(
        Part(part.measure, code or part.account, part.cost_object) for part, code in zip(parts, given, strict=True)
    )


def _usual(session: Session) -> str | None:
    """How private shares were booked here before; None where none was."""
    query = select(Account.code).join(Posting).where(col(Account.code).in_(double_entry.PRIVATE))
    return session.exec(query.where(col(Posting.bill_id).is_not(None)).order_by(col(Posting.id).desc())).first()


def _which_private(session: Session, parts: Sequence[Part], generic: Sequence[bool]) -> _Ask:
    """Asks as what a private share is booked, with what the law has for each."""
    names = account_names.account_names(session)
    ways = {}
    for code in double_entry.PRIVATE:
        chosen = [
            Part(part.measure, code if n < len(generic) and generic[n] else part.account, part.cost_object)
            for n, part in enumerate(parts)
        ]
        ways[code] = split_words.sentence(chosen, names)
    if is_person_of_its_own(company.company(session).name):
        return _Ask(
            say(
                "A private share is no cost and no input VAT. {company} is a company of its own, so nothing of it is "
                "drawn: is it owed back by whom it served? If it is to be pay or a benefit instead, ask your "
                "tax adviser first.",
                company=company.company(session).name,
            ),
            (ways[double_entry.OWED_BACK],),
        )
    return _Ask(
        say(
            "A private share is no cost and no input VAT. Is it a drawing, as a sole trader or partner makes it, or is "
            "it owed back to the company by whom it served?"
        ),
        (ways[double_entry.DRAWINGS], ways[double_entry.OWED_BACK]),
    )


def is_person_of_its_own(name: str) -> bool:
    """Whether a company's name has the form of a legal person ("Acme GmbH"), which has no private sphere."""
    forms = [found[0].strip(" .").casefold() for found in LEGAL.finditer(name)]
    return bool(forms) and forms[-1] not in PERSONAL_FORMS


def _refuse_what_does_not_add_up(parts: Sequence[Part], total: Money) -> None:
    """Raises: _Ask."""
    try:
        split_text.amounts(parts, total)
    except split_text.DoesNotAddUp as error:
        if error.off is not None and error.off.minor > 0:
            raise _Ask(
                say("The parts are {off} more than the total of {total}.", off=money(error.off), total=money(total))
            ) from None
        if error.off is not None:
            text = say(
                "The parts leave {off} of {total}. Say where the rest belongs.",
                off=money(-error.off),
                total=money(total),
            )
            raise _Ask(text) from None
        if len([part for part in parts if part.measure == split_text.REST]) > 1:
            raise _Ask(say("There can be one rest only. Say how much each part is.")) from None
        raise _Ask(say("One of the parts is nothing of {total}.", total=money(total))) from None


def _small(session: Session, bill: Bill) -> list[str]:
    """In Germany, no VAT is deducted on goods of which less than a tenth is for the business (§ 15 (1) sentence 2
    UStG)."""
    private = split_bill.private_share(bill)
    if private is None or not bill.tax_minor or company.company(session).country not in (None, "DE"):
        return []
    assert bill.total_minor is not None
    if private.minor * 10 <= bill.total_minor * 9 or private.minor == bill.total_minor:
        return []
    return [
        say(
            "Less than a tenth is for the business: of goods, no VAT may be deducted then (§ 15 (1) UStG). "
            "If these are "
            "goods, say “all of it is a private drawing”, or ask your tax adviser."
        )
    ]
