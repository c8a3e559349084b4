"""From what a document says, as normalised text, to the columns of a bill. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from storage.bills.splitting import split_text
from storage.bills.vendors import match_key
from storage.ledger.money import Money, UnknownCurrency, exponent
from storage.ledger.tax_codes import CATEGORIES
from storage.ledger.vat import pro_rata
from storage.models import Side

AMOUNTS = ("subtotal", "tax", "tip", "total")
DATES = ("issue_date", "due_date", "discount_until", "later_discount_until")
TEXTS = ("vendor", "number", "iban", "payment_reference", "category")
EVIDENCE_ONLY = (
    "buyer", "bic", "payment_account", "vat_id", "purchase_order", "document_type", "preceding_invoice", "other_name",
    "copies", "tax_category", "tax_rate", "party_country", "split", "paid_by",
)  # fmt: skip
"""Fields that only the evidence holds."""

DISCOUNTS = ("discount", "later_discount")
FIELDS = (*TEXTS, *DATES, "currency", *AMOUNTS, *DISCOUNTS, "side", *EVIDENCE_ONLY)
"""`category` is the code of an account, `side` "payable" or "receivable"; a discount an amount or "2%" of the total.
`tax_category` is how the bill is treated for VAT (`storage.ledger.tax_codes.CATEGORIES`), `tax_rate` the rate in per
cent
that somebody told, `party_country` (ISO 3166-1) where the other party is. `split` says what goes where
(`storage.bills.splitting.split_text`), `paid_by` is the id of the person who paid it for us."""


KINDS = {
    "invoice": "invoice",
    "receipt": "receipt",
    "credit_note": "credit_note",
    "statement_of_account": "statement",
    "bank_statement": "statement",
}
"""The kind of each type of document (see extraction.evidence.DocumentType) that is not "other"."""

LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1", "s": "5", "b": "8", "z": "2"})


@dataclass(frozen=True)
class BillColumns:
    """Columns of a bill, each of them, None where nothing is known; and why a text fits no column, by field."""

    columns: dict[str, Any]
    problems: dict[str, str] = field(default_factory=dict)


def number_key(number: str) -> str | None:
    """A document's number without case, marks and look-alike letters: "INV-O1" and "inv 01" are one.

    None when nothing is left. Two numbers that fall together by chance only cause a question.
    """
    plain = unicodedata.normalize("NFKD", number).casefold().translate(LOOK_ALIKES)
    return "".join(c for c in plain if c.isalnum()) or None


def derive(texts: Mapping[str, str], *, credit_note: bool = False) -> BillColumns:
    """The columns for these texts. Amounts stay None while the currency is unknown.

    Amounts of a credit note lose their sign, for some print it and some do not.
    """
    columns: dict[str, Any] = {name: texts.get(name) for name in TEXTS}
    columns["number_key"] = number_key(texts.get("number", ""))
    problems: dict[str, str] = {}
    if columns["vendor"] is not None and not match_key(columns["vendor"]):
        columns["vendor"], problems["vendor"] = None, f"“{texts['vendor']}” is not a name."
    for name in DATES:
        columns[name] = _date(name, texts, problems)
    currency = columns["currency"] = _currency(texts, problems)
    for name in AMOUNTS:
        columns[f"{name}_minor"] = _minor(name, texts, currency, credit_note, problems)
    for name in DISCOUNTS:
        columns[f"{name}_minor"] = _discount(name, texts, currency, columns["total_minor"], problems)
    if not _steps_down(columns):
        columns |= {"later_discount_minor": None, "later_discount_until": None}
    problems |= _vat_problems(texts)
    problems |= _split_problem(texts, currency, columns["total_minor"])
    columns["side"] = Side.RECEIVABLE if texts.get("side") == Side.RECEIVABLE else Side.PAYABLE
    return BillColumns(columns, problems)


def _date(name: str, texts: Mapping[str, str], problems: dict[str, str]) -> date | None:
    if name not in texts:
        return None
    try:
        return date.fromisoformat(texts[name])
    except ValueError:
        problems[name] = f"“{texts[name]}” is not a date."
        return None


def _currency(texts: Mapping[str, str], problems: dict[str, str]) -> str | None:
    if "currency" not in texts:
        return None
    try:
        exponent(texts["currency"])
    except UnknownCurrency as error:
        problems["currency"] = str(error)
        return None
    return texts["currency"]


def _minor(
    name: str, texts: Mapping[str, str], currency: str | None, credit_note: bool, problems: dict[str, str]
) -> int | None:
    if name not in texts or currency is None:
        return None
    try:
        minor = Money.of(texts[name], currency).minor
    except ValueError as error:
        problems[name] = str(error)
        return None
    if credit_note:
        return abs(minor)
    if minor < 0:
        problems[name] = f"“{texts[name]}” is negative; a document that pays us back is a credit note."
        return None
    return minor


def _discount(
    name: str, texts: Mapping[str, str], currency: str | None, total: int | None, problems: dict[str, str]
) -> int | None:
    """Skonto: an amount, or per cent of the total, which follow each other when the total is corrected."""
    said = texts.get(name, "")
    if not said.endswith("%"):
        minor = _minor(name, texts, currency, False, problems)
    elif currency is None or total is None:
        return None
    else:
        try:
            minor = pro_rata(Money(total, currency), Decimal(said.removesuffix("%").strip()), 100).minor
        except InvalidOperation:
            minor = -1
    if minor is not None and not 0 <= minor < max(total or 0, 1):
        problems[name] = f"“{said}” is not a discount on this bill. Say it like “2% discount until 5 May”."
        return None
    return minor


def _vat_problems(texts: Mapping[str, str]) -> dict[str, str]:
    """What is no treatment, no rate or no country."""
    found = {}
    if "tax_category" in texts and texts["tax_category"] not in CATEGORIES:
        found["tax_category"] = f"“{texts['tax_category']}” is no category of VAT."
    if "tax_rate" in texts and not _is_rate(texts["tax_rate"]):
        found["tax_rate"] = f"“{texts['tax_rate']}” is no rate of VAT."
    country = texts.get("party_country")
    if country is not None and not (len(country) == 2 and country.isalpha() and country.isupper()):
        found["party_country"] = f"“{country}” is no country."
    return found


def _split_problem(texts: Mapping[str, str], currency: str | None, total: int | None) -> dict[str, str]:
    """That a split does not add up to the total; nothing while that is unknown."""
    if "split" not in texts or currency is None or total is None:
        return {}
    try:
        split_text.amounts(split_text.parse(texts["split"]), Money(total, currency))
    except split_text.DoesNotAddUp as error:
        return {"split": str(error)}
    return {}


def _is_rate(text: str) -> bool:
    try:
        return 0 <= Decimal(text) < 100
    except InvalidOperation:
        return False


def _steps_down(columns: Mapping[str, Any]) -> bool:
    """Whether the later step of a discount is one: for less, and later than the first."""
    first, later = columns["discount_minor"], columns["later_discount_minor"]
    until, last = columns["discount_until"], columns["later_discount_until"]
    return bool(first and later and until and last and later < first and last > until)
