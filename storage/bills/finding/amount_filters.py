"""Amounts as people say them ("over 500"), which mean another number of minor units in each currency."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select

from storage.ledger.money import exponent
from storage.models import Bill


def currencies(session: Session) -> list[str]:
    """The currencies that bills are in."""
    return [currency for currency in session.exec(select(col(Bill.currency)).distinct()).all() if currency]


def at_least(minor: Any, limit: Decimal, among: Sequence[str]) -> ColumnElement[bool]:
    """Bills whose amount (the column or expression `minor`) is the limit, in major units of their currency, or more."""
    return _any((col(Bill.currency) == currency) & (minor >= _minor(limit, currency)) for currency in among)


def at_most(minor: Any, limit: Decimal, among: Sequence[str]) -> ColumnElement[bool]:
    """Bills whose amount (the column or expression `minor`) is the limit, in major units of their currency, or less."""
    return _any((col(Bill.currency) == currency) & (minor <= _minor(limit, currency)) for currency in among)


def _minor(limit: Decimal, currency: str) -> Decimal:
    return limit.scaleb(exponent(currency))


def _any(ways: Any) -> ColumnElement[bool]:
    """One of them; nothing where there is none."""
    found = list(ways)
    return or_(*found) if found else col(Bill.id) < 0
