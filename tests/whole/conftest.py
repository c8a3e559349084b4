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
from tests.fakes.platforms.browser import browser as browser  # fixtures
from tests.fakes.servers.dovecot import dovecot as dovecot
from tests.fakes.servers.ports import free_port

COMMAND = (sys.executable, "-m", "bot.cli")


@dataclass(frozen=True)
class Running:
    """A Billify that runs. `link` signs in to its web chat, once."""

    home: Path
    link: str
    mail_port: int
    environment: dict[str, str]

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


def _hears_ctrl_c() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would whatever the tests start there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@asynccontextmanager
async def process(*arguments: str, environment: dict[str, str], until: str) -> AsyncIterator[str]:
    """`billify …`, once it has said `until`; Ctrl-C at the end of the block, which it must take well.

    Yields what it said so far.
    """
    started = await asyncio.create_subprocess_exec(
        *COMMAND,
        *arguments,
        env=environment,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        preexec_fn=_hears_ctrl_c,
    )
    assert started.stderr is not None
    said = ""
    async with asyncio.timeout(120):
        while until not in said:
            line = await started.stderr.readline()
            assert line, f"it ended: {said}"
            said += line.decode()
    draining = asyncio.create_task(started.stderr.read())
    try:
        yield said
    finally:
        started.send_signal(signal.SIGINT)
        await asyncio.wait_for(started.wait(), timeout=20)
        rest = (await draining).decode()
    assert "Traceback" not in said + rest, rest
    assert started.returncode == 0, rest


@asynccontextmanager
async def running(home: Path, **settings: str) -> AsyncIterator[Running]:
    """`billify run`, ready to read."""
    mail_port = free_port()
    environment = {
        **os.environ,
        "BILLIFY_HOME": str(home),
        "BILLIFY_WEB_PORT": str(free_port()),
        "BILLIFY_MAIL_PORT": str(mail_port),
        "COLUMNS": "400",
        **settings,
    }
    async with process("run", environment=environment, until="Ready to read") as said:
        link = re.search(r"http://\S+/enter/\S+", said)
        assert link, said
        yield Running(home, link[0], mail_port, environment)
