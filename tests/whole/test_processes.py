"""The same code as several processes on PostgreSQL, as the Procfile starts them."""

from __future__ import annotations

import asyncio
import os
import smtplib
from contextlib import AsyncExitStack
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.application.process_names import own_name
from config.settings import Settings
from handlers.errors import BillifyError
from tests.fakes.servers.ports import free_port
from tests.whole.conftest import process

ROOT = Path(__file__).parents[2]


def test_the_procfile_names_commands_that_there_are() -> None:
    lines = (ROOT / "Procfile").read_text().splitlines()
    started = {name: command.split("billify ")[1] for name, _, command in (line.partition(": ") for line in lines)}
    assert started == {"release": "release", "web": "web", "worker": "worker", "clock": "clock"}


async def test_web_worker_and_clock_share_the_work(tmp_path: Path, samples: Path, postgres_url: str) -> None:
    mail_port, web_port = free_port(), free_port()
    environment = {
        **os.environ,
        "BILLIFY_HOME": str(tmp_path),
        "BILLIFY_DATABASE_URL": postgres_url,
        "BILLIFY_WEB_PORT": str(web_port),
        "BILLIFY_MAIL_PORT": str(mail_port),
    }
    async with AsyncExitStack() as stack:
        for role in ("web", "worker", "worker", "clock"):
            said = {"web": "Maildir", "worker": "Ready to read", "clock": "Keeping time"}[role]
            await stack.enter_async_context(process(role, environment=environment, until=said))
        assert await _asked(web_port, "/healthz") == 200
        assert await _asked(web_port, "/readyz") == 200
        await asyncio.to_thread(_send, mail_port, samples / "acme-invoice.pdf")
        async with asyncio.timeout(60):
            while not (answers := list((tmp_path / "mail" / "new").glob("*"))):
                await asyncio.sleep(0.1)
    assert "2024-117" in answers[0].read_text()


def test_any_number_of_processes_find_names_of_their_own(tmp_path: Path) -> None:
    """They keep them when they start again: what an earlier one of the name had in hand is theirs."""
    settings = Settings(home=tmp_path)
    with (
        own_name(settings, "worker") as first,
        own_name(settings, "worker") as second,
        own_name(settings, "web") as web,
    ):
        assert len({first, second, web}) == 3
    with own_name(settings, "worker") as again:
        assert again == first
    with own_name(Settings(home=tmp_path / "other", process="w9"), "worker") as told:
        assert told == "w9"
    with own_name(Settings(home=tmp_path / "other"), "worker") as elsewhere:
        assert elsewhere != first, "other machines have names of their own"


def test_everything_runs_once_in_a_home(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with own_name(settings, "all"), pytest.raises(BillifyError, match=r"runs already.*BILLIFY_PROCESS"):
        own_name(settings, "all").__enter__()


async def _asked(port: int, path: str) -> int:
    """By a load balancer, which knows the machine by its number alone."""
    address = f"http://127.0.0.1:{port}{path}"
    async with ClientSession() as session, session.get(address, headers={"Host": "10.0.0.7"}) as answer:
        return answer.status


def _send(port: int, file: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "owner@localhost", "billify@localhost", "An invoice"
    mail.set_content("")
    mail.add_attachment(file.read_bytes(), maintype="application", subtype="pdf", filename=file.name)
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.send_message(mail)
