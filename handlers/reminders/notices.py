"""What the clock tells people: reminders of bills, the weekly digest, and alarms. Each goes out once."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.reminders import wording
from handlers.reminders.agenda import Agenda
from handlers.reminders.digest import digest_of
from handlers.reminders.due_notices import (
    ALARM,
    APPROVAL,
    DIGEST,
    approval_key,
    digest_slot,
)
from handlers.rights import permitted
from handlers.wording import lists
from storage import audit
from storage.approvals import approvals
from storage.bills import lifecycle
from storage.bills.discounts import discounted_rest
from storage.messages import reminders
from storage.models import Alarm, Bill, Person
from storage.people import people

SNOOZE_DAYS = 3
MOST_BUTTONS = 6


def notice_replies(session: Session, context: Context, kind: str) -> tuple[Reply, ...]:
    """The replies for a notice (`Message.notice`); none when what it was about has passed."""
    person = people.find_by_id(session, context.asker.id)
    assert person is not None, "who asks was just found"
    name, _, target = kind.partition(":")
    if name == ALARM:
        return _ring(session, context, int(target))
    if name == APPROVAL:
        return _ask(session, context, person, lifecycle.find(session, int(target)))
    return _digest(session, context, person) if name == DIGEST else _remind(session, context, person)


def _remind(session: Session, context: Context, person: Person) -> tuple[Reply, ...]:
    """One reply for all bills whose time has come, with what is still open on each."""
    due = [
        reminder
        for reminder in Agenda(session, context.now, context.zone).pending(person)
        if reminders.record_firing(
            session,
            reminder.key,
            person_id=person.id,
            scheduled_for=reminder.stage.at,
            now=context.now,
            message_key=context.key,
        )
    ]
    if not due:
        return ()
    listed = tuple(reminder.bill.id for reminder in due)
    bills = lifecycle.find_each(session, listed)
    text = wording.reminder(bills, context.today)
    one = listed[0] if len(listed) == 1 else None
    return (Reply(text, choices=_buttons(bills, context.today), bill=one, listed=listed),)


def _buttons(due: list[Bill], today: date) -> tuple[Choice, ...]:
    """For one bill what can be done with it; of several, each by its name."""
    if len(due) > 1:
        return tuple(Choice(choice_id("pick", one.id), lists.vendor_and_number(one)) for one in due[:MOST_BUTTONS])
    bill = due[0].id
    lessened = discounted_rest(due[0], today)
    worth = say("Paid {amount} with discount", amount=money(lessened)) if lessened else ""
    return (
        Choice(choice_id("paid", bill), say("Paid"), "primary"),
        *([Choice(choice_id("discounted", bill), worth)] if worth else []),
        Choice(choice_id("snooze", bill, str(SNOOZE_DAYS)), wording.snooze_label(SNOOZE_DAYS)),
        Choice(choice_id("show", bill), say("Show original")),
    )


def _digest(session: Session, context: Context, person: Person) -> tuple[Reply, ...]:
    """The digest, nothing where there is nothing to say."""
    slot = digest_slot(Agenda(session, context.now, context.zone), person)
    if slot is None:
        return ()
    key, at = slot
    reminders.record_firing(
        session, key, person_id=person.id, scheduled_for=at, now=context.now, message_key=context.key
    )
    reply = digest_of(session, context)
    return (reply,) if reply else ()


def _ask(session: Session, context: Context, person: Person, bill: Bill) -> tuple[Reply, ...]:
    """Asks somebody to agree to a bill; not once it is decided."""
    if not approvals.awaits_decision_of(session, bill, person):
        return ()
    key = approval_key(person, bill)
    now, by = context.now, context.key
    if not reminders.record_firing(session, key, person_id=person.id, scheduled_for=now, now=now, message_key=by):
        return ()
    text = say("{name} sent this. May it be paid?", name=people.name_of(session, bill.created_by))
    return (bill_reply(session, context, bill, text),)


def _ring(session: Session, context: Context, alarm_id: int) -> tuple[Reply, ...]:
    """What somebody wanted to be reminded of; if it is a bill, as it stands now."""
    alarm = session.get(Alarm, alarm_id)
    if alarm is None or alarm.rung_at or alarm.cancelled_at:
        return ()
    alarm.rung_at = context.now
    session.flush()
    if alarm.bill_id is None:
        return (Reply(wording.alarm(alarm.text)),)
    bill = lifecycle.find(session, alarm.bill_id)
    if not permitted.visible(session, context, [bill]):  # by now, that is
        return (Reply(wording.alarm(alarm.text)),)
    audit.record(session, "reminded", person_id=None, now=context.now, bill_id=bill.id)
    return (bill_reply(session, context, bill, wording.alarm(alarm.text)),)
