"""Answers as mails: the same words as HTML and plain text, the picture within, nothing sent twice or to machines."""

from __future__ import annotations

import email
import email.policy
import mailbox
import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.channels.channel import ChannelMisconfigured, Outgoing, Postponed
from bot.channels.mail.body_text import from_html
from bot.channels.mail.look.compose import reply_subject
from handlers.errors import BillifyError
from handlers.language.translation import speaking
from handlers.messages import Attachment, Card, Change, Choice, Fact, Message, Reply
from tests.fakes.platforms.mail_channel import ADDRESS

MESSAGE = Message(
    key="mail:two@example.com/0123456789ab",
    channel="mail",
    conversation="one@example.com",
    sender="anna@example.com",
    sender_name="Anna <Gruber>",
    sent_at=datetime(2025, 3, 21, 9, tzinfo=UTC),
    subject="Rechnung März",
)
CARD = Card(
    title="Acme <b>GmbH</b> & Söhne · €1,249.50",
    subtitle="Invoice 2024-117",
    facts=(Fact("Issued", "3 Mar 2025"), Fact("Due", "2 Apr 2025 (in 12 days)", strong=True)),
    doubts=('due date (from "30 days net")',),
    changes=(Change("Total", "€1,249.50", "€1,294.50"), Change("VAT", None, "€199.50")),
    state="Waiting for you",
)
CHOICES = (Choice("confirm:7", "Confirm", "primary"), Choice("void:7", "Not an invoice", "danger"))
REPLY = Reply("Read it.\nIs it right?", CARD, CHOICES)
PNG = bytes.fromhex("89504e470d0a1a0a")


async def answered(office, reply, message=MESSAGE):
    """The mail that the channel left in its folder, as there is no server to send it by."""
    await office.mail().send(Outgoing("mail:two@example.com#0", reply, message))
    (kept,) = mailbox.Maildir(office.maildir)
    return email.message_from_bytes(kept.as_bytes(), policy=email.policy.default)


async def test_html_and_plain_text_say_the_same(office):
    mail = await answered(office, REPLY)
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    said = ["Read it.", "Is it right?", CARD.title, CARD.subtitle, CARD.state, "3 Mar 2025", "2 Apr 2025 (in 12 days)"]
    said += ["Please check:", *CARD.doubts, "→ €1,294.50", "– → €199.50", "Confirm", "Not an invoice"]
    shown = " ".join(from_html(html).replace("\u00a0", " ").split())
    assert [words for words in said if words not in text] == []
    assert [words for words in said if words not in shown] == []


async def test_the_mail_loads_nothing_from_elsewhere(office):
    html = (await answered(office, REPLY)).get_body(("html",)).get_content()
    loaded = re.findall(r"""(?:\bsrc|\bhref|\burl|\bbackground)\s*[=(]\s*["']?([^"')]*)""", html)
    assert loaded and all(target.startswith(("cid:", "mailto:")) for target in loaded)
    assert "<b>GmbH</b>" not in html  # what a document says is never markup


async def test_the_picture_stands_in_the_mail_and_files_are_attached(office):
    picture = Attachment("page.png", "image/png", await office.files.put(PNG))
    export = Attachment("Fällig.csv", "text/csv", await office.files.put(b"a;b"))
    mail = await answered(office, replace(REPLY, card=replace(CARD, picture=picture), attachments=(export,)))
    related = [part for part in mail.walk() if part["Content-ID"]]
    assert [(part["Content-ID"], part.get_content()) for part in related] == [("<page>", PNG)]
    assert 'src="cid:page"' in mail.get_body(("html",)).get_content()
    attached = [part for part in mail.walk() if part.get_content_disposition() == "attachment"]
    assert [(part.get_filename(), part.get_payload(decode=True)) for part in attached] == [("Fällig.csv", b"a;b")]
    assert "Attached: Fällig.csv" in mail.get_body(("plain",)).get_content()


async def test_charts_stand_in_the_mail_itself(office):
    chart = Attachment("forecast-EUR.png", "image/png", await office.files.put(PNG))
    mail = await answered(office, Reply("Bank and cash will be …", attachments=(chart,)))
    (part,) = (part for part in mail.walk() if part["Content-ID"])
    assert (part["Content-ID"], part.get_filename(), part.get_content()) == ("<file0>", "forecast-EUR.png", PNG)
    assert 'src="cid:file0"' in mail.get_body(("html",)).get_content()
    assert "Attached" not in mail.get_body(("plain",)).get_content()


