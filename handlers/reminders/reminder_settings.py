"""How somebody wants to be told things: when, where, in which language, and what they want to be reminded of."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process
from sqlmodel import Session

from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.reminders import wording
from handlers.reminders.digest import digest_of
from handlers.reminders.due_notices import schedule_for
from handlers.reminders.schedule import ReminderSchedule, find_time_zone, notice_time
from handlers.requests import (
    Digest,
    Remind,
    Reminders,
    SendNoticesHere,
    SetLanguage,
    SetQuietHours,
    SetReminderDays,
    SetTimeZone,
    SnoozeBill,
    SnoozeFor,
)
from handlers.wording import lists
from storage import audit
from storage.messages import reminders
from storage.messages.reminders import Place
from storage.models import Alarm
from storage.people import preferences
from storage.people.access.tokens import CHANNEL

ALIKE = 85
"""Per cent of likeness from which a city's name is taken for that of a time zone."""


def remind(session: Session, context: Context, request: Remind) -> tuple[Reply, ...]:
    """Sets an alarm, on the chat where it was asked for; where others read that, on the person's direct one.

    Raises: NotPossible for a time that has passed.
    """
    bill = find_bill(session, context, request.bill_hint) if request.bill_hint or not request.text else None
    rhythm = _rhythm(session, context)
    if request.hour is None:
        at = notice_time(request.on, rhythm)
    else:
        at = datetime.combine(request.on, time(request.hour), context.zone)
    if at <= context.now:
        raise NotPossible(wording.alarm_past(at.astimezone(context.zone)))
    text = request.text or (lists.vendor_and_number(bill) if bill else "")
    place = _place(session, context)
    alarm = reminders.set_alarm(
        session,
        Alarm(
            key=context.key,
            person_id=context.asker.id,
            bill_id=bill.id if bill else None,
            text=text,
            at=at,
            channel=place.channel if place else context.channel,
            conversation=place.conversation if place else context.conversation,
        ),
    )
    _note(session, context, "set alarm", {"alarm": alarm.id})
    return (Reply(wording.alarm_set(text, at.astimezone(context.zone)), bill=bill.id if bill else None),)


def _place(session: Session, context: Context) -> Place | None:
    """Where it is said, if not where it was asked for: programs are told nothing. Raises: NotPossible where nobody can
    be told."""
    if context.channel != CHANNEL:
        return reminders.direct_place(session, context.asker.id, context.channel) if context.shared else None
    if (place := reminders.place_of(session, context.asker.id)) is None:
        raise NotPossible(say("You can be reminded nowhere yet. Write to me once in a chat, or by mail."))
    return place


def snooze(session: Session, context: Context, request: SnoozeBill) -> tuple[Reply, ...]:
    """Leaves somebody alone about a bill, for a while or for good."""
    bill = find_bill(session, context, request.bill_hint)
    until = notice_time(request.until, _rhythm(session, context)) if request.until else None
    before = reminders.snoozes(session, context.asker.id).get(bill.id)
    known = {"until": before.until.isoformat() if before.until else None} if before else None
    reminders.snooze(session, context.asker.id, bill.id, until)
    _note(session, context, "snoozed", {"bill": bill.id, "before": known})
    return (Reply(wording.snoozed(bill, request.until), bill=bill.id),)


def snooze_for(session: Session, context: Context, request: SnoozeFor) -> tuple[Reply, ...]:
    """The same, for so many days."""
    return snooze(session, context, SnoozeBill(context.today + timedelta(days=request.days)))


def reminder_settings(session: Session, context: Context, request: Reminders) -> tuple[Reply, ...]:
    """Turns reminders on or off, or shows what is set."""
    if request.on is not None:
        preferences.change(session, context.asker.id, context.now, muted=not request.on)
    if request.on is False:
        return (Reply(wording.muted()),)
    return (Reply(_overview(session, context)),)


