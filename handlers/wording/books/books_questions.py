"""What Billify asks back about keeping the books: opening balances, closing, exports."""

from __future__ import annotations

from datetime import date

from handlers.language.formats import day
from handlers.language.translation import say, sayable


def opening_how_much() -> str:
    """An opening balance without an amount."""
    return say("How much was it? Say it like “opening balance of the bank is 12,400 on 1 January”.")


def close_in_future(until: date) -> str:
    """Days that are not over cannot be closed."""
    return say("{day} is not over yet. I can close the books up to yesterday at the latest.", day=day(until))


def vat_when() -> str:
    """A VAT return without a period."""
    return say("For which time? Say it like “VAT return for March” or “VAT return last quarter”.")


def vat_suggestions() -> tuple[str, ...]:
    """The same with a period."""
    return say("VAT return last month"), say("VAT return last quarter"), say("VAT return this month")


def statements_when() -> str:
    """Statements without a period."""
    return say("For which time? Say it like “profit and loss 2024” or “balance sheet at 31 March”.")


def statements_suggestions(part: str) -> tuple[str, ...]:
    """The same with a period."""
    if part == "results":
        return say("profit and loss this year"), say("profit and loss last year"), say("profit and loss last month")
    if part == "balance":
        return say("balance sheet last month"), say("balance sheet last quarter"), say("balance sheet last year")
    return say("annual accounts last year"), say("annual accounts this year")


def export_when() -> str:
    """An export without a period."""
    return say("Which time should I export? Say it like “export March” or “export last quarter”.")


def export_suggestions(said: str) -> tuple[str, ...]:
    """The same with a period."""
    asked = said.rstrip(" .?!")
    return tuple(
        f"{asked} {say(when)}" for when in (sayable("last month"), sayable("this month"), sayable("last quarter"))
    )
