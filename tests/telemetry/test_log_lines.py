"""Lines of the log say which message, whose and how long, and nothing of what was said, sent or read."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from bot.application.app import open_app
from config import logging as our_logging
from config.log_context import about
from config.logging import OURS, JsonLines, RedactedRecord
from config.settings import Settings
from handlers.messages import Attachment, Message
from tests.fakes.books.desk import NOW
from tests.fakes.servers.ports import free_port, opened
from tests.telemetry.test_figures import running

CONTENT = (
    "Acme", "1,249.50", "1249.50", "2024-117", "acme-invoice", "Quittung", "Globex", "4711.23", "Kaffee", "Olga",
    "Mallory", "mallory@", "owner@localhost", "hotel.pdf", "secret subject", "DE89",
)  # fmt: skip


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that any logger of ours says, from DEBUG on, and every library from WARNING on, as it is collected."""
    before, stream = logging.getLogRecordFactory(), io.StringIO()
    logging.setLogRecordFactory(RedactedRecord)
    handler, root = logging.StreamHandler(stream), logging.getLogger()
    handler.setFormatter(JsonLines())
    root.addHandler(handler)
    levels = {name: logging.getLogger(name).level for name in OURS}
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield stream
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    root.removeHandler(handler)
    logging.setLogRecordFactory(before)


def parsed(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def a_mail(sender: str, *files: Path) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "billify@localhost", "secret subject of Globex 4711.23"
    mail["Message-ID"] = f"<{len(files)}.{hash(sender) % 1000}@example.com>"
    mail.set_content("Kaffee for Olga, DE89 3704 0044 0532 0130 00")
    for file in files:
        mail.add_attachment(file.read_bytes(), "application", "octet-stream", filename=file.name)
    return mail


def printed(file: Path) -> Path:
    """An invoice as a PDF with text."""
    canvas = Canvas(str(file))
    lines = ("Acme GmbH", "Invoice No. 2024-117", "Date: 2025-03-03", "Kaffee  1,050.00", "VAT 19 %  199.50")
    for number, line in enumerate((*lines, "Total EUR 1,249.50", "IBAN DE89 3704 0044 0532 0130 00")):
        canvas.drawString(72, 760 - 20 * number, line)
    canvas.save()
    return file


async def test_dialogues_leave_no_word_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: io.StringIO
) -> None:
    """Words, documents by a chat and by mail, a stranger's mail, a wrong password, a file that is none."""
    (home := tmp_path / "home").mkdir()
    monkeypatch.setenv("BILLIFY_HOME", str(home))
    invoice = printed(tmp_path / "acme-invoice.pdf")
    broken = tmp_path / "hotel.pdf"
    broken.write_bytes(b"%PDF-1.7 Globex 4711.23 " + b"\0" * 100)
    port = free_port()
    settings = Settings(web_port=free_port(), mail_port=port, owner_name="Olga")
    words = (
        "we owe Acme GmbH 1,249.50 EUR for invoice 2024-117", "total is 4711.23", "confirm", "what do we owe Globex?",
        "Kaffee von Olga, IBAN DE89 3704 0044 0532 0130 00", "undo",
    )  # fmt: skip
    async with open_app(settings, "sender") as sender, running(settings, "web", "worker"):
        await opened(port)
        put = sender.documents.put
        files = [
            Attachment(file.name, "application/pdf", sha256=await put(file.read_bytes())) for file in (invoice, broken)
        ]
        said = [*(("", (file,)) for file in files), *((text, ()) for text in words)]
        keys = []
        for number, (text, attachments) in enumerate(said):
            message = Message(
                key=f"terminal:log-{number}", channel="terminal", conversation="terminal", sender="owner",
                sender_name="Olga", text=text, attachments=attachments, sent_at=NOW,
            )  # fmt: skip
            await sender.jobs.accept(message)
            keys.append(message.key)

        def post() -> None:
            with smtplib.SMTP("127.0.0.1", port) as smtp:
                smtp.send_message(a_mail("owner@localhost", invoice, broken))
                smtp.send_message(a_mail("Mallory <mallory@example.com>", invoice))

        await asyncio.to_thread(post)
        for key in keys:
            assert await asyncio.wait_for(sender.jobs.replies(key), 120)
        async with asyncio.timeout(60):
            while '"mail", "company"' not in (text := lines.getvalue()) or text.count("message served") < len(said) + 1:
                await asyncio.sleep(0.2)
    found = parsed(lines)
    for line in found:
        told = json.dumps(line, ensure_ascii=False)
        assert not [word for word in CONTENT if word in told], told
    served = {line["key"]: line for line in found if line["event"] == "message served"}
    assert set(keys) < set(served)
    for line in served.values():
        assert line["seconds"] > 0 and line["company"] == 1 and line["person"] == 1 and line["outcome"] == "answered"
    assert {line["channel"] for line in served.values()} == {"terminal", "mail"}
    assert any(line["event"].startswith("In quarantine") for line in found), "the stranger's mail is told of"


def test_an_error_is_told_by_its_kind_and_place(lines: io.StringIO) -> None:
    log = logging.getLogger("bot.somewhere")
    with about(key="terminal:1", person=7):
        try:
            try:
                raise FileNotFoundError(2, "No such file or directory", "Acme.pdf")
            except OSError as error:
                raise ValueError("invalid amount: '1,249.50' of Acme") from error
        except ValueError as error:
            log.exception("it failed: %s", error)
    logging.getLogger("a.library").warning("Unhandled request (%s)", {"text": "Acme"})
    logging.getLogger("a.library").warning("Unhandled request of Acme")
    first, second, third = parsed(lines)
    assert (first["key"], first["person"], first["event"]) == ("terminal:1", 7, "it failed: ValueError")
    assert first["error"]["kind"] == "ValueError" and re.search(
        r"test_log_lines\.py:\d+ test_an", first["error"]["at"][-1]
    )
    assert first["error"]["cause"]["kind"] == "FileNotFoundError (No such file or directory)"
    assert second["event"] == "Unhandled request (%s)" and "left out" in third["event"]
    assert "Acme" not in lines.getvalue()


@pytest.mark.parametrize(("form", "terminal", "as_json"), [
    ("auto", True, False), ("auto", False, True), ("json", True, True), ("text", False, False),
])  # fmt: skip
def test_people_read_words_and_machines_json(
    form: Any, terminal: bool, as_json: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    stream, root = Stream(), logging.getLogger()
    handlers, level, factory = root.handlers[:], root.level, logging.getLogRecordFactory()
    levels = {name: logging.getLogger(name).level for name in OURS}
    monkeypatch.setattr("sys.stderr", stream)
    try:
        our_logging.set_up("INFO", form)
        logging.getLogger("bot.somewhere").info("a line")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.setLogRecordFactory(factory)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)
    assert stream.getvalue().startswith("{") == as_json and "a line" in stream.getvalue()
