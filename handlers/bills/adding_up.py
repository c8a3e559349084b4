"""What no longer adds up when a bill is corrected is asked about before anything is changed: VAT that no longer fits
the
total, a rate that makes another VAT, VAT on what bears none. Each way out is a sentence that says all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from handlers.language.formats import money, plain_amount, rate
from handlers.language.translation import say
from handlers.wording.books import vat_texts
from storage.bills import lifecycle, vat_treatment
from storage.ledger import tax_codes, vat
from storage.ledger.money import Money
from storage.models import Bill
from storage.people import company

Changes = Mapping[str, str | None]


@dataclass(frozen=True)
class AddingUp:
    """`question` is None where all adds up with `changes`, which are then what was said and what follows from it; else
    `ways` are sentences, each of which is a way to make it add up."""

    changes: Changes
    question: str | None = None
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Amounts:
    """The bill's amounts as they were and as they would be; `tip` is part of the total beside VAT."""

    total_before: Money
    tax_before: Money
    subtotal_before: Money | None
    total: Money
    tax: Money
    tip: Money

    def net(self, tax: Money | None = None) -> Money:
        """What is left of the total without VAT and tip."""
        return self.total - (self.tax if tax is None else tax) - self.tip


def adding_up(session: Session, bill: Bill, said: Changes, today: date) -> AddingUp:
    """Whether a correction leaves a bill that adds up; amounts that are no amounts are left to whoever refuses them."""
    amounts = _amounts(bill, said)
    if amounts is None or "currency" in said:
        return AddingUp(said)
    home = vat_treatment.home_of(company.company(session))
    legal = home.rates_on(bill.issue_date or today)
    rates = legal.rates if legal else ()
    category = said.get("tax_category")
    if category in tax_codes.UNTAXED and amounts.tax.minor:
        return _taxed_though_untaxed(bill, said, amounts, str(category))
    if category == "S" and not amounts.tax.minor and "tax_rate" not in said:
        return _which_rate(said, amounts, rates)
    if "tax_rate" in said and said["tax_rate"] and "tax" not in said:
        return _of_rate(bill, said, amounts, str(said["tax_rate"]), category)
    if "tax" in said:
        return _of_tax(bill, said, amounts)
    if "total" in said and bill.state in lifecycle.BOOKED:
        return _of_total(bill, said, amounts)
    return AddingUp(said)


def _amounts(bill: Bill, said: Changes) -> _Amounts | None:
    if bill.currency is None or bill.total_minor is None:
        return None
    before = Money(bill.total_minor, bill.currency), Money(bill.tax_minor or 0, bill.currency)
    subtotal = None if bill.subtotal_minor is None else Money(bill.subtotal_minor, bill.currency)
    try:
        total, tax = (
            Money.of(said[name] or "0", bill.currency) if name in said else amount
            for name, amount in zip(("total", "tax"), before, strict=True)
        )
        tip = (
            Money.of(said["tip"] or "0", bill.currency) if "tip" in said else Money(bill.tip_minor or 0, bill.currency)
        )
    except ValueError:
        return None
    return _Amounts(*before, subtotal, total, tax, tip)


def _taxed_though_untaxed(bill: Bill, said: Changes, amounts: _Amounts, category: str) -> AddingUp:
    name = vat_texts.treatment_name(category, bill.side)
    words = vat_texts.said_treatment(category)
    question = say(
        "The bill has VAT of {tax}, but {treatment} has none. What is right?", tax=money(amounts.tax), treatment=name
    )
    ways = (
        say("{treatment}, no VAT and total is {total}", treatment=words, total=_plain(amounts.total)),
        say("{treatment}, no VAT and total is {total}", treatment=words, total=_plain(amounts.net())),
    )
    return AddingUp(said, question, ways)


def _which_rate(said: Changes, amounts: _Amounts, rates: tuple[str, ...]) -> AddingUp:
    question = say("The bill has no VAT yet. How much of the {total} is VAT?", total=money(amounts.total))
    return AddingUp(said, question, tuple(_of(amounts, one) for one in rates))


def _of(amounts: _Amounts, at: str) -> str:
    tax = vat.contained(amounts.total - amounts.tip, at)
    return say("normal VAT, VAT is {tax} and VAT rate is {rate}", tax=_plain(tax), rate=rate_words(at))


