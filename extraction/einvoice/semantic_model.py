"""The semantic model of EN 16931-1, as far as a ledger needs it: what all syntaxes are brought to.

Values are texts as they stand in the XML, "" where it does not say; dates are ISO 8601 already.
`extraction.einvoice.document_mapping` makes evidence of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from extraction.limits import YEARS
from extraction.standards.decimals import decimal_in

_DAY_DIGITS = 3


@dataclass(frozen=True)
class Account:
    """Where to pay: BT-84 (an IBAN, or any other account) and BT-86, the bank's BIC.

    `is_iban`: the syntax has a place for IBANs, and the number stands there; others have one place for all accounts.
    """

    number: str
    bic: str = ""
    is_iban: bool = False


@dataclass(frozen=True)
class InvoiceLine:
    """BG-25: description BT-153 (else BT-154), quantity BT-129, net price BT-146 (of BT-149 units), amount BT-131."""

    description: str = ""
    quantity: str = ""
    price: str = ""
    price_base: str = ""
    amount: str = ""


@dataclass(frozen=True)
class VatBreakdown:
    """BG-23: the rate in per cent BT-119, the amount it is on BT-116, what it makes BT-117, and its category BT-118."""

    rate: str = ""
    base: str = ""
    amount: str = ""
    category: str = ""


@dataclass(frozen=True)
class CashDiscountTerms:
    """One step of a discount for early payment, a part of BT-20: per cent (of `base`, else of the total) or an amount.

    It is for payment within `days` of `since`, else of issue; or by `until`.
    """

    percent: str = ""
    amount: str = ""
    base: str = ""
    days: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True)
class Invoice:
    """One invoice. Names follow the business terms of EN 16931-1; the number of each stands beside it."""

    type_code: str = ""  # BT-3, UNTDID 1001
    number: str = ""  # BT-1
    issue_date: str = ""  # BT-2
    due_date: str = ""  # BT-9, the last one where payment is by instalments
    currency: str = ""  # BT-5
    seller: str = ""  # BT-27, else BT-28
    seller_vat_id: str = ""  # BT-31
    seller_country: str = ""  # BT-40
    buyer: str = ""  # BT-44
    buyer_country: str = ""  # BT-55
    purchase_order: str = ""  # BT-13
    payment_reference: str = ""  # BT-83
    payment_terms: str = ""  # BT-20, a line for each where there are several
    line_total: str = ""  # BT-106
    allowances: str = ""  # BT-107
    charges: str = ""  # BT-108
    subtotal: str = ""  # BT-109
    tax: str = ""  # BT-110, in the invoice's currency
    other_taxes: str = ""  # in the total beside VAT: stamp duty, tax of a hotel's town; no term of EN 16931
    withheld: str = ""  # tax that the buyer keeps back for its office; no term of EN 16931
    total: str = ""  # BT-112
    prepaid: str = ""  # BT-113
    rounding: str = ""  # BT-114
    payable: str = ""  # BT-115
    accounts: tuple[Account, ...] = ()
    taxes: tuple[VatBreakdown, ...] = ()
    early_payment: tuple[CashDiscountTerms, ...] = ()
    lines: tuple[InvoiceLine, ...] = field(default=(), repr=False)


def text(node: Element | None, *paths: str, space: dict[str, str] | None = None) -> str:
    """The text at the first of the paths that has any, blanks and line breaks as one blank; "" if none has."""
    if node is None:
        return ""
    for path in paths:
        for found in node.iterfind(path, space):
            if words := " ".join((found.text or "").split()):
                return words
    return ""


def texts(node: Element, path: str) -> tuple[str, ...]:
    """All texts at a path, empty ones left out."""
    return tuple(found.text.strip() for found in node.iterfind(path) if found.text and found.text.strip())


def sum_of(amounts: Iterable[str]) -> str:
    """The sum of all amounts that are not "", "" where there is none or one of them is no number."""
    numbers = [decimal_in(amount) for amount in amounts if amount]
    summed = sum((number for number in numbers if number is not None), Decimal(0))
    return f"{summed:f}" if numbers and None not in numbers else ""


def days_in(measure: Element | None) -> str:
    """A duration as a number of days, "" where there is none or its unit is neither days nor weeks (UN/ECE Rec. 20)."""
    number = "".join((measure.text or "").split()) if measure is not None else ""
    unit = {"DAY": 1, "WEE": 7}.get(measure.get("unitCode", "DAY") if measure is not None else "")
    return str(int(number) * unit) if number.isdecimal() and len(number) <= _DAY_DIGITS and unit else ""


def iso_date(written: str) -> str:
    """A date of XML Schema (2018-04-13, perhaps with time or zone) or of UNTDID 2379 (20180413) as ISO 8601.

    "" where it is neither, or of a year in which nobody sends invoices.
    """
    digits = written.strip()[:10].replace("-", "")[:8]
    try:
        day = date.fromisoformat(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    except ValueError:
        return ""
    return day.isoformat() if day.year in YEARS else ""


def last_date(written: Iterable[str]) -> str:
    """The latest of several dates, in the form of `iso_date`: a discount's date comes before the due date."""
    return max(map(iso_date, written), default="")