def remind_before(session: Session, context: Context, request: SetReminderDays) -> tuple[Reply, ...]:
    """Other days."""
    columns = {
        name: list(days)
        for name, days in (("remind_before", request.before), ("remind_after", request.after))
        if days is not None
    }
    preferences.change(session, context.asker.id, context.now, muted=False, **columns)
    return (Reply(wording.remind_days(_rhythm(session, context))),)


def digest(session: Session, context: Context, request: Digest) -> tuple[Reply, ...]:
    """The digest now, at another time, or never."""
    if request.now:
        return (digest_of(session, context) or Reply(say("Nothing is open and nothing waits.")),)
    columns = {"digest": request.on, "digest_weekday": request.weekday, "digest_hour": request.hour}
    preferences.change(
        session, context.asker.id, context.now, **{name: value for name, value in columns.items() if value is not None}
    )
    if not request.on:
        return (Reply(say("You won't get the digest any more. “digest on Mondays at 9” turns it on.")),)
    rhythm = _rhythm(session, context)
    preferences.change(session, context.asker.id, context.now, digest_weekday=rhythm.weekday, digest_hour=rhythm.hour)
    return (Reply(wording.digest_set(rhythm)),)


def set_quiet_hours(session: Session, context: Context, request: SetQuietHours) -> tuple[Reply, ...]:
    """Other quiet hours."""
    preferences.change(session, context.asker.id, context.now, quiet_from=request.start, quiet_until=request.end)
    hours = {"start": request.start, "end": request.end}
    return (Reply(say("Nothing will come by itself between {start}:00 and {end}:00.", **hours)),)


def set_language(session: Session, context: Context, request: SetLanguage) -> tuple[Reply, ...]:
    """Another language, from the next message on for what is said, and from now on for what is not asked for."""
    preferences.change(session, context.asker.id, context.now, language=request.language or None)
    answers = {"en": "I'll speak English.", "de": "Ich spreche jetzt Deutsch.", "": say("I'll answer as you write.")}
    return (Reply(answers[request.language]),)


def set_time_zone(session: Session, context: Context, request: SetTimeZone) -> tuple[Reply, ...]:
    """Another time zone. Raises: NotPossible for one that is not known."""
    name = _zone_named(request.name)
    if name is None:
        raise NotPossible(
            say("I don't know the time zone “{name}”. Say a large city in it, such as Berlin.", name=request.name)
        )
    preferences.change(session, context.asker.id, context.now, zone=name)
    return (Reply(say("Your time zone is {zone}.", zone=name)),)


def send_notices_here(session: Session, context: Context, request: SendNoticesHere) -> tuple[Reply, ...]:
    """What nobody asked for comes to this chat. Raises: NotPossible where others read it."""
    if context.shared:
        raise NotPossible(
            say("Others read this, so reminders and digests stay in your direct chat. Say it there to choose that one.")
        )
    preferences.change(
        session, context.asker.id, context.now, channel=context.channel, conversation=context.conversation
    )
    return (Reply(say("Reminders and digests come here from now on.")),)


def _overview(session: Session, context: Context) -> str:
    place = reminders.place_of(session, context.asker.id)
    return wording.overview(
        _rhythm(session, context),
        preferences.preference(session, context.asker.id),
        reminders.alarms(session, person_id=context.asker.id),
        place.channel if place else context.channel,
    )


def _note(session: Session, context: Context, action: str, details: dict[str, Any]) -> None:
    """Notes what was done, so that it can be taken back (see storage.undo.settings_actions)."""
    audit.record(session, action, person_id=context.asker.id, now=context.now, details=details)


def _rhythm(session: Session, context: Context) -> ReminderSchedule:
    return schedule_for(session, context.asker.id, context.zone)


def _zone_named(said: str) -> str | None:
    """The IANA name of a zone or of a city in its name ("New York" → America/New_York)."""
    if find_time_zone(said) and "/" in said:
        return said
    cities = {
        name: name.rpartition("/")[2].replace("_", " ").casefold()
        for name in sorted(available_timezones())
        if "/" in name
    }
    best = process.extractOne(said.strip().casefold(), cities, scorer=fuzz.ratio, score_cutoff=ALIKE)
    return str(best[2]) if best else None
