"""Mails as they come, through the real reader and a real ledger: what they are answered with, and what is booked."""

from __future__ import annotations

import asyncio
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from sqlmodel import select

from bot.bench.mail.answers import answers
from bot.bench.mail.samples import INVOICE_HTML, invoice_pdf, letter, pgp, with_file
from bot.channels.mail.inbound import receive
from bot.channels.mail.marks.reply_tokens import ReplyTokens
from bot.channels.mail.parse import parse
from extraction.process.reader import Reader
from handlers.errors import BillifyError
from handlers.messages import Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Bill, Document
from storage.people import people
from tests.fakes.books.desk import NOW, Desk
from tests.fakes.documents.einvoices import ubl
from tests.fakes.platforms.mail_channel import ADDRESS, SECRET, key_of, parse_here

pytestmark = pytest.mark.ocr

MAILS = Path(__file__).parents[3] / ".." / "shared" / "data" / "eml"
SEALS = ReplyTokens(SECRET, "example.com")


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    asyncio.run(made.close())


class MailDesk(Desk):
    """A desk at which Anna's mails arrive; `book` looks into the ledger."""

    async def mail(self, raw: bytes, **values: object) -> str:
        """What is answered to a mail, as if Anna had sent it; "" where it is not to be answered."""
        now = datetime.now(UTC)
        message = await receive(
            raw, key_of(raw), files=self.store, seals=SEALS, address=ADDRESS, now=now, parses=parse_here
        )
        key = f"mail:{next(self._numbers)}"
        return await self.hear(replace(message, **({"sender": "anna@example.com", "key": key} | values)))

    def bills(self) -> list[tuple[str | None, str | None, int | None]]:
        with self.database.transaction() as session:
            return [(bill.vendor, bill.number, bill.total_minor) for bill in session.exec(select(Bill)).all()]


@pytest.fixture
def desk(blank_sqlite: Path, tmp_path: Path, reader: Reader) -> Iterator[MailDesk]:
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    opened = MailDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), {})
    opened.read_by(reader)
    with database.transaction() as session:
        people.ensure_owner(session, "Olga", [("terminal", "owner"), ("mail", "anna@example.com")], NOW)
    yield opened
    database.close()


def picture(width: int, height: int, lines: tuple[str, ...], size: int) -> bytes:
    drawn = Image.new("RGB", (width, height), "white")
    pen, font = ImageDraw.Draw(drawn), ImageFont.load_default(size)
    for n, line in enumerate(lines):
        pen.text((20, 20 + n * size * 1.4), line, font=font, fill="black")
    written = io.BytesIO()
    drawn.save(written, "PNG")
    return written.getvalue()


LOGO = picture(1200, 400, ("LINDENHOF GmbH",), 110)
RECEIPT = picture(
    640, 384, ("Cafe Central", "12.03.2025 14:22", "2 Coffee      7.00", "Total EUR    7.00", "VAT 19%  1.12"), 28
)


def showing(data: bytes, text: str = "see below") -> bytes:
    mail = letter(text, "hello", f'<p>{text}</p><img src="cid:one">')
    mail.get_payload()[1].add_related(data, "image", "png", cid="<one>", filename="image001.png")
    return mail.as_bytes()


async def test_a_logo_in_the_text_is_none_however_large(desk: MailDesk) -> None:
    assert "Nothing is due" in await desk.mail(showing(LOGO, "what is due?"))
    assert "no invoice in it" in await desk.mail(showing(LOGO))
    assert desk.bills() == []


async def test_a_logo_that_outlook_attached_is_none_beside_an_invoice(desk: MailDesk) -> None:
    mail = with_file(letter(), invoice_pdf(), "invoice.pdf", "application/pdf")
    heard = await desk.mail(with_file(mail, LOGO, "image001.png", "image/png").as_bytes())
    assert "image001" not in heard
    assert desk.bills() == [("Acme GmbH", "2024-117", 124950)]
    with desk.database.transaction() as session:
        assert [document.name for document in session.exec(select(Document)).all()] == ["invoice.pdf"]


async def test_a_receipt_in_the_text_is_a_document(desk: MailDesk) -> None:
    assert "Cafe Central" in await desk.mail(showing(RECEIPT))
    assert [total for _, _, total in desk.bills()] == [700]


async def test_a_mail_that_is_an_invoice_is_kept_as_pdf(desk: MailDesk) -> None:
    heard = await desk.mail(letter("", "Your invoice", INVOICE_HTML, "Globex <no-reply@example.com>").as_bytes())
    assert "Globex Cloud Ltd" in heard
    assert desk.bills() == [("Globex Cloud Ltd", "INV-2025-0042", 11900)]
    with desk.database.transaction() as session:
        (document,) = session.exec(select(Document)).all()
        assert (document.name, document.media_type) == ("Your invoice.pdf", "application/pdf")
        assert desk.store.fetch(document.sha256).startswith(b"%PDF")


