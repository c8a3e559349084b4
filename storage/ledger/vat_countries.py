"""What the tables in `config/vat` say of a country: its rates of VAT, and the boxes of its return."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from storage.ledger.tax_codes import Place, TaxCode
from storage.models import Side

Tax = Literal["owed", "deducted"]
OTHER = "other"


@dataclass(frozen=True)
class Rates:
    """The rates that hold since a day, in per cent; `standard` is the one for what has no other."""

    since: date
    standard: str
    rates: tuple[str, ...]


@dataclass(frozen=True)
class Rule:
    """Which treatments are meant; None means any."""

    side: Side
    categories: tuple[str, ...] | None
    rates: tuple[str, ...] | None
    places: tuple[Place, ...] | None

    def fits(self, code: TaxCode, named: frozenset[str]) -> bool:
        """Whether a treatment is meant; `named` are the rates that other boxes name, for "other". A place that nobody
        knows is ours for what bears our tax, and else none."""
        place = code.place or ("domestic" if code.category == "S" else None)
        return (
            code.side is self.side
            and (self.categories is None or code.category in self.categories)
            and (self.rates is None or code.rate in self.rates or self._is_other(code.rate, named))
            and (self.places is None or place in self.places)
        )

    def _is_other(self, rate: str | None, named: frozenset[str]) -> bool:
        return self.rates == (OTHER,) and rate is not None and rate not in named


@dataclass(frozen=True)
class Box:
    """A line of the return: what it sums of `rules`, or ("sum") of other boxes' tax. `number` is that of the base, or
    of
    the tax alone; `tax_number` that of the tax where it has one of its own."""

    number: str
    tax_number: str
    names: Mapping[str, str]
    base: bool
    tax: Tax | None
    whole: bool
    rules: tuple[Rule, ...]
    sum: tuple[str, ...] = ()


@dataclass(frozen=True)
class VatReturnForm:
    """The return of a country. `cash` are the sides that count when money moves, for a company on cash basis; `none`
    is what
    stands in no box. `currency` None is the company's own."""

    country: str | None
    names: Mapping[str, str]
    currency: str | None
    cash: tuple[Side, ...]
    boxes: tuple[Box, ...]
    none: tuple[Rule, ...]
    result: Box
    rates: tuple[Rates, ...]

    def named_rates(self, rule: Rule) -> frozenset[str]:
        """The rates that boxes name for what a rule means."""
        rules = (other for box in self.boxes for other in box.rules)
        return frozenset(
            rate
            for other in rules
            if other.rates and (other.side, other.categories) == (rule.side, rule.categories)
            for rate in other.rates
            if rate != OTHER
        )

    def rates_on(self, on: date) -> Rates | None:
        """The rates of a day; None where the table does not know them."""
        return next((rates for rates in reversed(self.rates) if rates.since <= on), None)


@cache
def form_of(country: str | None) -> VatReturnForm:
    """The return of a country (ISO 3166-1), the general summary for one without a table, or for None."""
    file = files("config").joinpath("vat", f"{country}.toml") if country else None
    known = file is not None and country is not None and len(country) == 2 and file.is_file()
    table = _table(country if known and country else "any")
    result = table["result"]
    return VatReturnForm(
        country if known else None,
        table["name"],
        table.get("currency"),
        tuple(map(Side, table["cash"])),
        tuple(map(_box, table["box"])),
        tuple(map(_rule, table["none"]["of"])),
        Box(result["number"], "", result, False, None, False, ()),
        tuple(Rates(row["since"], row["standard"], tuple(row["rates"])) for row in table.get("rate", ())),
    )


def place_of(country: str | None, ours: str | None) -> Place | None:
    """Where a country is, seen from ours; None where one of the two is unknown."""
    if country is None or ours is None:
        return None
    if country == ours:
        return "domestic"
    eu = _table("places")["eu"]
    return "eu" if country in eu and ours in eu else "abroad"


def country_of_vat_id(vat_id: str | None) -> str | None:
    """The country that a VAT number begins with, of the EU or GB; None for any other number."""
    places = _table("places")
    prefix = (vat_id or "")[:2].upper()
    country = places["prefixes"].get(prefix, prefix)
    return country if country in (*places["eu"], "GB") and any(sign.isdigit() for sign in vat_id or "") else None


def _box(row: Mapping[str, Any]) -> Box:
    rules = tuple(map(_rule, row.get("of", ())))
    tax_number, whole = row.get("tax_number", ""), row.get("whole", False)
    return Box(
        row["number"], tax_number, row, row.get("base", False), row.get("tax"), whole, rules, tuple(row.get("sum", ()))
    )


def _rule(row: Mapping[str, Any]) -> Rule:
    parts = (tuple(row[name]) if name in row else None for name in ("category", "rate", "place"))
    return Rule(Side(row["side"]), *parts)


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("config").joinpath("vat", f"{name}.toml").read_text("utf-8"))
