"""What Billify asks back when a request is clear but for one part. Each says how to say it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from handlers.formats import day, listed, plain_amount
from handlers.wording import field_name

INVITE_WHOM = "Who should I invite? Give me a name or a mail address, like “invite anna@example.com”."
INVITE_ONE_BY_ONE = "I can invite one person at a time. Who is the first?"
DUE_SUGGESTIONS = ("what's due this week?", "what's due this month?", "what's overdue?")

_EXAMPLES = {
    "total": "total is 1294.50", "subtotal": "subtotal is 1050.00", "tax": "VAT is 199.50", "tip": "tip is 5.00",
    "vendor": "vendor is Acme GmbH", "number": "number is 2024-117", "issue_date": "issued 3 March",
    "due_date": "due 15 May", "currency": "currency is EUR", "iban": "IBAN DE89 3704 0044 0532 0130 00",
    "payment_reference": "reference is RF18 5390 0754 7034",
}  # fmt: skip


def which_currency(sign: str, codes: Sequence[str]) -> str:
    """A sign that several currencies share."""
    return f"“{sign}” could be {listed(codes, 'or')}. Which currency is it?"


def no_amount(said: str, name: str) -> str:
    """No number at all, or more than one thing."""
    return f"I can't read “{_short(said)}” as an amount. Write it in digits, like “{name} 1294.50”."


def negative_amount(name: str) -> str:
    """Amounts are entered as printed, without a sign."""
    return f"Amounts are entered as printed, without a minus. Say it again like “{name} 50.00”."


def too_long_amount(number: str) -> str:
    """More digits than any bill has."""
    return f"“{_short(number)}” has too many digits for an amount. Check it and say it again."


def impossible_amount(number: str, currency: str | None, name: str) -> str:
    """The marks fit no way of writing numbers, or there are more decimals than the currency has."""
    decimals = f" with the decimals that {currency} has" if currency else ""
    return f"“{_short(number)}” isn't an amount{decimals}. Check the commas and dots and say it again, like “{name} …”."


def which_amount(number: str, readings: Sequence[Decimal]) -> str:
    """The same digits mean two numbers, depending on where the decimals begin."""
    whole, fraction = max(readings), min(readings)
    return f"Is “{number}” {plain_amount(whole)} (a whole number) or {fraction} (with three decimals)?"


def no_such_day(said: str) -> str:
    """31 February."""
    return f"There is no such day as “{_short(said)}” in the calendar. Say the date again, like “15 May 2025”."


def unlikely_year(said: str) -> str:
    """A year in which no bill was written."""
    return f"The year in “{_short(said)}” can't be right. Say the date again, like “15 May 2025”."


def terms_without_issue_date(terms: str) -> str:
    """Terms of payment count from a date that the bill does not have."""
    return f"“{terms}” counts from the issue date, which I don't know. Say when it was issued, or the due date itself."


def no_date(said: str, name: str) -> str:
    """The words are no day."""
    return f"I can't read “{_short(said)}” as a day for the {name}. Write it like “15 May 2025” or “in 30 days”."


def no_currency(said: str) -> str:
    """No code, sign or name of a currency."""
    return f"I don't know “{_short(said)}” as a currency. Use its three-letter code, like EUR or USD."


def no_iban(said: str) -> str:
    """The check digits do not fit."""
    return f"“{_short(said)}” isn't a valid IBAN: its length or check digits don't fit. Compare it with the bill."


def no_account(said: str) -> str:
    """Only bank and cash are kept."""
    return f"I don't keep an account called “{_short(said)}”. There are bank and cash."


def which_time(said: str) -> str:
    """Part of a question for due bills is neither a time nor a vendor."""
    return f"I don't know what “{_short(said)}” means here. Say a time, like “this week”, or a vendor, like “to Acme”."


def which_field(said: str) -> str:
    """A value without a field."""
    return f"What is “{_short(said)}”? Say which part of the bill it is, like “total is …” or “due …”."


def which_value(field: str) -> str:
    """A field without a value."""
    return f"What should the {field_name(field)} be? Say it like “{_EXAMPLES[field]}”."


def said_twice(field: str) -> str:
    """Two values for one field in one message."""
    return f"You gave two different values for the {field_name(field)}. Which one is right?"


def paid_in_future(on: date) -> str:
    """A payment cannot be booked before it happened."""
    return f"{day(on)} is still to come. Tell me once it is paid, or give the day on which it was."


def not_changed(question: str) -> str:
    """A question about one of several corrections, none of which was applied."""
    return f"{question} I have changed nothing yet."


def _short(said: str) -> str:
    return said if len(said) <= 40 else said[:39].rstrip() + "…"
