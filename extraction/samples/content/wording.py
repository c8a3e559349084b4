"""How a bill's words, dates and amounts are printed in its own language and country."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from extraction.samples.content.bill import Bill

_DIGITS = {"de_DE": "dd.MM.yyyy", "nl_NL": "dd-MM-yyyy", "pl_PL": "dd.MM.yyyy", "en_US": "MM/dd/yyyy"}
"""How tills write a day. CLDR's own short forms have years of two digits, which few tills still print."""


@cache
def _dictionary() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Wording:
    """The voice of one bill: `wording["total"]` is its word for the total, `.money` prints an amount."""

    bill: Bill

    def __getitem__(self, word: str) -> str:
        return _dictionary()[self.bill.locale[:2]][word]

    def day(self, day: date) -> str:
        """A day as letters write it: 3 March 2025; in digits in Poland, where invoices have it so."""
        if self.bill.locale == "pl_PL":
            return self.short_day(day)
        return format_date(day, "long", locale=self.bill.locale)

    def short_day(self, day: date) -> str:
        """A day in digits, as tills print it: 03/03/2025."""
        return format_date(day, _DIGITS.get(self.bill.locale, "dd/MM/yyyy"), locale=self.bill.locale)

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
            *((self.tax(tax.rate), self.money(tax.amount)) for tax in self.bill.taxes),
            (self[total], self.money(self.bill.total)),
        ]

    def details(self) -> list[tuple[str, str]]:
        """The facts of the head, label and value: number, dates, references, as far as the bill states them."""
        bill = self.bill
        rows = [
            (self[f"{bill.kind}_number"], bill.number),
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
