"""How a bill is treated for VAT: which tax stands in it, what we owe on it ourselves, and what nothing tells.

All follows from the bill and from where we are. What was read with doubt counts for nothing here: it is uncertain
until a
person says it, and a VAT return lists it so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from storage.errors import Unfit
from storage.ledger import double_entry, tax_codes, vat, vat_countries
from storage.ledger.double_entry import TaxedPart
from storage.ledger.money import Money
from storage.ledger.tax_codes import Place, TaxCode
from storage.ledger.vat_countries import Rates
from storage.models import Bill, Company, Side

SURE = 0.85
"""From this confidence on a value counts that no person said (as extraction.evidence.CONFIDENCE_THRESHOLD)."""


@dataclass(frozen=True)
class Home:
    """Where we are: `country` (ISO 3166-1) is None while nobody said it."""

    country: str | None

    def rates_on(self, on: date) -> Rates | None:
        """Our country's rates of VAT on a day, None where they are not known."""
        return vat_countries.form_of(self.country).rates_on(on) if self.country else None


def home_of(company: Company) -> Home:
    """Where a company is: as it said, else by its VAT number."""
    return Home(company.country or vat_countries.country_of_vat_id(company.vat_id))


def taxed_parts(bill: Bill, home: Home, on: date) -> tuple[TaxedPart, ...]:
    """The bill's total in parts by treatment, none of them zero; of what is booked `on` that day.

    Raises: Unfit where the bill says that no tax is charged, and charges some.
    """
    assert bill.total_minor is not None and bill.currency is not None
    total = Money(bill.total_minor, bill.currency)
    tax = Money(bill.tax_minor or 0, bill.currency)
    category, place = category_of(bill), vat_countries.place_of(country_of(bill), home.country)
    if category == tax_codes.IMPORT_VAT and bill.side is Side.PAYABLE:
        return _import_vat(total, tax)
    if category in tax_codes.UNTAXED:
        if tax.minor:
            raise Unfit(
                "It says that there is no VAT on it ({category}), and has VAT of {tax}. Say “no VAT” if none is "
                "charged, or “it has normal VAT”.",
                category=category,
                tax=tax,
            )
        return (_untaxed(bill, home, on, total, category, place),)
    if place not in (None, "domestic") and tax.minor and bill.side is Side.PAYABLE:
        return (_plain(total, TaxCode(bill.side, "S", None, place)),)  # tax of another country is a cost
    if not tax.minor:
        return _without_tax(bill, total, category, place)
    return _charged(bill, home, on, total, tax, place)


def category_of(bill: Bill) -> str | None:
    """How the bill is treated, where that is certain."""
    return _sure(bill, "tax_category")


def country_of(bill: Bill) -> str | None:
    """Where the other party is, where that is certain; for a vendor also by its VAT number."""
    said = _sure(bill, "party_country")
    if said or bill.side is Side.RECEIVABLE:
        return said
    return vat_countries.country_of_vat_id(_sure(bill, "vat_id"))


def told_rate(bill: Bill) -> str | None:
    """The rate that somebody told, or that is printed beside reverse charge."""
    said = _sure(bill, "tax_rate")
    return vat.rate_text(said) if said else None


def suggestion(bill: Bill, home: Home) -> str | None:
    """The treatment that is likely but not certain: as it was read, or reverse charge for no tax from another country
    of
    the EU."""
    read = bill.evidence.get("tax_category", {}).get("value")
    if read:
        return str(read)
    place = vat_countries.place_of(country_of(bill), home.country)
    return "AE" if place == "eu" and not bill.tax_minor and bill.side is Side.PAYABLE else None


def _sure(bill: Bill, name: str) -> str | None:
    found = bill.evidence.get(name, {})
    certain = found.get("source") == "person" or found.get("confidence", 0.0) >= SURE
    return str(found["value"]) if found and certain else None


def _plain(net: Money, code: TaxCode) -> TaxedPart:
    return TaxedPart(net, Money(0, net.currency), "", str(code))


def _import_vat(total: Money, tax: Money) -> tuple[TaxedPart, ...]:
    """All of the bill is tax, or, where it names its tax, that; the rest are the carrier's fees, of which nothing is
    told."""
    charged = tax if tax.minor else total
    code = TaxCode(Side.PAYABLE, tax_codes.IMPORT_VAT)
    part = TaxedPart(Money(0, total.currency), charged, double_entry.IMPORT_VAT, str(code))
    rest = total - charged
    return (part, *((_plain(rest, TaxCode(Side.PAYABLE, tax_codes.UNCERTAIN)),) if rest.minor else ()))


