"""How reminders are worded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import get_day_names

from handlers.language.formats import day, moment, money, relative, weekday
from handlers.language.translation import locale, say, say_count
from handlers.reminders.schedule import ReminderSchedule
from handlers.wording import lists
from storage.bills import outstanding
from storage.models import Alarm, Bill, Preference, Side

MOST_LINES = 10


def reminder(bills: Sequence[Bill], today: date) -> str:
    """The bills whose time has come, with what is still open on each."""
    if len(bills) == 1:
        return _single(bills[0], today)
    sums = " + ".join(money(total) for total in outstanding.totals(bill for bill in bills if bill.side is Side.PAYABLE))
    head = say_count("A reminder of {n} bill", "A reminder of {n} bills", len(bills))
    return "\n".join(
        [
            f"⏰ {head}{f', {sums}' if sums else ''}:",
            lists.bill_list(bills, lambda bill: lists.due_line(bill, today), MOST_LINES).text,
        ]
    )


def _single(bill: Bill, today: date) -> str:
    assert bill.due_date is not None, "bills without a due date have no stages"
    name, open_ = lists.vendor_and_number(bill), money(outstanding.open_amount(bill))
    days = (bill.due_date - today).days
    when = day(bill.due_date)
    if bill.side is Side.RECEIVABLE:
        late = say_count("{n} day", "{n} days", -days)
        return "⏰ " + say(
            "{name} has not paid {amount}, due {day}: {late} late.", name=name, amount=open_, day=when, late=late
        )
    if days < 0:
        late = say_count("{n} day", "{n} days", -days)
        return "⏰ " + say(
            "{name} is overdue by {late}: {amount} was due {day}.", name=name, late=late, amount=open_, day=when
        )
    if days == 0:
        return "⏰ " + say("{name} is due today: {amount}.", name=name, amount=open_)
    soon = relative(bill.due_date, today)
    told = say(
        "{name} is due {soon}, on {day}: {amount}.", name=name, soon=soon, day=weekday(bill.due_date), amount=open_
    )
    lessened = lists.discount_words(bill, today)
    return f"⏰ {told} {lessened}." if lessened else f"⏰ {told}"


def snooze_label(days: int) -> str:
    """On the button that puts a reminder off."""
    return say_count("Snooze {n} day", "Snooze {n} days", days)


def snoozed(bill: Bill, until: date | None) -> str:
    """The bill is left alone."""
    if until is None:
        return say("I won't remind you of {name} any more. It stays open.", name=lists.vendor_and_number(bill))
    return say("I'll remind you of {name} again on {day}.", name=lists.vendor_and_number(bill), day=weekday(until))


def alarm(text: str) -> str:
    """An alarm rings."""
    return f"⏰ {text}" if text else "⏰ " + say("You wanted to be reminded.")


def alarm_set(text: str, at: datetime) -> str:
    """An alarm is set."""
    if text:
        return say("I'll remind you on {moment}: {text}", moment=moment(at), text=text)
    return say("I'll remind you on {moment}.", moment=moment(at))


def alarm_past(at: datetime) -> str:
    """The time asked for has passed."""
    return say("{moment} has passed. Say another day, such as “remind me on Friday”.", moment=moment(at))


def muted() -> str:
    """No more reminders."""
    return say("I won't remind you of bills any more, only of what you ask me to. “remind me again” turns it on.")


def overview(rhythm: ReminderSchedule, chosen: Preference, standing: Sequence[Alarm], place: str) -> str:
    """What is set, and how it is changed."""
    zone = rhythm.zone
    before = ", ".join(map(str, sorted(rhythm.before, reverse=True))) or "–"
    after = ", ".join(map(str, sorted(rhythm.after))) or "–"
    told = [
        say("Reminders are off. “remind me again” turns them on.")
        if chosen.muted
        else say(
            "I remind you {before} days before a bill is due, on the day, and {after} days after, then weekly.",
            before=before,
            after=after,
        ),
        say(
            "It comes at {hour}:00 ({zone}), on working days, here: {place}.", hour=rhythm.hour, zone=zone, place=place
        ),
        say("Your digest comes on {weekday}.", weekday=weekday_name(rhythm.weekday))
        if chosen.digest
        else say("You get no digest. “digest on Mondays at 9” turns it on."),
        say("Nothing comes between {start}:00 and {end}:00.", start=rhythm.quiet_from, end=rhythm.quiet_until),
    ]
    told += [f"• {moment(alarm.at.astimezone(zone))}: {alarm.text}" for alarm in standing]
    return "\n".join(told)


def weekday_name(number: int) -> str:
    """ "Monday" for 0."""
    return str(get_day_names("wide", locale=locale())[number])


def remind_days(rhythm: ReminderSchedule) -> str:
    """The days of reminders were changed."""
    before = ", ".join(map(str, sorted(rhythm.before, reverse=True))) or "–"
    after = ", ".join(map(str, sorted(rhythm.after))) or "–"
    return say(
        "I'll remind you {before} days before a bill is due, on the day, and {after} days after.",
        before=before,
        after=after,
    )


def digest_set(rhythm: ReminderSchedule) -> str:
    """The digest's time was changed."""
    weekday_ = weekday_name(rhythm.weekday)
    return say("Your digest comes on {weekday} at {hour}:00.", weekday=weekday_, hour=rhythm.hour)
