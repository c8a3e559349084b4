"""How a bill's words, dates and amounts are printed in its own language and country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from extraction.samples.content.bill import Bill

_DIGITS = {"de_DE": "dd.MM.yyyy", "nl_NL": "dd-MM-yyyy", "pl_PL": "dd.MM.yyyy", "en_US": "MM/dd/yyyy"}
"""How tills write a day. CLDR's own short forms have years of two digits, which few tills still print."""

LANGUAGES = Path(__file__).parent / "languages"


@cache
def language_file(language: str) -> dict[str, Any]:
    """`languages/<language>.toml`: its `words`, and the `countries` that print them."""
    return tomllib.loads((LANGUAGES / f"{language}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Wording:
    """The voice of one bill: `wording["total"]` is its word for the total, `.money` prints an amount."""

    bill: Bill

    def __getitem__(self, word: str) -> str:
        own = self.bill.words.get(word)
        return own or str(language_file(self.bill.locale[:2])["words"][word])

    def day(self, day: date) -> str:
        """A day as letters write it: 3 March 2025, or in the bill's digits."""
        if self.bill.digits:
            return self.short_day(day)
        return format_date(day, "long", locale=self.bill.locale)

    def short_day(self, day: date) -> str:
        """A day in digits, as tills print it: 03/03/2025."""
        digits = self.bill.digits or _DIGITS.get(self.bill.locale, "dd/MM/yyyy")
        return format_date(day, digits, locale=self.bill.locale)

    def money(self, amount: int) -> str:
        """An amount of minor units with its currency: €1,249.50."""
        major = Decimal(amount).scaleb(-self.bill.exponent)
        return _plain_spaces(format_currency(major, self.bill.currency, locale=self.bill.locale))

    def figure(self, amount: int) -> str:
        """An amount of minor units without its currency: 1,249.50."""
        return self.number(Decimal(amount).scaleb(-self.bill.exponent), places=self.bill.exponent)

    def price(self, price: Decimal) -> str:
        """A unit price, with as many digits as it has."""
        places = -int(price.normalize().as_tuple().exponent)
        return self.number(price, places=max(self.bill.exponent, places))

    def number(self, value: Decimal, places: int = 0) -> str:
        """A decimal with at least so many decimal places, e.g. a quantity."""
        pattern = "#,##0" + ("." + "0" * places if places else ".###")
        return _plain_spaces(format_decimal(value, pattern, locale=self.bill.locale))

    def tax(self, rate: Decimal) -> str:
        """What the tax of a rate is called: VAT 19%."""
        return f"{self.bill.vendor.tax_name} {self.number(rate)}%"

    @property
    def tax_id(self) -> str:
        """The vendor's tax number with what it is called; empty where it has none."""
        vendor = self.bill.vendor
        return f"{vendor.vat_label or self['tax_id']} {vendor.vat_id}" if vendor.vat_id else ""

    def totals(self) -> list[tuple[str, str]]:
        """The rows below the lines, label and amount; the last is the total."""
        total = "credit_total" if self.bill.kind == "credit_note" else "total"
        return [
            (self["subtotal"], self.money(self.bill.subtotal)),
            *((name, self.money(amount)) for name, amount in self.taxes()),
            (self[total], self.money(self.bill.total)),
        ]

    def taxes(self) -> list[tuple[str, int]]:
        """What each tax is called, with its rate, and how much it is: one a rate, or two halves of each."""
        parts = self.bill.tax_parts
        if not parts:
            return [(self.tax(tax.rate), tax.amount) for tax in self.bill.taxes]
        return [
            (f"{part} {self.number(tax.rate / len(parts))}%", (tax.amount + place) // len(parts))
            for tax in self.bill.taxes
            for place, part in enumerate(parts)
        ]

    def details(self) -> list[tuple[str, str]]:
        """The facts of the head, label and value: number, dates, references, as far as the bill states them."""
        bill = self.bill
        rows = [
            (self[f"{bill.title}_number"], bill.number),
            (self["issued"], self.day(bill.issue_date)),
            (self["due"], self.day(bill.due_date) if bill.due_date and bill.states_due else ""),
            (self["purchase_order"], bill.purchase_order),
            (self["reference"], bill.reference),
        ]
        return [row for row in rows if row[1]]


def _plain_spaces(text: str) -> str:
    # CLDR groups digits by U+202F, which few fonts have; software that prints invoices uses U+00A0.
    return text.replace("\u202f", "\u00a0")


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as it is printed (ISO 13616)."""
    return "\u00a0".join(iban[at : at + 4] for at in range(0, len(iban), 4))
