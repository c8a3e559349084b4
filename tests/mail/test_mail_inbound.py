"""A mail becomes a message: whose it is, what it answers, what it brings, and whether it is one at all."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from PIL import Image

from bot.channels.mail.inbound import receive
from bot.channels.mail.intake.mail_key import message_id_of
from bot.channels.mail.marks.reply_tokens import ReplyTokens, SignedButton
from storage.sealing.signing_keys import SigningKey, SigningKeys
from tests.fakes.platforms.mail_channel import ADDRESS, PDF, SECRET, key_of, parse_here
from tests.fakes.platforms.memory_document_store import MemoryFiles

NOW = datetime(2025, 3, 21, 9, 0, tzinfo=UTC)
SEALS = ReplyTokens(SECRET, "example.com")
KEY = "mail:one@example.com#0"


async def read(mail, files=None):
    raw = mail.as_bytes() if isinstance(mail, EmailMessage) else mail
    return await receive(
        raw, key_of(raw), files=files or MemoryFiles(), seals=SEALS, address=ADDRESS, now=NOW, parses=parse_here
    )


def png(width, height):
    picture = io.BytesIO()
    Image.effect_noise((width, height), 90).save(picture, "PNG")
    return picture.getvalue()


async def test_who_when_and_where(write):
    message = await read(
        write(
            "hi", Date="Fri, 21 Mar 2025 09:30:00 +0100", Subject="=?utf-8?q?B=C3=BCro?=", Reply_To="eve@evil.example"
        )
    )
    assert (message_id_of(message.key), message.conversation) == ("one@example.com", "one@example.com")
    assert (message.sender, message.sender_name) == ("anna@example.com", "Anna Gruber")
    assert message.subject == "Büro"


@pytest.mark.parametrize(
    ("header", "sender"),
    [
        ("=?utf-8?q?J=C3=B6rg?= <Joerg@Example.com>", "joerg@example.com"),
        ("anna@example.com (Anna Gruber)", "anna@example.com"),
        ("undisclosed, anna@example.com", "anna@example.com"),
        ("o'neil+x@mail.example.co.uk", "o'neil+x@mail.example.co.uk"),
    ],
)
async def test_the_identity_is_the_address_in_from(write, header, sender):
    assert (await read(write().as_bytes().replace(b"Anna Gruber <anna@example.com>", header.encode()))).sender == sender


@pytest.mark.parametrize("date", ["", "yesterday", "Sat, 1 Jan 2000 00:00:09 +0000", "Fri, 21 Mar 2099 09:30:00 +0100"])
async def test_a_mail_is_of_when_it_came_whatever_its_date_says(write, date):
    """The clocks of scanners stand still: an answer to such a mail can still be answered for weeks."""
    message = await read(write(Date=date))
    assert message.sent_at == NOW
    ours = SEALS.message_id(f"{message.key}#0", message.sender, message.sent_at)
    assert not (await read(write("confirm", In_Reply_To=f"<{ours}>"))).expired


async def test_the_same_mail_has_the_same_key_even_without_a_message_id(write):
    first, again = await read(write("a", Message_ID="")), await read(write("a", Message_ID=""))
    assert first.key == again.key != (await read(write("b", Message_ID=""))).key


async def test_a_long_message_id_keeps_ours_short(write):
    long = f"<{'x' * 300}@example.com>"
    message = await read(write(Message_ID=long))
    assert len(message.key) < 100
    assert message.key == (await read(write(Message_ID=long))).key != (await read(write("b", Message_ID=long))).key
    longest = await read(write(Message_ID=f"<{'x' * 88}@example.com>"))
    assert len(longest.key) < 130


async def test_mails_of_a_thread_are_one_conversation(write):
    later = write(Message_ID="<three@x>", References="<one@example.com> <two@x>", In_Reply_To="<two@x>")
    assert (await read(later)).conversation == "one@example.com"
    assert (
        await read(write(Message_ID="<three@x>", In_Reply_To="<one@example.com>"))
    ).conversation == "one@example.com"


async def test_an_answer_to_ours_is_known_by_our_message_id(write):
    ours = SEALS.message_id(KEY, "anna@example.com", NOW)
    assert (await read(write(In_Reply_To=f"<{ours}>"))).answers == f"sent:{ours}"
    assert (await read(write(References=f"<one@example.com> <{ours}>"))).answers == f"sent:{ours}"


@pytest.mark.parametrize(
    ("made_for", "secret"),
    [("eve@example.com", SECRET), ("anna@example.com", SigningKeys([SigningKey(b"a secret that somebody guessed")]))],
    ids=["Eve's own mark with Anna's address in From", "a mark made with another secret"],
)
async def test_a_forged_mail_answers_nothing_and_presses_nothing(write, made_for, secret):
    forger = ReplyTokens(secret, "example.com")
    code = forger.code(SignedButton(KEY, "confirm:7"), made_for, NOW)
    message = await read(write(f"[Confirm: {code}]", In_Reply_To=f"<{forger.message_id(KEY, made_for, NOW)}>"))
    assert (message.answers, message.choice, message.proven) == (None, None, False)


async def test_the_mark_of_an_answer_does_not_press_a_button(write):
    mark = SEALS.message_id(KEY, "anna@example.com", NOW).partition("@")[0]
    assert (await read(write(f"[Confirm: {mark}]"))).choice is None


@pytest.mark.parametrize("change", [lambda code: code[:-1] + "xy"[code[-1] == "x"], lambda code: "A" + code])
async def test_a_changed_code_presses_nothing(write, change):
    code = SEALS.code(SignedButton(KEY, "confirm:7"), "anna@example.com", NOW)
    assert (await read(write(f"[Confirm: {code}]"))).choice == "confirm:7"
    assert (await read(write(f"[Confirm: {change(code)}]"))).choice is None


async def test_codes_that_contradict_each_other_press_nothing(write):
    codes = [SEALS.code(SignedButton(KEY, choice), "anna@example.com", NOW) for choice in ("confirm:7", "void:7")]
    assert (await read(write("".join(f"[press {code}]\n" for code in codes)))).choice is None


async def test_a_code_in_quoted_history_presses_nothing(write):
    code = SEALS.code(SignedButton(KEY, "confirm:7"), "anna@example.com", NOW)
    assert (await read(write(f"no!\n\nOn 3 Mar 2025 Anna wrote:\n> [Confirm: {code}]\n"))).choice is None


async def test_words_beside_a_pressed_button_stay(write):
    code = SEALS.code(SignedButton(KEY, "paid:7"), "anna@example.com", NOW)
    message = await read(write(f"[Mark paid: just send this mail\nas it is. {code}]\n\nby card"))
    assert (message.choice, message.text) == ("paid:7", "by card")


async def test_what_a_text_shows_is_looked_at_and_not_judged_by_its_size(write):
    files = MemoryFiles()
    mail = write("see below")
    mail.add_alternative('<img src="cid:logo"><p>see below</p><img src="cid:page">', subtype="html")
    mail.get_payload()[1].add_related(png(300, 90), "image", "png", cid="<logo>", filename="logo.png")
    mail.get_payload()[1].add_related(png(800, 1100), "image", "png", cid="<page>", filename="page.png")
    message = await read(mail, files)
    assert [(file.name, file.role) for file in message.attachments] == [("logo.png", "shown"), ("page.png", "shown")]


async def test_a_small_picture_that_is_attached_is_a_document(write):
    mail = write()
    mail.add_attachment(png(60, 60), maintype="image", subtype="png", filename="stamp.png")
    assert [file.name for file in (await read(mail)).attachments] == ["stamp.png"]


async def test_a_signature_is_no_document(write):
    mail = write(pdf=PDF)
    mail.add_attachment(b"...", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert [file.name for file in (await read(mail)).attachments] == ["Rechnung 117.pdf"]


async def test_a_mail_forwarded_as_an_attachment_brings_its_files(write):
    outer = write("please book", Message_ID="<outer@example.com>")
    outer.add_attachment(write("our invoice", pdf=PDF, From="billing@acme.example"))
    files = MemoryFiles()
    message = await read(outer, files)
    assert (message.sender, message.text) == ("anna@example.com", "please book")
    assert [await files.get(file.sha256) for file in message.attachments] == [PDF]


async def test_a_forwarded_mail_without_files_is_what_was_said(write):
    forwarded = "---------- Forwarded message ---------\nFrom: Acme\n\nYou owe 5 euros"
    assert (await read(write(f"\n{forwarded}"))).text == forwarded
    assert (await read(write(f"\n{forwarded}", pdf=PDF))).text == ""
    outer = write()
    outer.add_attachment(write("You owe 5 euros", Message_ID="<inner@x>"))
    assert (await read(outer)).text.strip() == "You owe 5 euros"


async def test_a_machine_says_so(write):
    assert (await read(write("your invoice", pdf=PDF, Auto_Submitted="auto-generated"))).automatic
    assert not (await read(write(Auto_Submitted="no", Return_Path="<anna@example.com>"))).automatic
