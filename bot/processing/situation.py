"""What is known when a message comes in: who asks, when, in which language, and about which bill."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial
from typing import Any

from sqlmodel import Session

from bot.processing import conversation_focus
from bot.processing.message_to_request import text_of_message
from config.log_context import learned
from extraction.evidence import Reading
from handlers.context import Asker, Context, OtherCompany
from handlers.documents.read_attachments import FileStore
from handlers.language.translation import Language, known_language, language_of_app
from handlers.last_answer import from_record
from handlers.messages import Message, Reply
from handlers.reminders.schedule import find_time_zone
from handlers.rights import permitted
from handlers.understand.text.language_of_text import language_of
from storage.messages import conversations
from storage.models import Permission, Person, Role
from storage.people import company, people, preferences


@dataclass(frozen=True)
class Office:
    """What is so for everybody: where files lie, the company's time zone and currency (ISO 4217), the time (aware
    UTC), and `elsewhere`, which other companies know an address on a channel."""

    store: FileStore
    zone: tzinfo
    currency: str
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    elsewhere: Callable[[str, str], tuple[OtherCompany, ...]] = lambda channel, address: ()

    def of_company(self, session: Session) -> Office:
        """The same, with the zone and the currency of the session's company where it has its own."""
        own = company.company(session)
        return replace(self, zone=find_time_zone(own.zone) or self.zone, currency=own.currency or self.currency)


@dataclass(frozen=True)
class Situation:
    """What is known when a message comes in: its context, None for a stranger; the language to answer in; an open
    question of ours, as JSON; and whether the files that come with it are read, since the asker may send documents."""

    context: Context | None
    language: Language = "en"
    pending: dict[str, Any] | None = None
    reads: bool = False


def context_of(
    person: Person, zone_chosen: str | None, office: Office, now: datetime, channel: str, conversation: str
) -> Context:
    """Who asks, where and when (aware UTC), in the zone that they chose or the company's; nothing is in focus."""
    assert person.id is not None
    zone = find_time_zone(zone_chosen) or office.zone
    return Context(
        asker=Asker(person.id, person.name, person.role),
        key="",
        channel=channel,
        conversation=conversation,
        now=now,
        today=now.astimezone(zone).date(),
        zone=zone,
        currency=office.currency,
        keep=office.store.keep,
        fetch=office.store.fetch,
    )


def situation_of(session: Session, message: Message, office: Office) -> Situation:
    """The situation in which a message is served."""
    person = people.find_person(session, message.channel, message.sender)
    if person is None and message.notice and message.person is not None:
        person = people.find_by_id(session, message.person)
    if person is None:
        return Situation(None, language_of(message.text) or language_of_app(message.locale) or "en")
    office = office.of_company(session)
    may_set_clock = message.notice or (message.channel == "terminal" and person.role is Role.OWNER)
    now = message.now if message.now and may_set_clock else office.clock()
    focus = conversations.focus(session, message.channel, message.conversation)
    to = conversation_focus.answered(session, message)
    assert person.id is not None
    learned(person=person.id)
    preference = preferences.preference(session, person.id)
    last = conversation_focus.with_what_was_answered(from_record(focus.last), message, to, focus.bill_id)
    context = replace(
        context_of(person, preference.zone, office, now, message.channel, message.conversation),
        key=message.key,
        bill=conversation_focus.bill_in_focus(message, to, focus.bill_id),
        pointed=to is not None and bool(to.bills) and not to.loosely and message.choice is None,
        card=to.sent.key if to and to.sent and message.choice else None,
        card_sent=to.sent.sent_at if to and to.sent and message.choice else None,
        proven=message.proven,
        aligned=message.aligned,
        expired=message.expired,
        scope=conversation_focus.scope(message, to),
        shared=message.shared,
        last=last,
        elsewhere=partial(office.elsewhere, message.channel, message.sender),
    )
    language = known_language(preference.language) or language_of(text_of_message(message)) or last.language
    language = language or language_of_app(message.locale) or "en"
    reads = message.aligned and permitted.may(session, context, Permission.SEND_DOCUMENTS)
    return Situation(context, language, focus.pending, reads)


def with_beforehand(
    situation: Situation, made: Mapping[object, tuple[Reply, ...]], readings: Mapping[str, Reading]
) -> Situation:
    """The situation with what was made (`bot.processing.outside`) and read for it before the transaction."""
    if situation.context is None:
        return situation
    return replace(situation, context=replace(situation.context, made=made, readings=readings))


def with_bill(situation: Situation, bill: int | None) -> Situation:
    """The situation with another bill in focus."""
    assert situation.context is not None
    return replace(situation, context=replace(situation.context, bill=bill))
