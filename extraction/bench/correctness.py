"""When a value that was read counts as right, given the truth of a data set.

Total: equal as a decimal to `total`, any of `total_alt`, or `printed_total` (what is printed, where an invoice's XML
says otherwise). Date: `issue_date` or any of `date_readings`. Number:
equal without blanks and case. Vendor: case, blanks, accents and punctuation do not count; right when equal to
`vendor` or any of `vendor_alt`, when one contains the other (at least four letters), or when they are alike to
`VENDOR_ALIKE` per cent by rapidfuzz's ratio, which forgives a letter that OCR misread. Further fields: other amounts
equal as decimals, other dates equal, buyers as vendors, codes and references equal without blanks and case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from rapidfuzz import fuzz

VENDOR_ALIKE = 85
"""Per cent of likeness from which two names are taken for one."""

Truth = Mapping[str, Any]


def same_total(value: str, truth: Truth) -> bool:
    """Whether the total is right."""
    try:
        printed = [truth["printed_total"]] if "printed_total" in truth else []
        return Decimal(value) in map(Decimal, [truth["total"], *truth.get("total_alt", ()), *printed])
    except InvalidOperation:
        return False


def same_date(value: str, truth: Truth) -> bool:
    """Whether the date of issue is right."""
    return value in {truth["issue_date"], *truth.get("date_readings", ())}


def same_number(value: str, truth: Truth) -> bool:
    """Whether the document's number is right."""
    return "".join(value.split()).casefold() == "".join(str(truth["number"]).split()).casefold()


def same_vendor(value: str, truth: Truth) -> bool:
    """Whether the vendor is right."""
    return any(alike(value, right) for right in (truth["vendor"], *truth.get("vendor_alt", ())))


def alike(a: str, b: str) -> bool:
    """Whether two names are one by the rule above."""
    first, second = _letters(a), _letters(b)
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) >= 4 and shorter in longer:
        return True
    return bool(shorter) and fuzz.ratio(first, second) >= VENDOR_ALIKE


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in plain if char.isalnum())


RULES: dict[str, tuple[str, Callable[[str, Truth], bool]]] = {
    "total": ("total", same_total),
    "date": ("issue_date", same_date),
    "vendor": ("vendor", same_vendor),
    "number": ("number", same_number),
}
"""The column of the table → the field, and its rule."""


def _amount(name: str) -> Callable[[str, Truth], bool]:
    return lambda value, truth: same_total(value, {"total": truth[name]})


def _code(name: str) -> Callable[[str, Truth], bool]:
    return lambda value, truth: same_number(value, {"number": truth[name]})


FURTHER: dict[str, tuple[str, str, Callable[[str, Truth], bool]]] = {
    "due date": ("due_date", "due_date", _code("due_date")),
    "currency": ("currency", "currency", _code("currency")),
    "subtotal": ("subtotal", "subtotal", _amount("subtotal")),
    "tax": ("tax", "tax", _amount("tax")),
    "IBAN": ("iban", "iban", _code("iban")),
    "reference": ("payment_reference", "reference", _code("reference")),
    "buyer": ("buyer", "customer", lambda value, truth: alike(value, str(truth["customer"]))),
}
"""Columns of fields that few sets have the truth of → our field, the truth's name for it, and the rule.

They are shown beside the others, and are no part of "all of these".
"""


def printed_total(total: str) -> re.Pattern[str]:
    """A pattern for an amount ("1249.50") in whatever convention it is printed: thousands marks, comma or dot."""
    whole, _, cents = total.partition(".")
    return re.compile(r"(?<!\d)" + r"[.,' ]?".join(whole) + rf"\s?[.,]\s?{cents or '00'}(?!\d)")
