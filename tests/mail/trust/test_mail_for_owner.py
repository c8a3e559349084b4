"""Mail for whoever keeps the mailbox: the postmaster's, what services ask that forward; and folders of any name."""

from __future__ import annotations

import asyncio
import imaplib
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from imapclient.imap_utf7 import encode

from bot.channels.mail.authentication import Client
from bot.channels.mail.intake.mailbox import MailboxOptions
from handlers.mailbox.owner_notes import due_owner_notes
from storage.mail import owner_notes
from storage.models import MailOutcome
from tests.fakes.platforms.mail_channel import vouched

EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
GMAIL = (
    "anna@gmail.com has requested to automatically forward mail to your email address billify@example.com.\n"
    "Confirmation code: 123456789\n\nTo allow it, please click the link below:\n\n"
    "https://mail-settings.google.com/mail/vf-%5BANGjdJ8%5D-xyz\n"
)
MICROSOFT = "Please use the following security code: 4711\nhttps://account.live.com/verify"


def notes(office):
    with office.database.transaction() as session:
        return [(note.kind, dict(note.values)) for note in owner_notes.since(session, EPOCH)]


async def received(office, mail, ip="203.0.113.7"):
    channel = office.mail()
    stamped = await channel._reception.authenticator.stamp(mail.as_bytes(), Client(ip, relay=True))
    return await channel._gate.receive(office.accepting, "LMTP", stamped)


@pytest.mark.parametrize(
    ("sender", "subject", "text", "holds"),
    [
        ("forwarding-noreply@google.com", "(#123456789) Gmail Forwarding Confirmation", GMAIL, "vf-%5BANGjdJ8%5D-xyz"),
        ("forwarding-noreply@google.com", "(#1) Bestätigung der Gmail-Weiterleitung", GMAIL, "123456789"),
        ("account-security-noreply@accountprotection.microsoft.com", "Your security code", MICROSOFT, "4711"),
    ],
)
async def test_what_a_service_asks_before_it_forwards_reaches_the_owner(office, write, sender, subject, text, holds):
    mail = write(text, From=f"Team <{sender}>", Subject=subject, Authentication_Results=vouched(sender))
    assert await received(office, mail) is MailOutcome.TAKEN_IN
    assert await received(office, mail) is MailOutcome.TAKEN_IN  # the same again is told once
    ((kind, values),) = notes(office)
    assert kind == "forwarding" and holds in values["text"] and values["sender"] == sender
    with office.database.transaction() as session:
        (notice,) = due_owner_notes(session, datetime.now(UTC))
    assert notice.name == "Anna Gruber"
    assert not office.accepting.calls


async def test_a_forged_confirmation_reaches_nobody(office, write):
    mail = write(
        GMAIL, From="forwarding-noreply@google.com", Subject="Gmail Forwarding", Authentication_Results="x; none"
    )
    assert await received(office, mail) is MailOutcome.QUARANTINED
    assert notes(office) == []


async def test_mail_to_the_postmaster_reaches_the_owner(office, write):
    mail = write("Your server bounces.", From="abuse@isp.example", To="Postmaster@example.com", Subject="complaint")
    assert await received(office, mail) is MailOutcome.TAKEN_IN
    ((kind, values),) = notes(office)
    assert (kind, values["to"]) == ("postmaster", "postmaster@example.com")
    assert "Your server bounces." in values["text"]


async def watched(office, mail, then):
    listening = asyncio.create_task(mail.listen(office.accepting))
    try:
        return await then()
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


@pytest.mark.parametrize("folder", ["Büro & Rechnungen", "発票", "INBOX.Entwürfe"])
async def test_a_folder_may_have_any_name(office, dovecot, write, folder):
    """On the wire in modified UTF-7 (RFC 3501, 5.1.3)."""
    encoded = f'"{encode(folder).decode()}"'
    with dovecot.mailbox("billify") as connection:
        assert connection.create(encoded)[0] == "OK"
        now = imaplib.Time2Internaldate(datetime.now(UTC))
        connection.append(encoded, "", now, write("from there").as_bytes())
    mail = office.mail(imap_url=dovecot.url("billify", quote(folder)), mailbox=MailboxOptions(since=EPOCH.date()))
    assert (await watched(office, mail, office.accepting.take)).text == "from there"


async def test_a_mailbox_that_cannot_be_changed_is_told_of_once(office, dovecot, write):
    """As one that we may only read: what was taken in cannot be moved, here since no such folder can be made."""
    options = MailboxOptions(since=EPOCH.date(), done_folder="Nowhere/%invalid*")
    mail = office.mail(imap_url=dovecot.url("billify"), mailbox=options)
    with dovecot.mailbox("billify") as connection:
        for n in range(2):
            written = write(f"mail {n}", Message_ID=f"<m{n}@example.com>").as_bytes()
            connection.append("INBOX", "", imaplib.Time2Internaldate(datetime.now(UTC)), written)

    async def both():
        await office.accepting.take(2)
        async with asyncio.timeout(20):
            while not notes(office):
                await asyncio.sleep(0.05)

    await watched(office, mail, both)
    assert [kind for kind, _ in notes(office)] == ["read-only"]
