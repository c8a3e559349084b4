"""What the fictional firms of each country bill, in its language, at its taxes: made from `languages/` by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from schwifty import IBAN

from extraction.evidence import Kind
from extraction.samples.content.bill import Account, Bill, Business, Item, Layout
from extraction.samples.content.wording import LANGUAGES, language_file

_COLOURS = ("#1f3a5f", "#5b3a1e", "#0f4c5c", "#7a2e4d", "#157a4a")
_EMBLEMS = ("blocks", "peak", "wave", "sun", "leaf")
_SMALL = Decimal(5)
"""A price below it is of small things, which come by the hundred."""


@dataclass(frozen=True)
class Country:
    """A language as a country writes it: `told` is its table in the language's file, `layouts` are usual there."""

    language: str
    told: dict[str, Any]

    @property
    def locale(self) -> str:
        """Language and territory (CLDR), such as cs_CZ."""
        return str(self.told["locale"])

    @property
    def layouts(self) -> Sequence[Layout]:
        """Those that are usual there, the most usual one first."""
        return tuple(self.told["layouts"])


def countries() -> list[Country]:
    """Every country of every language, in the order of their files."""
    languages = sorted(file.stem for file in LANGUAGES.glob("*.toml"))
    return [Country(language, told) for language in languages for told in language_file(language)["countries"]]


def invoice(country: Country, number: int, day: date, chance: Random, *, credit: bool = False) -> Bill:
    """An invoice of one of its firms, the `number`th, to a firm there, or a credit note; its date is near `day`."""
    told = country.told
    issued = day - timedelta(days=chance.randrange(3, 300))
    kind: Kind = "credit_note" if credit else "invoice"
    vendor = _business(country, told["vendors"][number % len(told["vendors"])], chance)
    return Bill(
        kind=kind,
        vendor=vendor,
        buyer=Business(told["buyer"][0], tuple(told["buyer"][1:]), vat_id=_tax_id(told["tax_id"], chance)),
        number=_number(kind, issued, chance),
        issue_date=issued,
        due_date=None if credit else issued + timedelta(days=chance.choice((14, 21, 30, 45))),
        currency=told["currency"],
        locale=country.locale,
        items=_items(told["wares"], told["rates"][:1], chance),
        digits=told["digits"] if number % 2 == 0 else "",
        words=told.get("words", {}),
        places=told.get("places"),
        tax_parts=("CGST", "SGST") if told["tax"] == "GST" else (),
    )


def receipt(country: Country, day: date, chance: Random) -> Bill:
    """A receipt of its shop, whose prices include the tax; half of them are paid in cash."""
    told = country.told
    bill = Bill(
        kind="receipt",
        vendor=Business(told["shop"][0], tuple(told["shop"][1:]), told["tax"], _tax_id(told["tax_id"], chance)),
        number=f"{chance.randrange(10_000, 1_000_000):06}",
        issue_date=day - timedelta(days=chance.randrange(3, 300)),
        currency=told["currency"],
        locale=country.locale,
        items=_items(told["wares"], told["rates"], chance),
        gross_prices=True,
        digits=told["digits"],
        words=told.get("words", {}),
        places=told.get("places"),
    )
    if chance.random() < 0.5:
        return bill
    note = 10 ** (len(str(bill.total)) - 1)
    return replace(bill, tendered=-(-bill.total // note) * note)


def _business(country: Country, lines: Sequence[str], chance: Random) -> Business:
    told = country.told
    account = None
    if territory := told.get("iban"):
        iban = IBAN.random(country_code=territory, random=chance)
        account = Account(str(iban), str(iban.bic or ""))
    which = chance.randrange(len(_COLOURS))
    return Business(
        lines[0],
        tuple(lines[1:]),
        told["tax"],
        _tax_id(told["tax_id"], chance),
        emblem=_EMBLEMS[which],
        colour=_COLOURS[which],
        account=account,
    )


def _tax_id(form: str, chance: Random) -> str:
    """A tax number of that form; "#" stands for a digit, of which the first is not 0."""
    digits = [str(chance.randrange(1 if place == 0 else 0, 10)) for place in range(form.count("#"))]
    return "".join(digits.pop(0) if char == "#" else char for char in form)


def _number(kind: Kind, issued: date, chance: Random) -> str:
    count = chance.randrange(10, 9000)
    forms = (f"{issued.year}/{count:04}", f"{issued.year}-{count}", f"F{issued:%y}{count:05}", f"{count:06}")
    return chance.choice(forms) if kind == "invoice" else f"{issued.year}-K{count:03}"


def _items(wares: Sequence[Sequence[str]], rates: Sequence[str], chance: Random) -> tuple[Item, ...]:
    """Two wares or more in quantities that make about an even sum, at rates in turn."""
    chosen = chance.sample(list(wares), chance.randint(2, len(wares)))
    return tuple(
        Item(name, _quantity(Decimal(price), chance), Decimal(price), Decimal(rates[place % len(rates)]))
        for place, (name, price) in enumerate(chosen)
    )


def _quantity(price: Decimal, chance: Random) -> Decimal:
    return Decimal(100 * chance.randint(1, 9) if price < _SMALL else chance.randint(1, 8))
