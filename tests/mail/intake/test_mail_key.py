"""Which mails are the same mail: a scanner's scans are not, whatever their Message-ID; a repeat is, by whatever way."""

from __future__ import annotations

import pytest

from bot.channels.mail.intake.mail_key import mail_key, message_id_of
from bot.channels.mail.intake.peek import peek
from storage.models import MailOutcome
from tests.fakes.platforms.mail_channel import ADDRESS, PDF


def key(raw):
    return peek(raw, way="SMTP", address=ADDRESS).arrived.key


async def test_every_scan_of_a_scanner_is_served_though_all_have_one_message_id(door, write):
    scans = [write("", pdf=PDF + bytes([n]), Message_ID="<scanner@printer.local>") for n in range(3)]
    for mail in (*scans, *scans):
        assert await door.hand_in(mail) is MailOutcome.TAKEN_IN
    assert len(door.office.accepting.messages) == len(door.office.accepting.calls) == 3
    assert [record.repeats for record in await door.log()] == [1, 1, 1]


async def test_a_mail_sent_again_on_another_day_is_another(door, write):
    for day in ("Fri, 21 Mar 2025 09:30:00 +0100", "Sat, 22 Mar 2025 09:30:00 +0100"):
        await door.hand_in(write("what is due?", Date=day))
    assert len(door.office.accepting.messages) == 2


RAW = b"From: anna@example.com\nDate: Fri, 21 Mar 2025 09:30:00 +0100\nMessage-ID: <a@x>\n\nhello\nthere\n"
SAME = {
    "by another way": b"Received: from a by b; Fri\nReturn-Path: <anna@example.com>\nX-Spam: no\n" + RAW,
    "with other ends of lines": RAW.replace(b"\n", b"\r\n"),
    "with a last empty line": RAW + b"\n",
    "with the sender in capitals": RAW.replace(b"anna@example.com", b"Anna@Example.COM"),
}
OTHERS = {
    "another sender": RAW.replace(b"anna", b"ben"),
    "another date": RAW.replace(b"09:30", b"09:31"),
    "another word": RAW.replace(b"there", b"here"),
    "another id": RAW.replace(b"<a@x>", b"<b@x>"),
}


@pytest.mark.parametrize("raw", SAME.values(), ids=SAME.keys())
def test_it_is_the_same(raw):
    assert key(raw) == key(RAW)


@pytest.mark.parametrize("raw", OTHERS.values(), ids=OTHERS.keys())
def test_it_is_another(raw):
    assert key(raw) != key(RAW)


@pytest.mark.parametrize(("message_id", "kept"), [("a@x", "a@x"), ("a/b@x", "a/b@x"), ("", ""), ("x" * 200 + "@x", "")])
def test_the_message_id_is_found_again_in_the_key(message_id, kept):
    made = mail_key(message_id, "anna@example.com", "", b"\n\nhello")
    assert message_id_of(made) == kept
    assert len(made.encode()) < 130


@pytest.mark.parametrize("raw", [b"", b"\n", b"no header at all", b"From: x\r\r", b"\x00" * 100, b"a:" * 200_000])
def test_any_bytes_have_a_key(raw):
    assert key(raw).startswith("mail:sha256-")


async def test_a_mail_without_a_usable_sender_is_refused_and_noted(door, write):
    from handlers.errors import BillifyError

    for sender in ("", "undisclosed", "<>", "<a@b@example.com>"):
        raw = write().as_bytes().replace(b"Anna Gruber <anna@example.com>", sender.encode())
        with pytest.raises(BillifyError, match="no usable sender"):
            await door.hand_in(raw)
    assert {record.reason for record in await door.log()} == {"no_sender"}
