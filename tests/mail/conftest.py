"""Mails as people write them, and swaks, a mail program that is not ours."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from storage.db.database import Database
from tests.fakes.platforms.mail_channel import ADDRESS, Office, vouched
from tests.fakes.servers.dovecot import dovecot  # noqa: F401 - a fixture
from tests.fakes.servers.programs import needed


@pytest.fixture
def ledger(tmp_path: Path, blank_sqlite: Path) -> Iterator[Database]:
    """A ledger in a file, of the kind that every laptop has."""
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    yield database
    database.close()


@pytest.fixture
def office(tmp_path: Path, ledger: Database) -> Office:
    return Office(tmp_path, ledger)


@pytest.fixture
def write() -> Callable[..., EmailMessage]:
    """Writes a mail from Anna, as her company's mail server hands it on, which vouches for who wrote it; `headers` are
    added or replace hers, an empty one takes hers away."""

    def written(text: str = "", pdf: bytes | None = None, **headers: str) -> EmailMessage:
        mail = EmailMessage()
        known = {"From": "Anna Gruber <anna@example.com>", "To": ADDRESS, "Message-ID": "<one@example.com>"}
        sender = headers.get("From", known["From"])
        known = {"Authentication-Results": vouched(sender)} | known
        for name, value in (known | {name.replace("_", "-"): value for name, value in headers.items()}).items():
            if value:
                mail[name] = value
        mail.set_content(text)
        if pdf is not None:
            mail.add_attachment(pdf, maintype="application", subtype="pdf", filename="Rechnung 117.pdf")
        return mail

    return written


@pytest.fixture
def swaks() -> Callable[..., object]:
    """Runs swaks with these options against a port of ours. Skips where it is not installed, except in CI."""
    program = needed("swaks", "swaks")

    async def run(port: int, *options: str) -> subprocess.CompletedProcess[str]:
        command = [program, "--server", "127.0.0.1", "--port", str(port), "--from", "anna@example.com", *options]
        return await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, timeout=60)

    return run
