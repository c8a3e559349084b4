"""Billify as a newcomer has it: `billify run` in a process of its own, with a home of its own."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from extraction.samples import write_samples
from tests.fakes.browser import browser as browser  # fixtures
from tests.fakes.dovecot import dovecot as dovecot
from tests.fakes.ports import free_port

COMMAND = (sys.executable, "-m", "bot.cli")


@dataclass(frozen=True)
class Running:
    """A Billify that runs. `link` signs in to its web chat, once."""

    home: Path
    link: str
    mail_port: int
    environment: dict[str, str]
    process: asyncio.subprocess.Process

    async def call(self, *arguments: str) -> str:
        """What another `billify …` prints in the same home. Fails unless it ends with status 0."""
        called = await asyncio.create_subprocess_exec(
            *COMMAND, *arguments, env=self.environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        out, err = await asyncio.wait_for(called.communicate(), timeout=120)
        assert called.returncode == 0, err.decode()
        return out.decode()


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the project's own invoices and receipts."""
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder, today=date(2025, 3, 21))
    return folder / "files"


@asynccontextmanager
async def running(home: Path, **settings: str) -> AsyncIterator[Running]:
    """`billify run`, ended by Ctrl-C at the end of the block, which it must take well."""
    mail_port = free_port()
    environment = {
        **os.environ,
        "BILLIFY_HOME": str(home),
        "BILLIFY_WEB_PORT": str(free_port()),
        "BILLIFY_MAIL_PORT": str(mail_port),
        "COLUMNS": "400",
        **settings,
    }
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "run", env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    said = ""
    async with asyncio.timeout(120):
        while "Ready to read" not in said:
            line = await process.stderr.readline()
            assert line, f"it ended: {said}"
            said += line.decode()
    link = re.search(r"http://\S+/enter/\S+", said)
    assert link, said
    draining = asyncio.create_task(process.stderr.read())
    try:
        yield Running(home, link[0], mail_port, environment, process)
    finally:
        process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), timeout=20)
        rest = (await draining).decode()
    assert "Traceback" not in said + rest, rest
    assert process.returncode in (0, 130), rest