async def test_a_mail_to_somebody_who_reads_german_is_german_throughout(office):
    with speaking("de"):
        reply = Reply("Hier ist die Rechnung.", card=CARD, choices=REPLY.choices)
    html = (await answered(office, reply)).get_body(("html",)).get_content()
    assert "Bitte prüfen:" in html and "Oder antworte" in html and "Billify hat geantwortet" in html
    assert '<html lang="de"' in html
    assert "Please check" not in html


async def test_the_answer_goes_out_though_its_picture_is_gone(office):
    gone = Attachment("page.png", "image/png", "0" * 64)
    mail = await answered(office, Reply(card=replace(CARD, picture=gone)))
    assert "cid:" not in mail.get_body(("html",)).get_content()


async def test_the_answer_stands_in_the_thread(office):
    mail = await answered(office, REPLY)
    assert mail["From"].addresses[0].addr_spec == ADDRESS
    assert mail["To"].addresses[0].addr_spec == "anna@example.com"
    assert mail["Subject"] == "Re: Rechnung März"
    assert mail["In-Reply-To"] == "<two@example.com>"
    assert mail["References"] == "<one@example.com> <two@example.com>"
    assert mail["Auto-Submitted"] == "auto-replied"


async def test_long_message_ids_are_written_as_they_are(office):
    """Python's own policy would write them as encoded words, and no mail program would find the thread."""
    name = "x" * 88
    message = replace(MESSAGE, key=f"mail:{name}@example.com/0123456789ab", conversation=f"{'y' * 88}@example.com")
    await office.mail().send(Outgoing(f"{message.key}#0", REPLY, message))
    (path,) = (office.maildir / "new").iterdir()
    raw = path.read_bytes()
    assert f"References: <{'y' * 88}@example.com>\n <{name}@example.com>\n".encode() in raw
    assert b"\r" not in raw


async def test_an_answer_to_a_mail_without_an_id_is_still_sent(office):
    nameless = replace(
        MESSAGE, key="mail:sha256-0123/0123456789ab", conversation="sha256-0123", sender_name="", subject=""
    )
    mail = await answered(office, REPLY, nameless)
    assert mail["In-Reply-To"] is None
    assert mail["Subject"] == "Re: your message"


async def test_a_repeated_send_is_the_same_mail(office):
    channel, outgoing = office.mail(), Outgoing("mail:two@example.com#0", REPLY, MESSAGE)
    assert await channel.send(outgoing) == await channel.send(outgoing)
    assert len(mailbox.Maildir(office.maildir)) == 1
    (path,) = (office.maildir / "new").iterdir()
    path.rename(office.maildir / "cur" / f"{path.name}:2,S")  # as a mail program does that shows it
    await channel.send(outgoing)
    await channel.edit("earlier", Outgoing("mail:two@example.com#1", REPLY, MESSAGE))
    assert len(mailbox.Maildir(office.maildir)) == 2


async def test_a_machine_is_not_answered_but_a_person_can_look(office):
    """The server of this URL does not exist: to send there would raise."""
    channel = office.mail(smtp_url="smtp://127.0.0.1:9")
    await channel.send(Outgoing("mail:two@example.com#0", REPLY, replace(MESSAGE, automatic=True)))
    assert len(mailbox.Maildir(office.maildir)) == 1


async def test_a_mail_server_that_is_away_is_no_final_refusal(office):
    with pytest.raises(Postponed):
        await office.mail(smtp_url="smtp://127.0.0.1:9").send(Outgoing("mail:two@example.com#0", REPLY, MESSAGE))


@pytest.mark.parametrize(
    ("subject", "answer"),
    [("Bill", "Re: Bill"), ("RE: Bill", "RE: Bill"), ("a\n b", "Re: a b"), ("x" * 400, "Re: " + "x" * 150)],
)
def test_the_subject_says_re_once(subject, answer):
    assert reply_subject(subject) == answer


async def test_an_address_beyond_the_rules_is_answered(office):
    mail = await answered(office, REPLY, replace(MESSAGE, sender="anna..gruber@example.com"))
    assert mail["To"].addresses[0].addr_spec == "anna..gruber@example.com"


async def test_files_come_with_their_mail(office):
    with pytest.raises(BillifyError, match="send it again"):
        await office.mail().fetch(Attachment("a.pdf"))


@pytest.mark.parametrize("url", ["mail.example.com", "http://u:secret@h", "smtp://u:secret@h:port", "smtp://"])
def test_a_url_that_is_none_is_named_without_its_password(office, url):
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_SMTP_URL") as raised:
        office.mail(smtp_url=url)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("address", ["billify", "Billify <billify@example.com>", "billify@example..com"])
def test_an_address_that_is_none_is_named(office, address):
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_MAIL_ADDRESS"):
        office.mail(address=address)
