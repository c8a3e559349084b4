"""An existing mailbox on a real Dovecot: mails that arrive there are answered there."""

from __future__ import annotations

import asyncio
import email
import email.policy
import re
import smtplib
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.channels.channel import ChannelMisconfigured, Outgoing
from bot.channels.mail import imap
from handlers.errors import BillifyError
from handlers.messages import Card, Choice, Reply, reply_key
from tests.fakes.platforms.mail_channel import ADDRESS, PDF
from tests.fakes.servers.mail_relay import relay


@asynccontextmanager
async def watching(office, dovecot, **options):
    """The channel, reading the mailbox "billify"."""
    mail = office.mail(imap_url=dovecot.url("billify"), **options)
    async with asyncio.TaskGroup() as together:
        listening = together.create_task(mail.listen(office.accepting))
        yield mail
        listening.cancel()


async def deliver(dovecot, mail, to="billify"):
    def hand_over():
        with smtplib.LMTP(dovecot.host, dovecot.lmtp_port) as connection:
            connection.sendmail("anna@example.com", [f"{to}@example.com"], mail.as_bytes())

    await asyncio.to_thread(hand_over)


async def mails(dovecot, user, criteria, n):
    """The mails in a mailbox that meet the criteria, as soon as there are so many."""
    async with asyncio.timeout(30):
        while len(found := await asyncio.to_thread(dovecot.mails, user, criteria)) < n:
            await asyncio.sleep(0.05)
    assert len(found) == n
    return [email.message_from_bytes(raw, policy=email.policy.default) for raw in found]


async def test_a_mail_that_arrives_becomes_a_message(office, dovecot, write):
    await deliver(dovecot, write("before we looked", pdf=PDF))
    async with watching(office, dovecot):
        first = await office.accepting.take(1)
        assert (first.key, first.text) == ("mail:one@example.com", "before we looked")
        assert await office.files.get(first.attachments[0].sha256) == PDF
        await mails(dovecot, "billify", "SEEN KEYWORD Billify", 1)  # from here on it waits in IDLE
        await deliver(dovecot, write("while it waits", Message_ID="<two@example.com>"))
        assert (await office.accepting.take(2)).text == "while it waits"
        await mails(dovecot, "billify", "SEEN KEYWORD Billify", 2)


async def test_a_mail_that_arrives_while_another_is_worked_on_is_not_overlooked(office, dovecot, write):
    """A server tells of a mail once, perhaps in its answer to another command, and then not again in IDLE."""
    office.accepting.gate.clear()
    await deliver(dovecot, write())
    async with watching(office, dovecot):
        await office.accepting.called(1)
        await deliver(dovecot, write(Message_ID="<two@example.com>"))
        office.accepting.gate.set()
        await office.accepting.take(2)


@pytest.mark.parametrize("dovecot", ["imap_capability = IMAP4rev1 UIDPLUS"], indirect=True)
async def test_a_server_that_cannot_tell_is_asked(office, dovecot, write, monkeypatch):
    monkeypatch.setattr(imap, "_POLL_SECONDS", 0.1)
    await deliver(dovecot, write("before we looked"))
    async with watching(office, dovecot):
        await mails(dovecot, "billify", "SEEN", 1)
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
    assert office.accepting.calls == ["mail:one@example.com", "mail:two@example.com"]


async def test_a_mail_is_handled_once_even_if_somebody_marks_it_as_unread(office, dovecot, write):
    await deliver(dovecot, write())
    async with watching(office, dovecot):
        await mails(dovecot, "billify", "KEYWORD Billify", 1)
    with dovecot.mailbox("billify") as connection:
        connection.store("1", "-FLAGS", r"(\Seen)")
    await deliver(dovecot, write(Message_ID="<two@example.com>"))
    async with watching(office, dovecot):
        await office.accepting.take(2)
    assert office.accepting.calls == ["mail:one@example.com", "mail:two@example.com"]


async def test_a_mail_that_could_not_be_taken_in_stays_unread_and_is_tried_again(office, dovecot, write, monkeypatch):
    monkeypatch.setattr(imap, "_POLL_SECONDS", 0.1)
    office.accepting.failures = 2
    await deliver(dovecot, write())
    office.accepting.gate.clear()
    async with watching(office, dovecot):
        await office.accepting.called(1)
        await mails(dovecot, "billify", "UNSEEN UNKEYWORD Billify", 1)
        office.accepting.gate.set()
        await office.accepting.take()
        await mails(dovecot, "billify", "SEEN KEYWORD Billify", 1)
    assert len(office.accepting.calls) == 3


async def test_a_mail_that_nobody_can_be_answered_is_left_to_a_person(office, dovecot, write):
    await deliver(dovecot, write(From="undisclosed"))
    async with watching(office, dovecot):
        await mails(dovecot, "billify", "FLAGGED KEYWORD Billify", 1)
    assert not office.accepting.calls


@pytest.mark.parametrize("wrong", ["password", "folder"])
async def test_a_wrong_mailbox_is_said_at_once(office, dovecot, wrong):
    url = dovecot.url("billify")
    mail = office.mail(imap_url=url.replace(":sesame@", ":guess@") if wrong == "password" else url + "/None")
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_IMAP_URL") as raised:
        await mail.listen(office.accepting)
    assert "sesame" not in str(raised.value)


async def test_an_answer_arrives_in_its_thread_and_can_be_answered(office, dovecot, write):
    await deliver(dovecot, write("please book", pdf=PDF, Subject="Rechnung März"))
    async with relay(dovecot) as smtp_url, watching(office, dovecot, smtp_url=smtp_url) as channel:
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


@pytest.mark.parametrize(("refuse", "raised"), [("550 5.1.1 gone", BillifyError), ("451 4.3.0 later", Exception)])
async def test_a_refused_answer_is_given_up_only_when_the_refusal_is_final(office, dovecot, write, refuse, raised):
    await deliver(dovecot, write("hello"))
    async with relay(dovecot, refuse) as smtp_url, watching(office, dovecot, smtp_url=smtp_url) as channel:
        message = await office.accepting.take()
        with pytest.raises(raised) as error:
            await channel.send(Outgoing(reply_key(message.key, 0), Reply("hello"), message))
    assert isinstance(error.value, BillifyError) == (raised is BillifyError)
