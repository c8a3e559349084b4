"""A split in words: on cards, in answers, and as a sentence that is understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from handlers.language.formats import listed, money, plain_amount
from handlers.language.translation import say
from handlers.messages import Fact
from handlers.wording import account_names
from storage.bills import lifecycle
from storage.bills.splitting import cost_objects, split_bill, split_text
from storage.bills.splitting.split_text import Part
from storage.ledger import double_entry, split_entry
from storage.ledger.money import Money
from storage.models import Bill


def facts(session: Session, bill: Bill) -> tuple[Fact, ...]:
    """Where each part of a split bill goes, and that some of it is private."""
    return tuple(
        Fact(say("Of it"), f"{money(amount)} · {target_words(session, bill, part)}")
        for part, amount in split_bill.shares_of(bill)
    )


def target_words(session: Session, bill: Bill, part: Part) -> str:
    """ "Travel, for Town Hall"."""
    code = part.account or bill.category or double_entry.UNCATEGORISED[bill.side]
    name = account_names.account_name_of_code(session, code)
    if part.cost_object is None:
        return name
    return say("{category}, for {name}", category=name, name=cost_objects.name_of(session, part.cost_object))


def parts_words(session: Session, bill: Bill) -> str:
    """ "€300.00 Travel and €200.00 Office supplies"."""
    return listed(
        [f"{money(amount)} {target_words(session, bill, part)}" for part, amount in split_bill.shares_of(bill)]
    )


def private_words(bill: Bill) -> Iterator[str]:
    """What it means that a part is private."""
    shares = split_bill.shares_of(bill)
    private = split_bill.private_share(bill)
    if private is None:
        return
    if not bill.tax_minor:
        yield say("The private share of {amount} is no cost of the company.", amount=money(private))
    else:
        (taxes,) = split_entry.spread([bill.tax_minor], [amount.minor for _, amount in shares])
        theirs = sum(tax for (part, _), tax in zip(shares, taxes, strict=True) if part.account in double_entry.PRIVATE)
        yield say(
            "The private share of {amount} is no cost of the company, and its VAT of {tax} is not deducted.",
            amount=money(private),
            tax=money(Money(theirs, private.currency)),
        )
    if any(part.account == double_entry.OWED_BACK for part, _ in shares):
        yield say("It is owed back to the company by whom it served.")
    elif any(part.account == double_entry.DRAWINGS for part, _ in shares):
        yield say("It stands as a private drawing.")


def sentence(parts: Sequence[Part], names: dict[str, str]) -> str:
    """The parts as an order that is understood; `names` are categories by code."""
    return say("split it: {parts}", parts=", ".join(_part(part, names) for part in parts))


def _part(part: Part, names: dict[str, str]) -> str:
    named = part.account and names.get(part.account, part.account)
    target = {
        double_entry.DRAWINGS: say("private drawing"),
        double_entry.OWED_BACK: say("owed back"),
    }.get(part.account or "", named or "")
    return f"{_measure(part.measure)} {target}"


def _measure(measure: str) -> str:
    if measure == split_text.REST:
        return say("rest")
    return measure if split_text.share(measure) is not None else plain_amount(Money.of(measure, "EUR").decimal)


def is_bookable(bill: Bill) -> bool:
    """Whether the bill has what a split needs: a total in a currency."""
    return lifecycle.total_of(bill) is not None
