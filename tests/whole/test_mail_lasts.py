"""Killed while answers wait and the relay is away: started again, each is delivered, once."""

from __future__ import annotations

import asyncio
import os
import smtplib
import sys
from contextlib import asynccontextmanager

from sqlalchemy.exc import OperationalError

from storage.db.database import Database
from storage.messages import outbox
from storage.models import OutboxState
from tests.fakes.servers.ports import free_port, opened
from tests.fakes.servers.smtp_relay import Relay

MAILS = 5


@asynccontextmanager
async def killed_at_the_end(environment):
    """`billify run`, which ends by SIGKILL."""
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.cli", "run", env=environment, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        await opened(int(environment["BILLIFY_MAIL_PORT"]))
        yield
    finally:
        started.kill()
        await started.wait()


def mail(port, n):
    with smtplib.SMTP("127.0.0.1", port) as server:
        server.sendmail(
            "owner@localhost",
            ["billify@localhost"],
            f"From: owner@localhost\r\nMessage-ID: <m{n}@localhost>\r\nSubject: Question {n}\r\n\r\nhelp\r\n".encode(),
        )


async def until(seen, seconds=60):
    async with asyncio.timeout(seconds):
        while not await seen():
            await asyncio.sleep(0.1)


async def test_answers_outlive_kill_9_and_an_absent_relay(tmp_path):
    relay, port = Relay(), free_port()
    environment = {
        **os.environ,
        "BILLIFY_HOME": str(tmp_path),
        "BILLIFY_WEB_PORT": str(free_port()),
        "BILLIFY_MAIL_PORT": str(port),
        "BILLIFY_SMTP_URL": relay.url,
    }
    database = Database(f"sqlite:///{tmp_path / 'ledger.db'}")

    async def states():
        try:
            return [item.state for item in await database.read(outbox.waiting)]
        except OperationalError:
            return []

    async def all_wait():
        return len(await states()) == MAILS

    async def all_left():
        return len(relay.left) >= MAILS

    async with killed_at_the_end(environment):
        for n in range(MAILS):
            await asyncio.to_thread(mail, port, n)
        await until(all_wait)
    assert await states() == [OutboxState.WAITING] * MAILS
    async with relay.up(), killed_at_the_end(environment):
        await asyncio.to_thread(mail, port, 0)  # a repeat, which is not answered again
        await asyncio.to_thread(mail, port, MAILS)
        await until(all_left, 120)

        async def nothing_waits():
            return await states() == []

        await until(nothing_waits)
    subjects = sorted(left.mail["Subject"] for left in relay.left)
    assert subjects == [f"Re: Question {n}" for n in range(MAILS + 1)]
    database.close()