def _of_rate(bill: Bill, said: Changes, amounts: _Amounts, at: str, category: str | None) -> AddingUp:
    """A rate is told. On what we owe the tax of ourselves it is just that; else the VAT in the total has to be of
    it."""
    untaxed = (category or vat_treatment.category_of(bill)) in tax_codes.SELF_ASSESSED
    made = vat.contained(amounts.total - amounts.tip, at)
    if untaxed or vat.is_tax_of(amounts.net(), at, amounts.tax):
        return AddingUp(said)
    if not amounts.tax.minor:
        return AddingUp({**said, "tax": _text(made), "subtotal": _text(amounts.net(made))})
    net = amounts.net()
    tax = vat.pro_rata(net, Decimal(at), 100)
    question = say(
        "VAT of {tax} is not {rate} of {net}. What is right?",
        tax=money(amounts.tax),
        rate=rate_words(at),
        net=money(net),
    )
    ways = (
        say("VAT is {tax} and VAT rate is {rate}", tax=_plain(made), rate=rate_words(at)),
        say(
            "total is {total} and VAT is {tax} and VAT rate is {rate}",
            total=_plain(net + tax + amounts.tip),
            tax=_plain(tax),
            rate=rate_words(at),
        ),
    )
    return AddingUp(said, question, ways)


def _of_tax(bill: Bill, said: Changes, amounts: _Amounts) -> AddingUp:
    """VAT is told. What it is on follows; on a booked bill whose total nobody said as well, it has to be of some
    rate."""
    if amounts.tax > amounts.total:
        return AddingUp(said)  # refused by the ledger
    known = vat_treatment.told_rate(bill)
    follows: dict[str, str | None] = {**said}
    if known and "tax_rate" not in said and not vat.is_tax_of(amounts.net(), known, amounts.tax):
        follows["tax_rate"] = None
    if "subtotal" not in said and (amounts.subtotal_before is not None or "total" in said):
        follows["subtotal"] = _text(amounts.net())
    fits = vat.rate_between(amounts.net(), amounts.tax) is not None or amounts.tax_before == amounts.tax
    if "total" in said or not amounts.tax.minor or fits or bill.state not in lifecycle.BOOKED:
        return AddingUp(follows if bill.state in lifecycle.BOOKED else said)
    if len(bill.taxes) > 1 or amounts.subtotal_before == amounts.net() or _is_small(amounts):
        return AddingUp(follows)
    question = say(
        "VAT of {tax} is of no usual rate on {net}. What is right?", tax=money(amounts.tax), net=money(amounts.net())
    )
    whole = amounts.net(amounts.tax_before) + amounts.tax + amounts.tip
    ways = (
        say("total is {total} and VAT is {tax}", total=_plain(whole), tax=_plain(amounts.tax)),
        say("total is {total} and VAT is {tax}", total=_plain(amounts.total), tax=_plain(amounts.tax)),
    )
    return AddingUp(said, question, tuple(dict.fromkeys(ways)))


def _is_small(amounts: _Amounts) -> bool:
    """Whether several rates fit, as on small amounts."""
    return amounts.net().minor < 1000


def _of_total(bill: Bill, said: Changes, amounts: _Amounts) -> AddingUp:
    """Another total of a booked bill, whose VAT was of the one before."""
    if amounts.total.minor < amounts.total_before.minor - bill.open_minor:
        return AddingUp(said)  # less than is paid already: refused by the ledger
    subtotal = amounts.subtotal_before
    fits = subtotal is not None and "subtotal" not in said and subtotal + amounts.tax + amounts.tip == amounts.total
    if not amounts.tax.minor or amounts.total == amounts.total_before or fits or {"subtotal", "tip"} & said.keys():
        return AddingUp(said)
    question = say(
        "VAT of {tax} was of a total of {before}. How much VAT is in {total}?",
        tax=money(amounts.tax),
        before=money(amounts.total_before),
        total=money(amounts.total),
    )
    taxes = vat.tax_by_rate(amounts.tax, subtotal or amounts.net(amounts.tax_before), bill.taxes)
    at = vat_treatment.told_rate(bill) or (taxes[0].rate if len(taxes) == 1 else None)
    made = [vat.contained(amounts.total - amounts.tip, at)] if at else []
    ways = [_both(amounts.total, tax) for tax in (*made, amounts.tax) if tax < amounts.total]
    none = say("total is {total} and no VAT", total=_plain(amounts.total))
    return AddingUp(said, question, (*dict.fromkeys(ways), none))


def _both(total: Money, tax: Money) -> str:
    return say("total is {total} and VAT is {tax}", total=_plain(total), tax=_plain(tax))


def rate_words(at: str) -> str:
    """ "7%"."""
    return rate(Decimal(at))


def _plain(amount: Money) -> str:
    return plain_amount(amount.decimal)


def _text(amount: Money) -> str:
    """Normalised text, as in evidence."""
    return f"{amount.decimal:f}"
