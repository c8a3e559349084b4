"""An existing mailbox on a real Dovecot: mails that arrive there are answered there."""

from __future__ import annotations

import asyncio
import email
import email.policy
import imaplib
import re
import smtplib
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.channels.channel import ChannelMisconfigured, Outgoing, Postponed, Undeliverable
from bot.channels.mail.intake import mailbox
from bot.channels.mail.intake.mail_key import message_id_of
from bot.channels.mail.intake.mailbox import MailboxOptions
from handlers.messages import Card, Choice, Reply, reply_key
from storage.mail import mail_log, mailbox_progress
from storage.models import MailOutcome
from tests.fakes.platforms.mail_channel import ADDRESS, BEGAN, PDF
from tests.fakes.servers.mail_relay import relay

LABELLED = MailboxOptions(done_keyword="Billify")


@asynccontextmanager
async def watching(office, dovecot, options=LABELLED, **further):
    """The channel, reading the mailbox "billify", once it has connected."""
    mail = office.mail(imap_url=dovecot.url("billify"), mailbox=options, **further)
    async with asyncio.TaskGroup() as together:
        listening = together.create_task(mail.listen(office.accepting))
        async with asyncio.timeout(20):
            while not await office.database.read(mailbox_progress.folders):
                await asyncio.sleep(0.02)
        yield mail
        listening.cancel()


def taken(office):
    """The message ids of the mails that were accepted, in their order: once each, however often they were offered."""
    return [message_id_of(key) for key in office.accepting.messages]


async def deliver(dovecot, mail, to="billify"):
    def hand_over():
        with smtplib.LMTP(dovecot.host, dovecot.lmtp_port) as connection:
            connection.sendmail("anna@example.com", [f"{to}@example.com"], mail.as_bytes())

    await asyncio.to_thread(hand_over)


async def append(dovecot, mail, at):
    """Puts a mail into the mailbox as if it had arrived then."""

    def put():
        with dovecot.mailbox("billify") as connection:
            connection.append("INBOX", None, imaplib.Time2Internaldate(at), mail.as_bytes())

    await asyncio.to_thread(put)


async def records(office, n):
    """The log of mails, as soon as it has so many."""
    far = datetime(2200, 1, 1, tzinfo=UTC)
    async with asyncio.timeout(20):
        while len(found := await office.database.read(mail_log.arrived_between, BEGAN, far)) < n:
            await asyncio.sleep(0.02)
    return found


async def mails(dovecot, user, criteria, n, folder="INBOX"):
    """The mails in a mailbox that meet the criteria, as soon as there are so many."""
    async with asyncio.timeout(30):
        while len(found := await asyncio.to_thread(dovecot.mails, user, criteria, folder)) != n:
            await asyncio.sleep(0.05)
    assert len(found) == n
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in found]


async def test_a_mail_that_arrives_becomes_a_message(office, dovecot, write):
    async with watching(office, dovecot):
        await deliver(dovecot, write("as it was connected", pdf=PDF))
        first = await office.accepting.take(1)
        assert (message_id_of(first.key), first.text) == ("one@example.com", "as it was connected")
        assert await office.files.get(first.attachments[0].sha256) == PDF
        await mails(dovecot, "billify", "UNSEEN KEYWORD Billify", 1)  # from here on it waits in IDLE
        await deliver(dovecot, write("while it waits", Message_ID="<two@example.com>"))
        assert (await office.accepting.take(2)).text == "while it waits"
        await mails(dovecot, "billify", "UNSEEN KEYWORD Billify", 2)


async def test_a_mail_that_arrives_while_another_is_worked_on_is_not_overlooked(office, dovecot, write):
    """A server tells of a mail once, perhaps in its answer to another command, and then not again in IDLE."""
    office.accepting.gate.clear()
    async with watching(office, dovecot):
        await deliver(dovecot, write())
        await office.accepting.called(1)
        await deliver(dovecot, write(Message_ID="<two@example.com>"))
        office.accepting.gate.set()
        await office.accepting.take(2)


@pytest.mark.parametrize("dovecot", ["imap_capability = IMAP4rev1 UIDPLUS"], indirect=True)
async def test_a_server_that_cannot_tell_is_asked(office, dovecot, write, monkeypatch):
    monkeypatch.setattr(mailbox, "POLL_SECONDS", 0.1)
    async with watching(office, dovecot):
        await deliver(dovecot, write("as it was connected"))
        await mails(dovecot, "billify", "KEYWORD Billify", 1)
        await deliver(dovecot, write("while we look again and again", Message_ID="<two@example.com>"))
        assert (await office.accepting.take(2)).text == "while we look again and again"