def _untaxed(bill: Bill, home: Home, on: date, total: Money, category: str, place: Place | None) -> TaxedPart:
    """Without tax; on what we buy under reverse charge, or within the EU, with the tax that we owe ourselves."""
    if category not in tax_codes.SELF_ASSESSED or bill.side is Side.RECEIVABLE:
        return _plain(total, TaxCode(bill.side, category, None, place))
    rates = home.rates_on(on)
    rate = told_rate(bill) or (rates.standard if rates else None)
    if rate is None:
        return _plain(total, TaxCode(bill.side, tax_codes.UNCERTAIN, None, place))
    code = TaxCode(bill.side, category, rate, "eu" if category == "K" else place)
    deducted, owed = (f"{account}:{rate}" for account in double_entry.SELF_ASSESSED[category])
    due = vat.pro_rata(total, Decimal(rate), 100)
    return TaxedPart(total, Money(0, total.currency), "", str(code), due if due.minor else None, (deducted, owed))


def _without_tax(bill: Bill, total: Money, category: str | None, place: Place | None) -> tuple[TaxedPart, ...]:
    """No tax is charged, and no one treatment is said: each line's own, else nothing tells."""
    stated = [(line, _money(line.get("net"), total.currency)) for line in bill.taxes]
    nets = [(line["category"], net) for line, net in stated if line.get("category") in tax_codes.CATEGORIES and net]
    if nets and sum((net for _, net in nets), Money(0, total.currency)) == total:
        return tuple(_plain(net, TaxCode(bill.side, said, None, place)) for said, net in nets)
    if category == "S" and bill.taxes and {_rate(line) for line in bill.taxes} == {Decimal(0)}:
        return (_plain(total, TaxCode(bill.side, "Z", None, place)),)
    return (_plain(total, TaxCode(bill.side, tax_codes.UNCERTAIN, None, place)),)


def _charged(bill: Bill, home: Home, on: date, total: Money, tax: Money, place: Place | None) -> tuple[TaxedPart, ...]:
    """Tax by rate, each with what it is on; what bears no tax is of its lines' treatment, else uncertain."""
    subtotal = Money(bill.subtotal_minor, total.currency) if bill.subtotal_minor is not None else total - tax
    rate = told_rate(bill)
    taxes = (double_entry.Tax(rate, tax),) if rate else vat.tax_by_rate(tax, subtotal, bill.taxes)
    legal = home.rates_on(on)
    uncertain = str(TaxCode(bill.side, tax_codes.UNCERTAIN, None, place))
    rest = total - tax
    parts = []
    for one in taxes:
        net = _net(one, total - tax, alone=len(taxes) == 1, lines=bill.taxes)
        known = one.rate is not None and (legal is None or one.rate in legal.rates or place == "domestic")
        code = str(TaxCode(bill.side, "S", one.rate, place)) if known and net is not None else uncertain
        net = net if net is not None and net.minor <= rest.minor else Money(0, total.currency)
        rest -= net
        parts.append(TaxedPart(net, one.amount, double_entry.vat_account(bill.side, one.rate), code))
    if 0 < rest.minor <= vat.ROUNDED * len(parts):  # what rounding each rate left
        parts[0] = TaxedPart(parts[0].net + rest, parts[0].tax, parts[0].tax_account, parts[0].code)
        rest = Money(0, total.currency)
    return (*parts, *_untaxed_rest(bill, rest, place))


def _net(one: double_entry.Tax, net: Money, *, alone: bool, lines: Sequence[Mapping[str, Any]]) -> Money | None:
    """What the tax of one rate is on: all there is where it is alone and fits, else as the document says, else as the
    rate
    makes it; None where the rate is unknown."""
    if one.rate is None:
        return net if alone else None
    if alone and vat.is_tax_of(net, one.rate, one.amount):
        return net
    stated = [_money(line.get("net"), net.currency) for line in lines if _rate(line) == Decimal(one.rate)]
    if stated and None not in stated:
        said = sum((amount for amount in stated if amount), Money(0, net.currency))
        if vat.is_tax_of(said, one.rate, one.amount):
            return said
    return vat.net_of(one.amount, one.rate) if Decimal(one.rate) else None


def _untaxed_rest(bill: Bill, rest: Money, place: Place | None) -> tuple[TaxedPart, ...]:
    """What bears none of the tax: of the lines' treatments where these explain it."""
    if not rest.minor:
        return ()
    free = [(line, _money(line.get("net"), rest.currency)) for line in bill.taxes if not _rate(line)]
    nets = [(line["category"], net) for line, net in free if line.get("category") in tax_codes.UNTAXED and net]
    if nets and sum((net for _, net in nets), Money(0, rest.currency)) == rest:
        return tuple(_plain(net, TaxCode(bill.side, said, None, place)) for said, net in nets)
    return (_plain(rest, TaxCode(bill.side, tax_codes.UNCERTAIN, None, place)),)


def _rate(line: Mapping[str, Any]) -> Decimal | None:
    try:
        return Decimal(line["rate"])
    except InvalidOperation:
        return None


def _money(text: str | None, currency: str) -> Money | None:
    """An amount as a document states it, without the sign that some credit notes print."""
    try:
        found = Money.of(text, currency) if text is not None else None
    except ValueError:
        return None
    return Money(abs(found.minor), currency) if found else None
