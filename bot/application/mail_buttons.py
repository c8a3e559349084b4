"""Whose the buttons in our mails are, and what they press: what the web chat asks when somebody follows a link."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from bot.channels.channel import Whose, of_the_only
from bot.channels.mail.marks.reply_tokens import LinkedButton, ReplyTokens
from bot.channels.web.mail_buttons import MailButton
from handlers.bills.shown.versions import reply_sent
from storage.db.database import Database
from storage.messages import deliveries
from storage.people import people


class LedgerMailButtons:
    """The web channel's `MailButtons`, over the ledger."""

    def __init__(self, database: Database, tokens: ReplyTokens, whose: Whose = of_the_only) -> None:
        self._database = database
        self._whose = whose
        self._tokens = tokens

    async def find(self, token: str, now: datetime) -> MailButton | None:
        """The button of a link, as it was sent; None where that is no longer kept, or its person is not known."""
        linked = self._tokens.linked(token, now)
        if linked is None:
            return None
        async with self._whose("mail", linked.address):
            return await self._database.read(_find, linked)

    async def is_for(self, button: MailButton, web_address: str) -> bool:
        """Whether the person of this web address is the one to whom the mail went."""
        async with self._whose("web", web_address):
            return await self._database.read(_is_for, button.address, web_address)


def _find(session: Session, linked: LinkedButton) -> MailButton | None:
    person = people.find_person(session, "mail", linked.address)
    sent = deliveries.delivery(session, linked.button.answers)
    reply = reply_sent(session, sent) if sent else None
    choice = next((each for each in reply.choices if each.id == linked.button.choice), None) if reply else None
    if person is None or reply is None or choice is None:
        return None
    return MailButton(
        choice=choice.id,
        label=choice.label,
        reply=reply,
        key=linked.button.answers,
        address=linked.address,
        person_name=person.name,
        expired=linked.expired,
    )


def _is_for(session: Session, address: str, web_address: str) -> bool:
    theirs, asking = people.find_person(session, "mail", address), people.find_person(session, "web", web_address)
    return theirs is not None and asking is not None and theirs.id == asking.id
