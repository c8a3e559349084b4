"""What is paid back to staff by kilometre, mile and day: the table `expense_rates.toml`, each rate from its day on."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True)
class MileageRate:
    """What a kilometre or mile of one's own car is paid, and by which rule."""

    unit: str
    currency: str
    rate: Decimal
    source: str


@dataclass(frozen=True)
class PerDiemRate:
    """What a whole day away is paid, and one of leaving or coming back, and by which rule."""

    currency: str
    whole: Decimal
    part: Decimal
    source: str


def mileage(country: str, on: date) -> MileageRate | None:
    """The rate of a country (ISO 3166) on a day; None where the table has none."""
    row = _in_force("mileage", country, on)
    return row and MileageRate(row["unit"], row["currency"], Decimal(row["rate"]), row["source"])


def per_diem(country: str, on: date) -> PerDiemRate | None:
    """The rates of a country on a day; None where the table has none."""
    row = _in_force("per_diem", country, on)
    return row and PerDiemRate(row["currency"], Decimal(row["whole"]), Decimal(row["part"]), row["source"])


def _in_force(kind: str, country: str, on: date) -> Any:
    rows = [row for row in _table()[kind] if row["country"] == country and row["since"] <= on]
    latest = max(rows, key=lambda row: row["since"], default=None)
    return None if latest is None or on > latest.get("until", on) else latest


@cache
def _table() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("config").joinpath("expense_rates.toml").read_text("utf-8"))
