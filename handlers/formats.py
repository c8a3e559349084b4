"""Money, dates and numbers as people read them. One locale: British English, whose "US$" and "2 Apr 2025" are plain."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_symbol

from storage.money import Money, exponent

LOCALE = "en_GB"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def money(amount: Money) -> str:
    """ "€1,249.50", "US$20.00", "CHF 12.50", "-€3.00".

    It has the decimals of ISO 4217; Babel's own follow custom, which drops the cents of some currencies.
    """
    symbol = get_currency_symbol(amount.currency, LOCALE)
    gap = "" if unicodedata.category(symbol[-1]) == "Sc" else NO_BREAK_SPACE  # after letters, as in "CHF 12.50"
    decimals = "0" * exponent(amount.currency)
    pattern = f"¤{gap}#,##0.{decimals}".rstrip(".")
    return format_currency(amount.decimal, amount.currency, pattern, LOCALE, currency_digits=False)


def plain_amount(amount: Decimal) -> str:
    """ "1,249.50": an amount whose currency is not known."""
    return f"{amount:,}"


def day(on: date) -> str:
    """ "2 Apr 2025"."""
    return format_date(on, "d MMM y", LOCALE)


def weekday(on: date) -> str:
    """ "Fri 28 Mar 2025", for dates that were said as a weekday."""
    return format_date(on, "EEE d MMM y", LOCALE)


def month(on: date) -> str:
    """ "May 2025"."""
    return format_date(on, "MMMM y", LOCALE)


def relative(on: date, today: date) -> str:
    """ "today", "tomorrow", "in 12 days", "3 days overdue" for a due date."""
    days = (on - today).days
    if days in (0, 1):
        return ("today", "tomorrow")[days]
    return f"in {days} days" if days > 0 else f"{count(-days, 'day')} overdue"


def count(number: int, noun: str) -> str:
    """ "1 bill", "3 bills"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(parts: Sequence[str], last: str = "and") -> str:
    """ "vendor", "vendor and total", "vendor, number and total"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"
