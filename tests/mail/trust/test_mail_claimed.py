"""A mail in somebody's name that nothing vouches for: its person is asked, elsewhere at once, by mail once a day."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.channels.mail.authentication import Client
from handlers.mailbox.notices import CLAIMED, QUARANTINE, due_mail_notices
from storage.models import MailOutcome
from storage.people import people
from tests.fakes.platforms.mail_channel import BEGAN

NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


async def told_of(office, mail):
    channel = office.mail()
    stamped = await channel._reception.authenticator.stamp(
        mail.as_bytes(), Client("198.51.100.9", "x", "x@evil.example")
    )
    assert await channel._gate.receive(office.accepting, "SMTP", stamped) is MailOutcome.QUARANTINED
    with office.database.transaction() as session:
        return [(notice.kind, notice.name) for notice in due_mail_notices(session, NOON, UTC)]


async def test_who_has_another_channel_is_asked_there(office, write):
    with office.database.transaction() as session:
        people.link_address(session, office.anna, "telegram", "77", by=office.anna, now=BEGAN)
    assert await told_of(office, write("confirm")) == [(CLAIMED, "Anna Gruber")]
    assert not office.accepting.calls


async def test_who_has_but_mail_is_told_there_once_a_day(office, write):
    """A page behind the button's link, entered by a link that is sent there, then shows that it was they."""
    with office.database.transaction() as session:
        code = people.invite(session, "Ben", invited_by=office.anna, now=BEGAN)
        people.redeem(session, code, "mail", "ben@example.com", BEGAN)
    assert await told_of(office, write("confirm", From="ben@example.com")) == [(QUARANTINE, "Ben")]