async def test_the_mail_server_is_restarted(office, dovecot, write):
    async with watching(office, dovecot):
        await deliver(dovecot, write())
        await mails(dovecot, "billify", "KEYWORD Billify", 1)
        await asyncio.to_thread(dovecot.stop)
        await asyncio.to_thread(dovecot.start)
        await deliver(dovecot, write("after the restart", Message_ID="<two@example.com>"))
        assert (await office.accepting.take(2)).text == "after the restart"
    assert taken(office) == ["one@example.com", "two@example.com"]


async def test_a_mail_is_handled_once_even_if_somebody_marks_it_as_unread(office, dovecot, write):
    async with watching(office, dovecot):
        await deliver(dovecot, write())
        await mails(dovecot, "billify", "KEYWORD Billify", 1)
    with dovecot.mailbox("billify") as connection:
        connection.store("1", "-FLAGS", r"(\Seen Billify)")
    await deliver(dovecot, write(Message_ID="<two@example.com>"))
    async with watching(office, dovecot):
        await office.accepting.take(2)
    assert taken(office) == ["one@example.com", "two@example.com"]


async def test_a_mail_that_could_not_be_taken_in_is_tried_again(office, dovecot, write, monkeypatch):
    monkeypatch.setattr(mailbox, "POLL_SECONDS", 0.1)
    office.accepting.failures = 2
    async with watching(office, dovecot):
        office.accepting.gate.clear()
        await deliver(dovecot, write())
        await office.accepting.called(1)
        await mails(dovecot, "billify", "UNKEYWORD Billify", 1)
        office.accepting.gate.set()
        await office.accepting.take()
        await mails(dovecot, "billify", "KEYWORD Billify", 1)
    assert len(office.accepting.calls) == 3


async def test_a_mail_that_cannot_be_taken_in_is_not_in_the_way_of_others(office, dovecot, write, monkeypatch):
    monkeypatch.setattr(mailbox, "POLL_SECONDS", 600)
    async with watching(office, dovecot):
        office.accepting.failures = 1
        await deliver(dovecot, write())
        await office.accepting.called(1)
        await deliver(dovecot, write(Message_ID="<two@example.com>"))
        assert message_id_of((await office.accepting.take()).key) == "two@example.com"


async def test_a_mail_from_nobody_is_noted(office, dovecot, write):
    async with watching(office, dovecot):
        await deliver(dovecot, write(From="undisclosed"))
        (record,) = await records(office, 1)
    assert (record.outcome, record.reason) == (MailOutcome.REFUSED, "no_sender")
    assert not office.accepting.calls


async def test_what_lay_in_the_mailbox_before_is_left_alone_and_read_mail_counts(office, dovecot, write):
    """Old mails are not ours to answer; a colleague's mail program marks new ones as read before we look."""
    for n in range(3):
        await deliver(dovecot, write(f"old {n}", Message_ID=f"<old{n}@example.com>"))
    async with watching(office, dovecot, MailboxOptions()):
        await deliver(dovecot, write("by which we know that it looked", Message_ID="<first@example.com>"))
        await office.accepting.take()
    await deliver(dovecot, write("read by a colleague", Message_ID="<new@example.com>"))
    with dovecot.mailbox("billify") as connection:
        connection.store("1:*", "+FLAGS", r"(\Seen)")
    async with watching(office, dovecot, MailboxOptions()):
        assert (await office.accepting.take(2)).text == "read by a colleague"
    assert taken(office) == ["first@example.com", "new@example.com"]
    assert len(await mails(dovecot, "billify", "SEEN", 5)) == 5


async def test_older_mail_is_taken_in_where_it_is_asked_for(office, dovecot, write):
    await append(dovecot, write("of May", Message_ID="<may@example.com>"), datetime(2024, 5, 20, 12, tzinfo=UTC))
    await append(dovecot, write("of June", Message_ID="<june@example.com>"), datetime(2024, 6, 20, 12, tzinfo=UTC))
    async with watching(office, dovecot, MailboxOptions(since=date(2024, 6, 1))):
        assert (await office.accepting.take()).text == "of June"
    async with watching(office, dovecot, MailboxOptions(since=date(2024, 5, 1))):
        assert (await office.accepting.take(2)).text == "of May"
    assert taken(office) == ["june@example.com", "may@example.com"]


