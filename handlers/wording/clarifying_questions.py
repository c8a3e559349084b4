"""What Billify asks back when a request is clear but for one part. Each says how to say it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from handlers.language.formats import day, listed, plain_amount
from handlers.language.translation import say, say_count, sayable
from handlers.wording.bill_texts import field_name

DUE_SUGGESTIONS = (sayable("what's due this week?"), sayable("what's due this month?"), sayable("what's overdue?"))

_EXAMPLES = {
    "total": sayable("total is 1294.50"),
    "subtotal": sayable("subtotal is 1050.00"),
    "tax": sayable("VAT is 199.50"),
    "tip": sayable("tip is 5.00"),
    "vendor": sayable("vendor is Acme GmbH"),
    "number": sayable("number is 2024-117"),
    "issue_date": sayable("issued 3 March"),
    "due_date": sayable("due 15 May"),
    "currency": sayable("currency is EUR"),
    "iban": sayable("IBAN DE89 3704 0044 0532 0130 00"),
    "payment_reference": sayable("reference is RF18 5390 0754 7034"),
}


def invite_whom() -> str:
    """An invitation for nobody."""
    return say("Who should I invite? Give me a name or a mail address, like “invite anna@example.com”.")


def invite_one_by_one() -> str:
    """An invitation for several."""
    return say("I can invite one person at a time. Who is the first?")


def which_currency(sign: str, codes: Sequence[str]) -> str:
    """A sign that several currencies share."""
    return say("“{sign}” could be {codes}. Which currency is it?", sign=sign, codes=listed(codes, "or"))


def no_amount(said: str, name: str) -> str:
    """No number at all, or more than one thing."""
    return say(
        "I can't read “{said}” as an amount. Write it in digits, like “{name} 1294.50”.", said=_short(said), name=name
    )


def negative_amount(name: str) -> str:
    """Amounts are entered as printed, without a sign."""
    return say("Amounts are entered as printed, without a minus. Say it again like “{name} 50.00”.", name=name)


def too_long_amount(number: str) -> str:
    """More digits than any bill has."""
    return say("“{number}” has too many digits for an amount. Check it and say it again.", number=_short(number))


def impossible_amount(number: str, currency: str | None, name: str) -> str:
    """The marks fit no way of writing numbers, or there are more decimals than the currency has."""
    if currency:
        return say(
            "“{number}” isn't an amount with the decimals that {currency} has. "
            "Check the commas and dots and say it again, like “{name} …”.",
            number=_short(number),
            currency=currency,
            name=name,
        )
    return say(
        "“{number}” isn't an amount. Check the commas and dots and say it again, like “{name} …”.",
        number=_short(number),
        name=name,
    )


def which_amount(number: str, readings: Sequence[Decimal]) -> str:
    """The same digits mean two numbers, depending on where the decimals begin."""
    return say(
        "Is “{number}” {whole} (a whole number) or {fraction} (with three decimals)?",
        number=number,
        whole=plain_amount(max(readings)),
        fraction=plain_amount(min(readings)),
    )


def no_such_day(said: str) -> str:
    """31 February."""
    return say(
        "There is no such day as “{said}” in the calendar. Say the date again, like “15 May 2025”.", said=_short(said)
    )


def unlikely_year(said: str) -> str:
    """A year in which no bill was written."""
    return say("The year in “{said}” can't be right. Say the date again, like “15 May 2025”.", said=_short(said))


def terms_without_issue_date(terms: str) -> str:
    """Terms of payment count from a date that the bill does not have."""
    return say(
        "“{terms}” counts from the issue date, which I don't know. Say when it was issued, or the due date itself.",
        terms=terms,
    )


def no_date(said: str, name: str) -> str:
    """The words are no day."""
    return say(
        "I can't read “{said}” as a day for the {name}. Write it like “15 May 2025” or “in 30 days”.",
        said=_short(said),
        name=name,
    )


def no_currency(said: str) -> str:
    """No code, sign or name of a currency."""
    return say("I don't know “{said}” as a currency. Use its three-letter code, like EUR or USD.", said=_short(said))


def no_iban(said: str) -> str:
    """The check digits do not fit."""
    return say(
        "“{said}” isn't a valid IBAN: its length or check digits don't fit. Compare it with the bill.",
        said=_short(said),
    )


def no_account(said: str) -> str:
    """Only bank and cash are kept."""
    return say("I don't keep an account called “{said}”. There are bank and cash.", said=_short(said))


def which_time(said: str) -> str:
    """Part of a question for due bills is neither a time nor a vendor."""
    return say(
        "I don't know what “{said}” means here. Say a time, like “this week”, or a vendor, like “to Acme”.",
        said=_short(said),
    )


def which_field(said: str) -> str:
    """A value without a field."""
    return say("What is “{said}”? Say which part of the bill it is, like “total is …” or “due …”.", said=_short(said))


def which_value(field: str) -> str:
    """A field without a value."""
    return say(
        "What should the {field} be? Say it like “{example}”.", field=field_name(field), example=say(_EXAMPLES[field])
    )


def said_twice(field: str) -> str:
    """Two values for one field in one message."""
    return say("You gave two different values for the {field}. Which one is right?", field=field_name(field))


def paid_in_future(on: date) -> str:
    """A payment cannot be booked before it happened."""
    return say("{day} is still to come. Tell me once it is paid, or give the day on which it was.", day=day(on))


def not_changed(question: str) -> str:
    """A question about one of several corrections, none of which was applied."""
    return say("{question} I have changed nothing yet.", question=question)


def which_name(said: str, found: Sequence[str]) -> str:
    """A name that several are called by."""
    return say("“{said}” could be {names}. Which do you mean?", said=_short(said), names=listed(found, "or"))


def nobody_called(said: str, near: Sequence[str] = ()) -> str:
    """A name that nobody in the books has; `near` are some that are like it."""
    if near:
        return say("I know nobody called “{said}”. Do you mean {names}?", said=_short(said), names=listed(near, "or"))
    return say("I know nobody called “{said}”.", said=_short(said))


def remind_when() -> str:
    """A reminder without a day."""
    return say("When should I remind you? Say a day, like “on Friday” or “in two weeks”.")


def remind_suggestions(said: str) -> tuple[str, ...]:
    """The same with a day."""
    asked = said.rstrip(" .?!")
    return tuple(
        f"{asked} {say(when)}" for when in (sayable("tomorrow"), sayable("on Monday"), sayable("in two weeks"))
    )


def remind_in_past(on: date) -> str:
    """A reminder for a day that is over."""
    return say("{day} is over. Say a day that is still to come.", day=day(on))


def snooze_until() -> str:
    """A reminder is put off, but not until when."""
    return say("Until when? Say it like “snooze until Monday”.")


def snooze_suggestions() -> tuple[str, ...]:
    """Usual times to put a reminder off to."""
    return say("snooze until tomorrow"), say("snooze for a week"), say("snooze for a month")


def which_bills() -> str:
    """All at once, which nobody listed."""
    return say("Which bills do you mean? I do that one bill at a time; ask me what is waiting, and name them.")


def which_hour(said: str) -> str:
    """Not on the hour, or no time at all."""
    return say("I keep full hours only. “{said}” is none; say it like “at 9” or “at 14:00”.", said=_short(said))


def prepaid_how_much(vendor: str) -> str:
    """A prepayment without an amount."""
    return say("How much did you pay {party} in advance? Say it like “prepaid {party} 500”.", party=_short(vendor))


def pay_how(vendor: str) -> str:
    """Billify moves no money itself."""
    return say(
        "I move no money myself. Has {party} been paid already, or shall I prepare the payment?", party=_short(vendor)
    )


def pay_suggestions(vendor: str) -> tuple[str, ...]:
    """What paying a vendor can mean."""
    return (
        say("paid {party}", party=vendor),
        say("payment file for {party}", party=vendor),
        say("QR code for {party}", party=vendor),
    )


def no_such_place(count: int) -> str:
    """A place beyond the end of the last list."""
    return say_count(
        "The last list has {n} bill. Which one do you mean?",
        "The last list has {n} bills. Which one do you mean?",
        count,
    )


def which_kind(said: str, one: str, other: str) -> str:
    """The same words could be two things: "5.6" a day or an amount."""
    names = {
        "day": say("a day"),
        "amount": say("an amount"),
        "bill": say("the number of a bill"),
        "number": say("a number"),
    }
    return say(
        "“{said}” could be {one} or {other}. Which is it?",
        said=_short(said),
        one=names.get(one, one),
        other=names.get(other, other),
    )


def not_accounted(said: str) -> str:
    """A word of a message that nobody understood; the rest of it was."""
    return say("I don't know what “{said}” means here. Say it in another way, or leave it out.", said=_short(said))


def model_asks(question: str) -> str:
    """A question that a language model asks back."""
    return say("I have done nothing yet. One question first: {question}", question=question)


def model_unsure() -> str:
    """What a language model understood is not what the words say."""
    return say(
        "I'm not sure what you mean, and have done nothing. "
        "Please say it in other words, with the names, amounts and days that belong to it."
    )


def _short(said: str) -> str:
    return said if len(said) <= 40 else said[:39].rstrip() + "…"


def customer_paid(name: str) -> str:
    """We are said to have paid somebody who owes us."""
    return say("{name} is a customer. Did they pay us, or do you mean somebody else? I have booked nothing.", name=name)


def which_side() -> str:
    """Money that may go out, or come in."""
    return say("Do you mean what we pay, or what others pay us?")
