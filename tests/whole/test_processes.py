"""The same code as several processes on PostgreSQL, as the Procfile starts them."""

from __future__ import annotations

import asyncio
import os
import smtplib
from contextlib import AsyncExitStack
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.fakes.servers.ports import free_port
from tests.whole.conftest import process

ROOT = Path(__file__).parents[2]


def test_the_procfile_names_commands_that_there_are() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    started = {name: command.split("billify ")[1] for name, _, command in (line.partition(": ") for line in lines)}
    assert started == {"release": "release", "web": "web", "worker": "worker", "clock": "clock"}


async def test_web_worker_and_clock_share_the_work(tmp_path: Path, samples: Path, postgres_url: str) -> None:
    mail_port = free_port()
    environment = {
        **os.environ,
        "BILLIFY_HOME": str(tmp_path),
        "BILLIFY_DATABASE_URL": postgres_url,
        "BILLIFY_WEB_PORT": str(free_port()),
        "BILLIFY_MAIL_PORT": str(mail_port),
    }
    async with AsyncExitStack() as stack:
        for number, role in enumerate(("web", "worker", "worker", "clock")):
            own = environment | {"BILLIFY_PROCESS": f"{role}.{number}"}
            said = {"web": "Maildir", "worker": "Ready to read", "clock": "Keeping time"}[role]
            await stack.enter_async_context(process(role, environment=own, until=said))
        await asyncio.to_thread(_send, mail_port, samples / "acme-invoice.pdf")
        async with asyncio.timeout(60):
            while not (answers := list((tmp_path / "mail" / "new").glob("*"))):
                await asyncio.sleep(0.1)
    assert "2024-117" in answers[0].read_text()


async def test_a_second_one_in_the_same_home_is_refused(tmp_path: Path) -> None:
    environment = {**os.environ, "BILLIFY_HOME": str(tmp_path), "COLUMNS": "400"}
    async with process("clock", environment=environment, until="Keeping time"):
        with pytest.raises(AssertionError, match=r"runs already.*BILLIFY_PROCESS"):
            async with process("clock", environment=environment, until="Keeping time"):
                pass
        async with process("clock", environment=environment | {"BILLIFY_PROCESS": "c2"}, until="Keeping time"):
            pass


def _send(port: int, file: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "owner@localhost", "billify@localhost", "An invoice"
    mail.set_content("")
    mail.add_attachment(file.read_bytes(), maintype="application", subtype="pdf", filename=file.name)
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(mail)
