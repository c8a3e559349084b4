"""Real mails of every shape, many of them malformed, against what is known to be in them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.mail import headers
from bot.channels.mail.parse import parse
from extraction.mail import mime
from extraction.mail.attachment import MailAttachment
from extraction.mail.limits import MailTooComplex
from handlers.messages import Attachment, Message, from_json, to_json

MAILS = Path(__file__).parents[2] / ".." / "shared" / "data" / "eml"
# Bodies of Outlook's own text are listed as files by the truth of the bare TNEF files; to us they are none.
BODIES = {"body.rtf", "body.html"}


def known(suffix):
    if not MAILS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="the collection of mails is not here"))]
    rows = [json.loads(line) for line in (MAILS / "truth.jsonl").read_text().splitlines()]
    return [pytest.param(row, id=row["file"]) for row in rows if row["file"].endswith(suffix)]


@pytest.mark.parametrize("row", known(".eml"))
def test_every_file_in_the_mail_is_found(row):
    raw = (MAILS / row["file"]).read_bytes()
    mail = parse(raw)
    wanted = [(file.get("name", "").split("\\")[-1], file["sha256"]) for file in row.get("attachments", [])]
    found = [(file.name, hashlib.sha256(file.data).hexdigest()[:16]) for file in mail.enclosures if file.role != "body"]
    if not wanted and b"\nbegin " in raw:  # the truth knows no files that are uuencoded in a text
        assert all(name for name, _ in found)
        found = []
    found = [
        # The truth has U+FFFD for a byte that its charset lacks.
        (known if "\ufffd" in known else name, digest)
        for (name, digest), (known, _) in zip(found, wanted, strict=True)
    ]
    assert found == wanted
    if "date" in row:
        assert headers.date(mime.parse(raw)) is not None
    json.dumps([mail.text, mail.subject, mail.sender, mail.sender_name]).encode()  # no halves of characters
    assert "\0" not in mail.text


@pytest.mark.parametrize("row", known(".tnef"))
def test_what_outlook_packed_away_is_unpacked(row):
    packed = MailAttachment("winmail.dat", "application/ms-tnef", (MAILS / row["file"]).read_bytes())
    found = enclosed(packed)
    wanted = {file["name"] for file in row.get("attachments", [])} - BODIES
    assert wanted <= {file.name for file in found if not file.incidental}
    assert all(file.data for file in found)


def test_a_damaged_winmail_is_kept_as_it_came():
    damaged = MailAttachment("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22" + bytes(range(200)))
    assert enclosed(damaged) == (damaged,)


def enclosed(file):
    """The files in a mail to which this one is attached."""
    mail = EmailMessage()
    mail["From"] = "anna@example.com"
    main, sub = file.media_type.split("/")
    mail.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    return parse(mail.as_bytes()).enclosures


NAMES = ("From", "Subject", "Date", "Message-ID", "References", "Content-Type", "Content-ID", "Auto-Submitted")
NAMES_OF_PARTS = ("Content-Transfer-Encoding", "Content-Disposition")
TRAPS = (b"=?utf-8?b?!!!?=", b"=?x?q?=", b'a@b.c (((("', b"Mon, 99 Foo 99999", b"base64", b"uuencode")
TRAPS_OF_PARTS = (
    b"multipart/mixed; boundary=x",
    b"text/html; charset=idna",
    b"text/plain; charset*=utf-8''%00",
    b"message/rfc822",
    b"attachment; filename*0*=x''%ff; filename*2=",
)


@settings(max_examples=150)
@given(
    headers=st.lists(
        st.tuples(
            st.sampled_from((*NAMES, *NAMES_OF_PARTS)),
            st.one_of(st.binary(max_size=60), st.sampled_from((*TRAPS, *TRAPS_OF_PARTS))),
        ),
        max_size=8,
    ),
    body=st.one_of(st.binary(max_size=300), st.just(b"--x\r\nContent-Type: text/html\r\n\r\n<blockquote><p>&#0;</x")),
)
def test_no_mail_is_too_malformed_to_be_read(headers, body):
    raw = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers) + b"\r\n" + body
    message = Message("mail:x", "mail", "x", "anna@example.com", datetime(2025, 3, 21, tzinfo=UTC))
    mail = parse(raw)
    said = replace(
        message,
        conversation=" ".join((mail.message_id, *mail.references)),
        sender_name=mail.sender_name,
        subject=mail.subject,
        text=mail.text,
        attachments=tuple(Attachment(file.name, file.media_type) for file in mail.enclosures),
    )
    stored = to_json(said)  # durable work keeps messages as JSON, the ledger in a database that takes no NUL
    assert from_json(Message, stored) == said
    assert "\\u0000" not in stored


def test_a_thousand_quotes_within_each_other_are_read_at_once():
    """Not minutes: the mark of a quote must not be repeated for each level."""
    html = b"From: anna@example.com\r\nContent-Type: text/html\r\n\r\nconfirm" + b"<blockquote>old" * 20_000
    assert parse(html).text == "confirm"


def test_parts_within_parts_without_end_are_refused_with_what_to_do():
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000))
    with pytest.raises(MailTooComplex, match="send the files directly"):
        parse(b"From: anna@example.com\r\n" + levels)
