"""`billify webhook`, and a webhook whose address asks to wait."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.background.retry_after import waited
from bot.background.webhooks.outgoing import Outgoing
from bot.background.webhooks.sending import Sender
from bot.processing.companies import Companies
from tests.fakes.books.programs import Api, Receiver

NOW = datetime(2025, 3, 21, 12, tzinfo=UTC)


def _billify(home: Path, *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "webhook", *arguments],
        env={**os.environ, "BILLIFY_HOME": str(home)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_webhooks_are_made_listed_and_ended(tmp_path: Path) -> None:
    """Each command is a process, so it takes some seconds."""
    status, secret, errors = _billify(tmp_path, "create", "https://example.com/hook?key=1", "--type", "bill.paid")
    assert status == 0 and secret.startswith("whsec_") and len(secret.split()) == 1, errors
    _, listed, _ = _billify(tmp_path, "list")
    assert "1  https://example.com/…" in listed and "active" in listed and "bill.paid" in listed and "key" not in listed
    _, renewed, _ = _billify(tmp_path, "rotate", "1")
    assert renewed.startswith("whsec_") and renewed != secret
    assert _billify(tmp_path, "delete", "1")[0] == 0 and _billify(tmp_path, "list")[1] == ""
    status, _, errors = _billify(tmp_path, "pause", "1")
    assert status == 1 and "billify webhook list" in errors and "Traceback" not in errors
    status, _, errors = _billify(tmp_path, "create", "http://example.com")
    assert status == 1 and "HTTPS" in errors


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Fri, 21 Mar 2025 12:05:00 GMT", 300),
        ("Fri, 21 Mar 2025 11:00:00 GMT", 0),
        ("99999999999999999999", 86400),
        ("-5", 0),
        ("١٢", 0),
        ("soon", 0),
        ("", 0),
    ],
)
def test_retry_after_is_read_as_the_standard_has_it(said: str, seconds: int) -> None:
    assert waited(said, NOW) == timedelta(seconds=seconds)


async def test_an_address_that_asks_to_wait_is_left_alone(
    api: Api, client: httpx.AsyncClient, receiver: Receiver
) -> None:
    await client.post("/webhooks", json={"url": receiver.url, "types": ["bill.confirmed", "payment.booked"]})
    receiver.answer, receiver.headers = lambda _: 429, {"Retry-After": "3600"}
    async with Outgoing(["127.0.0.0/8"]) as outgoing:
        sender = Sender(api.desk.database, Companies(api.desk.database), outgoing, lambda: api.desk.now)
        await client.post("/bills/2/confirm")
        assert await sender.send_due() == 1
        await client.post("/bills/1/pay")
        receiver.answer = lambda _: 204
        api.desk.now += timedelta(minutes=50)
        await sender.send_due()
        assert "bill.confirmed" not in receiver.taken
        api.desk.now += timedelta(minutes=11)
        await sender.send_due()
        assert "bill.confirmed" in receiver.taken and "payment.booked" in receiver.taken