async def test_a_mailbox_that_is_numbered_anew_loses_and_repeats_nothing(office, dovecot, write):
    await deliver(dovecot, write("old", Message_ID="<old@example.com>"))
    async with watching(office, dovecot, MailboxOptions()):
        for n in range(3):
            await deliver(dovecot, write(f"taken {n}", Message_ID=f"<taken{n}@example.com>"))
        await office.accepting.take(3)
        before = (await office.database.read(mailbox_progress.folders))[0]
    await deliver(dovecot, write("while nobody looked", Message_ID="<late@example.com>"))
    await asyncio.to_thread(dovecot.renumber, "billify")
    async with watching(office, dovecot, MailboxOptions()):
        assert (await office.accepting.take(4)).text == "while nobody looked"
        await deliver(dovecot, write("afterwards", Message_ID="<after@example.com>"))
        await office.accepting.take(5)
        after = (await office.database.read(mailbox_progress.folders))[0]
    assert before.uid_validity != after.uid_validity
    assert sorted(taken(office)) == sorted(
        [*(f"taken{n}@example.com" for n in range(3)), "late@example.com", "after@example.com"]
    )


@pytest.mark.parametrize(
    "dovecot", ["", "imap_capability = IMAP4rev1 UIDPLUS IDLE"], indirect=True, ids=["MOVE", "copy"]
)
async def test_what_is_done_is_moved_where_a_folder_is_named(office, dovecot, write):
    async with watching(office, dovecot, MailboxOptions(done_folder="Erledigt")):
        await deliver(dovecot, write("an invoice", pdf=PDF))
        await deliver(dovecot, write("nobody knows me", From="eve@elsewhere.example", Message_ID="<eve@x>"))
        await mails(dovecot, "billify", "ALL", 1, "Erledigt")
        (stranger,) = await mails(dovecot, "billify", "ALL", 1)
    assert stranger["From"] == "eve@elsewhere.example"


@pytest.mark.parametrize("wrong", ["password", "folder"])
async def test_a_wrong_mailbox_is_said_at_once(office, dovecot, wrong):
    url = dovecot.url("billify")
    mail = office.mail(imap_url=url.replace(":sesame@", ":guess@") if wrong == "password" else url + "/None")
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_IMAP_URL") as raised:
        await mail.listen(office.accepting)
    assert "sesame" not in str(raised.value)


async def test_an_answer_arrives_in_its_thread_and_can_be_answered(office, dovecot, write):
    async with relay(dovecot) as smtp_url, watching(office, dovecot, smtp_url=smtp_url) as channel:
        await deliver(dovecot, write("please book", pdf=PDF, Subject="Rechnung März"))
        message = await office.accepting.take()
        key = reply_key(message.key, 0)
        reply = Reply(card=Card("Acme GmbH · €1,249.50"), choices=(Choice("confirm:7", "Confirm", "primary"),))
        sent_id = await channel.send(Outgoing(key, reply, message))

        (answer,) = await mails(dovecot, "anna", "ALL", 1)
        assert answer["Subject"] == "Re: Rechnung März"
        assert answer["In-Reply-To"] == answer["References"] == "<one@example.com>"
        assert answer["Message-ID"] == f"<{sent_id}>"
        assert answer["Auto-Submitted"] == "auto-replied"

        thread = {"In_Reply_To": answer["Message-ID"], "References": f"<one@example.com> {answer['Message-ID']}"}
        await deliver(dovecot, write("total is 1,294.50", Message_ID="<two@example.com>", **thread))
        said = await office.accepting.take(2)
        assert (said.answers, said.choice, said.text) == (f"sent:{sent_id}", None, "total is 1,294.50")
        assert said.conversation == message.conversation

        button = re.search('href="(mailto:[^"]+)"', answer.get_body(("html",)).get_content())[1].replace("&amp;", "&")
        fields = parse_qs(urlsplit(button).query)
        assert unquote(urlsplit(button).path) == ADDRESS
        await deliver(dovecot, write(fields["body"][0], Message_ID="<three@example.com>", Subject=fields["subject"][0]))
        pressed = await office.accepting.take(3)
        assert (pressed.answers, pressed.choice, pressed.text) == (key, "confirm:7", "")
        assert pressed.conversation == message.conversation


@pytest.mark.parametrize(("refuse", "raised"), [("550 5.1.1 gone", Undeliverable), ("451 4.3.0 later", Postponed)])
async def test_a_refused_answer_is_given_up_only_when_the_refusal_is_final(office, dovecot, write, refuse, raised):
    async with relay(dovecot, refuse) as smtp_url, watching(office, dovecot, smtp_url=smtp_url) as channel:
        await deliver(dovecot, write("hello"))
        message = await office.accepting.take()
        with pytest.raises(raised, match=refuse):
            await channel.send(Outgoing(reply_key(message.key, 0), Reply("hello"), message))
