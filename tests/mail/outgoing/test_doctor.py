"""`billify doctor` says what waits and what needs a hand, and its status tells scripts."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta

import pytest

from bot.application.app import open_app
from bot.console.doctor import doctor
from config.settings import Settings
from storage.messages import outbox
from storage.messages.outbox import Posting
from tests.fakes.servers.smtp_relay import Relay


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    monkeypatch.setenv("BILLIFY_MAIL_PORT", "0")
    before = os.umask(0o077)  # as every process of ours has it
    yield tmp_path
    os.umask(before)


async def examined(capsys, **settings):
    status = await doctor(Settings(**settings), as_json=True)
    return status, {finding["what"]: finding for finding in json.loads(capsys.readouterr().out)}


async def test_all_is_well(home, capsys):
    relay = Relay()
    async with relay.up():
        status, found = await examined(capsys, smtp_url=relay.url)
    assert status == 0 and all(finding["well"] for finding in found.values())
    assert found["Outbox"]["text"] == "nothing waits"


async def test_a_relay_that_is_away_and_what_waits_for_it_need_a_hand(home, capsys):
    async with open_app(Settings(), "test") as app:
        posting = Posting("mail:a#0", "mail", "a", "max@example.com", None, "Rechnung", "{}", "[]")
        long_ago = datetime.now(UTC) - timedelta(hours=2)
        await app.database.run(outbox.postpone, posting, reason="cannot be reached", away=True, now=long_ago)
    status, found = await examined(capsys, smtp_url=Relay().url)
    assert status == 1
    assert not found["Mail out"]["well"] and "BILLIFY_SMTP_URL" in found["Mail out"]["text"]
    assert not found["Outbox"]["well"]
    assert "mail to max@example.com, “Rechnung”" in found["Outbox"]["text"]


async def test_a_mailbox_that_refuses_us_needs_a_hand(home, capsys, dovecot):
    status, found = await examined(capsys, imap_url=dovecot.url("billify"))
    assert (status, found["Mail in"]["text"]) == (0, "the mailbox can be read")
    status, found = await examined(capsys, imap_url=dovecot.url("billify").replace("sesame", "guess"))
    assert status == 1 and "BILLIFY_IMAP_URL" in found["Mail in"]["text"]


async def test_documents_stored_with_another_key_need_a_hand(home, capsys):
    async with open_app(Settings(), "test") as app:
        sha256 = await app.documents.put(b"a page")

        def register(session):
            from storage.documents import document_register

            document_register.register(
                session,
                sha256=sha256,
                name="a.pdf",
                media_type="",
                sent_by=app.owner_id,
                message_key="k",
                now=datetime.now(UTC),
            )

        await app.database.run(register)
    status, found = await examined(capsys)
    assert status == 0, found
    status, found = await examined(capsys, document_key="ab" * 32)
    assert status == 1 and "document.key" in found["Documents"]["text"]
