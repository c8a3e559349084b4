"""Money, dates and numbers as people read them, in the locale of the language that is spoken
(`handlers.language.translation`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

from handlers.language.translation import language, locale, say, say_count
from storage.ledger.money import Money, exponent

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


def money(amount: Money) -> str:
    """ "€1,249.50", "US$20.00", "CHF 12.50", "-€3.00"; in German "1.249,50 €".

    It has the decimals of ISO 4217; Babel's own follow custom, which drops the cents of some currencies.
    """
    pattern = _money_pattern(amount.currency, locale())
    return format_currency(amount.decimal, amount.currency, pattern, locale(), currency_digits=False)


def coded(amount: Money) -> str:
    """ "1,249.50 USD": for sentences to say, in which "$" could be several currencies."""
    return f"{plain_amount(amount.decimal)} {amount.currency}"


def round_money(amount: Money) -> str:
    """ "€1,250", "€12,400": for the axes of a chart, where minor units are noise."""
    pattern = _money_pattern(amount.currency, locale(), whole=True)
    return format_currency(amount.decimal, amount.currency, pattern, locale(), currency_digits=False)


def plain_amount(amount: Decimal) -> str:
    """ "1,249.50": an amount whose currency is not known, with the decimals that it has."""
    decimals = max(0, -int(amount.as_tuple().exponent))
    return format_decimal(amount, "#,##0" + "." * bool(decimals) + "0" * decimals, locale())


def percent(change: Decimal) -> str:
    """ "+12%" for 0.12, "-4%", "+0.4%"; in German "+12 %"."""
    number = "#,##0.#" if abs(change) < Decimal("0.1") else "#,##0"
    sign = {"en": "%", "de": f"{NO_BREAK_SPACE}%"}[language()]
    return format_percent(change, f"+{number}{sign};-{number}{sign}", locale())


def rate(per_cent: Decimal) -> str:
    """ "2.25%", in German "2,25 %"."""
    sign = {"en": "%", "de": f"{NO_BREAK_SPACE}%"}[language()]
    return format_decimal(per_cent, "#,##0.###", locale()) + sign


def share(part: float) -> str:
    """ "62%": how sure something is, rounded down, so that only certainty is 100%."""
    return format_percent(
        Decimal(int(part * 100)) / 100, {"en": "0%", "de": f"0{NO_BREAK_SPACE}%"}[language()], locale()
    )


def day(on: date) -> str:
    """ "2 Apr 2025", "2. Apr. 2025"."""
    return format_date(on, {"en": "d MMM y", "de": "d. MMM y"}[language()], locale())


def short_day(on: date) -> str:
    """ "2 Apr", "2. Apr.": where the year goes without saying."""
    return format_date(on, {"en": "d MMM", "de": "d. MMM"}[language()], locale())


def weekday(on: date) -> str:
    """ "Fri 28 Mar 2025", for dates that were said as a weekday."""
    return format_date(on, {"en": "EEE d MMM y", "de": "EEE d. MMM y"}[language()], locale())


def month(on: date) -> str:
    """ "May 2025"."""
    return format_date(on, "MMMM y", locale())


def moment(at: datetime) -> str:
    """ "2 Apr 2025, 14:05", in the zone that `at` is in."""
    return format_datetime(at, {"en": "d MMM y, HH:mm", "de": "d. MMM y, HH:mm"}[language()], locale=locale())


def relative(on: date, today: date) -> str:
    """ "today", "tomorrow", "in 12 days", "3 days overdue" for a due date."""
    days = (on - today).days
    if days == 0:
        return say("today")
    if days == 1:
        return say("tomorrow")
    if days > 0:
        return say_count("in {n} day", "in {n} days", days)
    return say_count("{n} day overdue", "{n} days overdue", -days)


def listed(parts: Sequence[str], last: str = "and") -> str:
    """ "vendor", "vendor and total", "vendor, number and total"; `last` is "and" or "or"."""
    if len(parts) < 2:
        return "".join(parts)
    joined = ", ".join(parts[:-1])
    if last == "or":
        return say("{several} or {one}", several=joined, one=parts[-1])
    return say("{several} and {one}", several=joined, one=parts[-1])


def title(text: str) -> str:
    """The text with its first letter large: "due date" as a label."""
    return text[:1].upper() + text[1:]


@lru_cache
def _money_pattern(currency: str, spoken: str, *, whole: bool = False) -> str:
    symbol = get_currency_symbol(currency, spoken)
    decimals = "" if whole else "0" * exponent(currency)
    number = f"#,##0.{decimals}".rstrip(".")
    if Locale.parse(spoken).currency_formats["standard"].pattern.startswith("¤"):
        gap = "" if unicodedata.category(symbol[-1]) == "Sc" else NO_BREAK_SPACE  # after letters, as in "CHF 12.50"
        return f"¤{gap}{number}"
    return f"{number}{NO_BREAK_SPACE}¤"


def country(code: str) -> str:
    """ "Germany" for DE, in the language spoken; the code where ISO 3166 has no such country."""
    return str(Locale.parse(locale()).territories.get(code, code))


def in_fours(iban: str) -> str:
    """ "DE89 3704 0044 0532 0130 00", as ISO 13616 prints it."""
    plain = "".join(iban.split())
    return " ".join(plain[n : n + 4] for n in range(0, len(plain), 4))
