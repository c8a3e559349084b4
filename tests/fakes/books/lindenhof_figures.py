"""What the books of Lindenhof GmbH must answer, worked out from the list of its documents alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.fakes.books.lindenhof_bills import BILLS, OPENING, TODAY, Settlement, Sheet

FIRST = date(2025, 1, 1)


def eur(minor: int) -> str:
    """ "€1,249.50"."""
    return f"{'-' if minor < 0 else ''}€{abs(minor) / 100:,.2f}"


def usd(minor: int) -> str:
    """ "US$892.00"."""
    return f"{'-' if minor < 0 else ''}US${abs(minor) / 100:,.2f}"


def euro(minor: int) -> str:
    """ "1.249,50 €"."""
    return f"{_german(minor)} €"


def dollar(minor: int) -> str:
    """ "892,00 $"."""
    return f"{_german(minor)} $"


def owed(*parties: str, without: Iterable[str] = ()) -> list[Sheet]:
    """The bills that we still owe, to these parties (none: to all) or without some."""
    left_out = set(without)
    return [
        one
        for one in BILLS
        if not one.ours and one.open and one.party not in left_out and (not parties or one.party in parties)
    ]


def due(until: date, since: date = FIRST) -> list[Sheet]:
    """What we owe that is due in these days."""
    return [one for one in owed() if one.due and since <= one.due <= until]


def overdue() -> list[Sheet]:
    """What we owe and should have paid by now."""
    return [one for one in owed() if one.due and one.due < TODAY]


def to_us() -> list[Sheet]:
    """What others still owe us."""
    return [one for one in BILLS if one.ours and one.open]


def still(sheets: Iterable[Sheet], currency: str = "EUR") -> int:
    """What is open on these, credit notes taken off."""
    return sum(_sign(one) * one.open for one in sheets if one.currency == currency)


def costs(since: date, until: date, *, party: str | None = None, category: str | None = None) -> list[Sheet]:
    """Bills of ours that are booked and were issued in these days."""
    return [
        one
        for one in BILLS
        if not one.ours
        and not one.draft
        and since <= one.issued <= until
        and party in (None, one.party)
        and category in (None, one.category)
    ]


def invoiced(since: date, until: date, party: str | None = None) -> list[Sheet]:
    """Our own invoices of these days."""
    return [one for one in BILLS if one.ours and since <= one.issued <= until and party in (None, one.party)]


def net(sheets: Iterable[Sheet], currency: str = "EUR") -> int:
    """The sum of these without VAT, credit notes taken off."""
    return sum(_sign(one) * one.net for one in sheets if one.currency == currency)


def paid(since: date, until: date, account: str | None = None, party: str | None = None) -> list[tuple[Sheet, int]]:
    """Payments that we made in these days, with how much each was."""
    return [
        (one, _minor(one, part))
        for one in BILLS
        if not one.ours and party in (None, one.party)
        for part in one.paid
        if since <= part.on <= until and account in (None, part.account)
    ]


def held(account: str, at: date = TODAY) -> int:
    """What is on an account at the end of a day."""
    moved = [
        (1 if one.ours else -1) * _minor(one, part)
        for one in BILLS
        for part in one.paid
        if part.on <= at and part.account == account
    ]
    return OPENING[account] + sum(moved)


def numbers(sheets: Iterable[Sheet]) -> set[str]:
    """Their numbers."""
    return {one.number for one in sheets}


def _minor(one: Sheet, part: Settlement) -> int:
    return one.total if part.minor is None else part.minor


def _sign(one: Sheet) -> int:
    return -1 if one.credit_note else 1


def _german(minor: int) -> str:
    swapped = f"{abs(minor) / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{'-' if minor < 0 else ''}{swapped}"
