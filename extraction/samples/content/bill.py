"""What a sample document says, and its exact arithmetic.

Amounts are integers of minor units of the bill's currency; prices and quantities are decimals, since a price may
be finer than the minor unit (electricity). Tax is computed per rate on the sum of its lines and rounded half up
there, once, as EN 16931 asks (BR-CO-17).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from iso4217 import Currency

from extraction.evidence import DocumentType, Kind

Layout = Literal["letter", "band", "classic", "clean", "utility", "columns", "nordic", "gst", "nota", "till"]
"""How it may be laid out (see `layouts`)."""


@dataclass(frozen=True)
class Account:
    """Where to pay to: an IBAN without spaces, and its BIC."""

    iban: str
    bic: str


@dataclass(frozen=True)
class Business:
    """A fictional company. `tax_name` is what its country calls the tax on sales.

    `vat_label` is what the number is called, where its language does not say it well enough.
    `emblem` names a shape of `layouts/logo.py`; `register` is the line on where it is registered. `account` is None
    where payment goes another way, which `payment` then says.
    """

    name: str
    address: tuple[str, ...]
    tax_name: str = "VAT"
    vat_id: str = ""
    vat_label: str = ""
    register: str = ""
    phone: str = ""
    mail: str = ""
    web: str = ""
    tagline: str = ""
    emblem: str = "blocks"
    colour: str = "#1f3a5f"
    account: Account | None = None
    payment: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """A line: what, how much of it, at which price (major units, before tax unless the bill's prices are gross)."""

    description: str
    quantity: Decimal
    unit_price: Decimal
    rate: Decimal
    unit: str = ""


@dataclass(frozen=True)
class Tax:
    """Tax at one rate (percent): on which net amount, and how much."""

    rate: Decimal
    net: int
    amount: int


@dataclass(frozen=True)
class Meter:
    """Readings of a meter, and what was used in each of the last months, oldest first."""

    number: str
    before: int
    now: int
    history: tuple[int, ...]


@dataclass(frozen=True)
class Bill:
    """One document. `due_date` is None where nothing is to be paid later.

    `terms` is printed as it stands; `states_due` is False where the due date follows from the terms alone.
    `gross_prices` marks a till receipt, whose prices include the tax. `reference` is what a payer must quote.
    `digits` is how its dates are written in digits (CLDR), "" where months are named. `words` are its country's own for
    some of its language's; `tax_parts`, what the halves of its tax are called where it goes to two authorities (India).
    `tendered` is what was handed over in cash, 0 where it was paid by card; `places` are the decimals with which
    amounts are written where these are not the currency's (48,000 rupiah).
    """

    kind: Kind
    vendor: Business
    number: str
    issue_date: date
    currency: str
    locale: str
    items: tuple[Item, ...]
    buyer: Business | None = None
    due_date: date | None = None
    terms: str = ""
    states_due: bool = True
    note: str = ""
    reference: str = ""
    purchase_order: str = ""
    tip: int = 0
    document_type: DocumentType | None = None
    gross_prices: bool = False
    meter: Meter | None = None
    digits: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    tax_parts: tuple[str, ...] = ()
    tendered: int = 0
    places: int | None = None

    @property
    def type(self) -> str:
        """What sort of document it is; an order confirmation where only its kind, "other", is told."""
        return self.document_type or ("order_confirmation" if self.kind == "other" else self.kind)

    @property
    def title(self) -> str:
        """What its words are listed under: its type, where that says more than its kind."""
        return self.document_type or self.kind

    @property
    def account(self) -> Account | None:
        """Where to pay this bill to. None for a credit note, or where payment goes another way."""
        return self.vendor.account if self.kind != "credit_note" else None

    @property
    def exponent(self) -> int:
        """How many digits the minor unit has, as it is written: 2 for EUR, 0 for JPY (ISO 4217)."""
        if self.places is not None:
            return self.places
        return Currency(self.currency).exponent or 0

    def minor(self, amount: Decimal) -> int:
        """An amount of major units in minor units, rounded half up."""
        return _rounded(amount.scaleb(self.exponent))

    def line_total(self, item: Item) -> int:
        """Quantity times price of a line, in minor units."""
        return self.minor(item.quantity * item.unit_price)

    @property
    def taxes(self) -> tuple[Tax, ...]:
        """The tax of each rate that occurs, lowest rate first."""
        rates = sorted({item.rate for item in self.items})
        return tuple(self._tax(rate) for rate in rates)

    def _tax(self, rate: Decimal) -> Tax:
        printed = sum(self.line_total(item) for item in self.items if item.rate == rate)
        if self.gross_prices:
            amount = _rounded(printed * rate / (100 + rate))
            return Tax(rate, printed - amount, amount)
        return Tax(rate, printed, _rounded(printed * rate / 100))

    @property
    def subtotal(self) -> int:
        """What is charged before tax and tip."""
        return sum(tax.net for tax in self.taxes)

    @property
    def tax(self) -> int:
        """All tax together."""
        return sum(tax.amount for tax in self.taxes)

    @property
    def total(self) -> int:
        """What the document asks for, tax and tip included."""
        return self.subtotal + self.tax + self.tip


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def truth(bill: Bill) -> dict[str, str]:
    """The fields a reader should find on it, in the shape of a data set's `truth.jsonl` (without `file`)."""
    account = bill.account
    fields = {
        "kind": bill.kind,
        "vendor": bill.vendor.name,
        "buyer": bill.buyer.name if bill.buyer else "",
        "number": bill.number,
        "issue_date": bill.issue_date.isoformat(),
        "due_date": bill.due_date.isoformat() if bill.due_date else "",
        "currency": bill.currency,
        "subtotal": _decimal(bill, bill.subtotal),
        "tax": _decimal(bill, bill.tax),
        "tip": _decimal(bill, bill.tip) if bill.tip else "",
        "total": _decimal(bill, bill.total),
        "iban": account.iban if account else "",
        "bic": account.bic if account else "",
        "payment_reference": bill.reference,
        "vat_id": bill.vendor.vat_id,
        "purchase_order": bill.purchase_order,
    }
    return {name: value for name, value in fields.items() if value}


def truth_of_lines(bill: Bill) -> dict[str, list[dict[str, str]]]:
    """Its lines and tax rates, in the shape of a data set's `truth.jsonl`; lines are as they are printed."""
    return {
        "line_items": [
            {
                "description": " ".join(item.description.split()),
                "quantity": f"{item.quantity:f}",
                "total": _decimal(bill, bill.line_total(item)),
            }
            for item in bill.items
        ],
        "taxes": [
            {"rate": f"{tax.rate:f}", "net": _decimal(bill, tax.net), "tax": _decimal(bill, tax.amount)}
            for tax in bill.taxes
        ],
    }


def _decimal(bill: Bill, amount: int) -> str:
    return f"{Decimal(amount).scaleb(-bill.exponent):f}"


def make_item(description: str, quantity: str, price: str, rate: str, unit: str = "") -> Item:
    return Item(description, Decimal(quantity), Decimal(price), Decimal(rate), unit)
