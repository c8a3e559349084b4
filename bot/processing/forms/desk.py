"""The desk behind a platform's forms and pages, over the ledger. It answers at once and changes nothing."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session, col, select

from bot.channels.slack.desk import Field, Filled, Form, Page
from bot.processing.companies import Companies
from bot.processing.forms import bill_forms
from bot.processing.forms.trial import faults_of, tried
from bot.processing.serving import check_rights
from bot.processing.situation import Office, context_of
from handlers import requests as asked
from handlers.answers.due_bills import due
from handlers.answers.open_tasks import waiting
from handlers.button_ids import PressedButton, parse_choice, pick_choices, suggestion_choices
from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.language.formats import title
from handlers.language.translation import Language, known_language, say, speaking
from handlers.last_answer import from_record
from handlers.messages import Reply
from handlers.reminders.reminder_settings import reminder_settings
from handlers.wording import bill_texts, greetings
from handlers.wording.cards import bill_label
from storage.bills import lifecycle
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.messages import conversations, reminders
from storage.models import Bill, BillState, Delivery
from storage.people import people, preferences

FORMS = {"edit": asked.Amend(()), "void": asked.NotAnInvoice(), "refuse": asked.Refuse()}
"""Buttons that ask for something first, and what for."""
MOST_OPENED = 5
"""Bills of a list that a page has a button for."""


class LedgerDesk:
    """Implements `Desk` of one channel."""

    def __init__(
        self,
        channel: str,
        database: Database,
        office: Office,
        companies: Companies | None = None,
    ) -> None:
        self._channel = channel
        self._database = database
        self._office = office
        self._companies = companies or Companies(database)

    async def form(self, address: str, choice: str) -> Form | None:
        """See `Desk`."""
        async with self._companies.of(self._channel, address):
            return await self._database.read(self._form, address, choice)

    async def faults(self, address: str, choice: str, filled: Filled) -> dict[str, str]:
        """See `Desk`."""
        async with self._companies.of(self._channel, address):
            return await tried(self._database, lambda session: self._try(session, address, choice, filled))

    async def page(self, address: str, conversation: str) -> Page:
        """See `Desk`."""
        async with self._companies.of(self._channel, address, conversation):
            return await self._database.read(self._page, address, conversation)

    async def takes_part(self, conversation: str) -> bool:
        """See `Desk`."""
        for company in await self._companies.each():
            with acting_for(company):
                if await self._database.read(_is_in, self._channel, conversation):
                    return True
        return False

    def _form(self, session: Session, address: str, choice: str) -> Form | None:
        pressed, context = parse_choice(choice), self._context(session, address)
        if context is None or pressed is None or pressed.action not in FORMS or pressed.target is None:
            return None
        bill = session.get(Bill, pressed.target)
        if (
            bill is None
            or bill.state is BillState.VOID
            or not _may_open(session, replace(context, bill=bill.id), pressed)
        ):
            return None
        language = _language(session, context)
        with speaking(language):
            return _reason(pressed, bill, language) if pressed.action != "edit" else _correction(bill, language)

    def _try(self, session: Session, address: str, choice: str, filled: Filled) -> dict[str, str]:
        """What would be wrong, found out by doing it; whoever calls takes it back."""
        pressed, context = parse_choice(choice), self._context(session, address)
        if context is None or pressed is None:
            return {}
        with speaking(_language(session, context)):
            return faults_of(session, replace(context, bill=pressed.target, key=f"trial/{choice}"), pressed, filled)

    def _page(self, session: Session, address: str, conversation: str) -> Page:
        context = self._context(session, address, conversation)
        if context is None:
            return Page(((say("Billify"), Reply(greetings.unknown_sender())),), "en")
        language = _language(session, context)
        with speaking(language):
            (waits,) = waiting(session, context, asked.Waiting())
            (to_pay,) = due(session, context, asked.Due())
            (settings,) = reminder_settings(session, context, asked.Reminders())
            ways = suggestion_choices((say("answer in English"), say("answer in German"), say("reminders off")))
            parts = (
                (say("Waits for you"), _opened(session, waits)),
                (say("Due"), _opened(session, to_pay)),
                (say("How you like it"), replace(settings, choices=ways)),
            )
        return Page(parts, language)

    def _context(self, session: Session, address: str, conversation: str = "") -> Context | None:
        """Who asks, here and now; None for whom we do not know."""
        person = people.find_person(session, self._channel, address)
        if person is None:
            return None
        zone = preferences.preference(session, person.id).zone
        return context_of(
            person, zone, self._office.of_company(session), self._office.clock(), self._channel, conversation or address
        )


def _may_open(session: Session, context: Context, pressed: PressedButton) -> bool:
    """Whether the person may do what the form is for; who may not is told so once the button is served."""
    try:
        check_rights(session, context, FORMS[pressed.action])
    except NotAllowed:
        return False
    return True


def _language(session: Session, context: Context) -> Language:
    """As the person chose, else as they wrote to us last."""
    if chosen := known_language(preferences.preference(session, context.asker.id).language):
        return chosen
    place = reminders.direct_place(session, context.asker.id, context.channel)
    last = conversations.focus(session, place.channel, place.conversation).last if place else None
    return from_record(last).language or "en"


def _correction(bill: Bill, language: Language) -> Form:
    fields = tuple(
        Field(
            name,
            title(bill_texts.field_name(name)),
            bill_forms.value_in_form(bill, name),
            "date" if name.endswith("_date") else "text",
        )
        for name in bill_forms.IN_FORM
    )
    return Form(say("Correct the bill"), say("Save"), fields, language)


def _reason(pressed: PressedButton, bill: Bill, language: Language) -> Form:
    """Why a bill is refused is for whoever sent it; why it is none, only for whoever looks at it later."""
    refused = pressed.action == "refuse"
    field = Field(bill_forms.REASON, say("Reason"), kind="long", optional=not refused)
    label = say("Refuse") if refused else say("Not an invoice")
    return Form(label, label, (field,), language)


def _opened(session: Session, reply: Reply) -> Reply:
    """With a button for the first of the bills that it lists."""
    bills = [lifecycle.find(session, bill_id) for bill_id in reply.listed[:MOST_OPENED]]
    return replace(reply, choices=pick_choices(tuple((bill.id, bill_label(bill)) for bill in bills)))


def _is_in(session: Session, channel: str, conversation: str) -> bool:
    query = select(Delivery.key).where(Delivery.channel == channel, Delivery.conversation == conversation)
    return session.exec(query.where(col(Delivery.final).is_(True))).first() is not None