async def test_a_forwarded_one_is_booked_as_the_words_above_it_say(desk: MailDesk) -> None:
    top = "<p>category travel</p><p>---------- Forwarded message ---------<br>From: Globex &lt;b@example.com&gt;</p>"
    heard = await desk.mail(letter("", "Fwd: Your invoice", top + INVOICE_HTML).as_bytes())
    assert "→ Travel" in heard
    assert desk.bills() == [("Globex Cloud Ltd", "INV-2025-0042", 11900)]


async def test_without_words_the_forwarded_invoice_is_no_order(desk: MailDesk) -> None:
    top = "<p>---------- Forwarded message ---------<br>From: Globex &lt;b@example.com&gt;</p>"
    heard = await desk.mail(letter("", "Fwd: Your invoice", top + INVOICE_HTML).as_bytes())
    assert heard.count("INV-2025-0042") == 1
    assert desk.bills() == [("Globex Cloud Ltd", "INV-2025-0042", 11900)]


async def test_the_same_invoice_as_pdf_and_xml_is_one_bill_with_both(desk: MailDesk) -> None:
    xml = ubl()
    number = xml.partition(b"<cbc:ID>")[2].partition(b"<")[0].decode()
    mail = with_file(letter(), xml, "invoice.xml", "application/xml")
    heard = await desk.mail(with_file(mail, invoice_pdf(number), "invoice.pdf", "application/pdf").as_bytes())
    assert heard.count(number) == 1
    assert [found for _, found, _ in desk.bills()] == [number]
    shown = await desk.say("show me the invoice of " + number)
    assert "invoice.pdf" in shown
    assert "invoice.xml" in shown


async def test_words_beside_a_document_are_a_message(desk: MailDesk) -> None:
    mail = with_file(
        letter("paid by card yesterday, category travel\n\nRegards\nAnna"), invoice_pdf(), "a.pdf", "application/pdf"
    )
    heard = await desk.mail(mail.as_bytes())
    assert "→ Travel" in heard
    assert "Book all that is open paid" in heard, "nobody proved to be Anna, so it is a button"
    proven = with_file(letter("paid by card yesterday"), invoice_pdf("8", "Globex Ltd"), "b.pdf", "application/pdf")
    assert "Paid €1,249.50 from Bank" in await desk.mail(proven.as_bytes(), proven=True)
    asking = with_file(letter("what is due?"), invoice_pdf("9", "Initech Ltd"), "c.pdf", "application/pdf")
    heard = await desk.mail(asking.as_bytes())
    assert "Invoice 9" in heard
    assert "is due" in heard


async def test_what_brings_no_document_says_why(desk: MailDesk) -> None:
    assert "encrypted" in await desk.mail(pgp())
    linked = letter("Your invoice: https://example.com/invoice/1", "Fwd: invoice").as_bytes()
    assert "open it and send me the PDF" in await desk.mail(linked)


async def test_dialogues_with_every_programs_quotes_and_signatures(desk: MailDesk) -> None:
    await desk.mail(with_file(letter(), invoice_pdf(), "a.pdf", "application/pdf").as_bytes())
    sent = [answer for answer in answers() if answer.said == "total is 1,294.50\nand number 77"]
    for n, answer in enumerate(sent[:: len(sent) // 25]):
        number = str(100 + n)
        text = answer.text.replace("number 77", f"number {number}")
        mail = letter(text, "Re: Acme", sender="Anna Gruber <anna.gruber@example.com>")
        heard = await desk.mail(mail.as_bytes(), proven=True, narrow=False, conversation="one@example.com")
        assert f"→ {number}" in heard, (answer.client, answer.signature, heard)
        assert desk.bills()[0][1] == number


def rows() -> list[object]:
    if not MAILS.exists():
        return [pytest.param("", marks=pytest.mark.skip(reason="the collection of mails is not here"))]
    found = [json.loads(line)["file"] for line in (MAILS / "truth.jsonl").read_text().splitlines()]
    return [pytest.param(file, id=file) for file in found]


@pytest.mark.parametrize("file", rows())
async def test_each_mail_of_the_collection_gives_documents_or_a_reason(
    desk: MailDesk, file: str, caplog: pytest.LogCaptureFixture
) -> None:
    raw = (MAILS / file).read_bytes()
    if file.endswith(".tnef"):
        raw = with_file(letter(), raw, "winmail.dat", "application/ms-tnef").as_bytes()
    try:
        heard = await desk.mail(raw)
    except BillifyError as refused:
        assert "cannot be answered" in str(refused)
        assert not parse(raw).sender
        return
    if heard:
        assert all(line.strip() for line in heard.split("\n")[:1])
    else:
        assert "Not taken in" in caplog.text, "silent"


def test_a_message_keeps_what_its_files_are_there_for() -> None:
    from handlers.messages import Attachment, from_json, to_json

    message = Message(
        "mail:1", "mail", "x", "a@b.c", NOW, attachments=(Attachment("a", role="shown"),), unread="linked"
    )
    assert from_json(Message, to_json(message)) == message
