"""The ways by which messages are brought to `billify web`, each as its platform does: with a real client."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psutil
from aiohttp import ClientSession, CookieJar
from aiosmtplib import SMTP
from pydantic import SecretStr
from sqlmodel import Session

from bot.application.app import open_app
from bot.bench.ack.events import slack_line
from bot.bench.ack.slow_platform import BOT_TOKEN, SECRET
from config.settings import Settings
from storage.db.tenancy import FIRST, acting_for
from storage.people import people

CONVERSATIONS = 20
"""That are going on at once by each way."""

START_SECONDS = 120.0


@dataclass(frozen=True)
class Sender:
    """Brings the message of a number, and returns once it was said that it is kept. `channel` is where it comes in."""

    channel: str
    bring: Callable[[int], Awaitable[None]]

    async def __call__(self, number: int) -> None:
        await self.bring(number)


class Web:
    """`billify web` in a process of its own, with Slack's web hook, SMTP and the web chat open."""

    def __init__(self, home: Path, database: str, platform_url: str) -> None:
        """`database` is "" for SQLite; `platform_url` is where Slack's API is."""
        self.web_port, self.mail_port, self.slack_port = _free_port(), _free_port(), _free_port()
        self.codes: list[str] = []
        self._home, self._database = home, database
        self._environment = {
            **os.environ,
            "BILLIFY_HOME": str(home),
            "BILLIFY_DATABASE_URL": database,
            "BILLIFY_WEB_PORT": str(self.web_port),
            "BILLIFY_MAIL_PORT": str(self.mail_port),
            "BILLIFY_SLACK_PORT": str(self.slack_port),
            "BILLIFY_SLACK_BOT_TOKEN": BOT_TOKEN,
            "BILLIFY_SLACK_SIGNING_SECRET": SECRET,
            "BILLIFY_SLACK_API_URL": f"{platform_url}/api/",
            "COLUMNS": "400",
        }

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Web]:
        """Once all three are open; SIGTERM at the end."""
        self.codes = await self._invite()
        with (self._home / "web.log").open("wb") as log:
            command = (sys.executable, "-m", "bot.cli", "web")
            started = await asyncio.create_subprocess_exec(*command, env=self._environment, stdout=log, stderr=log)
        self._process = psutil.Process(started.pid)
        try:
            async with asyncio.timeout(START_SECONDS):
                for port in (self.web_port, self.mail_port, self.slack_port):
                    await _opened(port)
            yield self
        finally:
            started.terminate()
            await started.wait()

    def processor_seconds(self) -> float:
        """What it used so far, with the processes that it started."""
        family = [self._process, *self._process.children(recursive=True)]
        return float(sum(times.user + times.system for times in (one.cpu_times() for one in family)))

    async def _invite(self) -> list[str]:
        """Codes by which so many people come in as there are conversations."""
        settings = Settings(home=self._home, database_url=SecretStr(self._database), mail_port=0)
        async with open_app(settings, "bench") as app:

            def invited(session: Session) -> list[str]:
                now = datetime.now(UTC)
                names = (f"Person {number}" for number in range(CONVERSATIONS))
                return [people.invite(session, name, invited_by=app.owner_id, now=now) for name in names]

            with acting_for(FIRST):
                return await app.database.run(invited)


def senders(web: Web) -> dict[str, AbstractAsyncContextManager[list[Sender]]]:
    """So many for each way, by its name."""
    return {"web hook": _by_hook(web), "SMTP": _by_smtp(web), "web chat": _by_page(web)}


@asynccontextmanager
async def _by_hook(web: Web) -> AsyncIterator[list[Sender]]:
    url = f"http://127.0.0.1:{web.slack_port}/slack/events"
    async with ClientSession() as session:

        def to(conversation: int) -> Sender:
            async def bring(number: int) -> None:
                body, headers = slack_line(number, f"D{conversation}")
                async with session.post(url, data=body, headers=headers) as answer:
                    answer.raise_for_status()

            return Sender("slack", bring)

        yield [to(conversation) for conversation in range(CONVERSATIONS)]


@asynccontextmanager
async def _by_smtp(web: Web) -> AsyncIterator[list[Sender]]:
    async with AsyncExitStack() as stack:

        async def connected() -> Sender:
            client = await stack.enter_async_context(SMTP(hostname="127.0.0.1", port=web.mail_port, start_tls=False))

            async def bring(number: int) -> None:
                mail = (
                    "From: owner@localhost\r\nTo: billify@localhost\r\nSubject: Question\r\n"
                    f"Message-ID: <bench-{number:06}@localhost>\r\n\r\nwhat is due?\r\n"
                )
                await client.sendmail("owner@localhost", ["billify@localhost"], mail.encode())

            return Sender("mail", bring)

        yield [await connected() for _ in range(CONVERSATIONS)]


@asynccontextmanager
async def _by_page(web: Web) -> AsyncIterator[list[Sender]]:
    """People who are signed in, each in a browser."""
    address = f"http://127.0.0.1:{web.web_port}"
    async with AsyncExitStack() as stack:

        async def signed_in(code: str) -> Sender:
            jar = CookieJar(unsafe=True)  # takes cookies of plain IP addresses
            session = await stack.enter_async_context(
                ClientSession(address, cookie_jar=jar, headers={"Origin": address})
            )
            async with session.post("/enter", data={"token": code}) as answer:
                answer.raise_for_status()

            async def bring(number: int) -> None:
                form = {"id": _uuid(number), "text": "what is due?"}
                async with session.post("/messages", data=form) as answer:
                    answer.raise_for_status()

            return Sender("web", bring)

        yield [await signed_in(code) for code in web.codes]


def _uuid(number: int) -> str:
    return str(UUID(f"{number:032d}"))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


async def _opened(port: int) -> None:
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
