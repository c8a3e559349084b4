"""Processes: what runs of Billify until it is stopped, and what it says on the way."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from typing import Literal

from filelock import FileLock, Timeout
from rich.console import Console
from rich.markup import escape

from bot.application.app import App, open_app
from bot.background.clock import accept_due_notices, run_schedule
from bot.background.heartbeat import clean_up, keep_heartbeat
from bot.background.outbox import keep_trying
from bot.channels.channel import Channel, ChannelMisconfigured
from bot.channels.supervision import supervised
from config.settings import Settings
from extraction.errors import ReaderDied
from handlers.errors import BillifyError
from storage.people import people

console = Console(stderr=True, highlight=False)

Role = Literal["web", "worker", "clock"]


async def run_process(settings: Settings, process: str, roles: Sequence[Role]) -> None:
    """Runs until Ctrl-C or SIGTERM: `web` listens on every channel, `worker` serves, `clock` does what is due."""
    main = asyncio.current_task()
    assert main is not None
    with suppress(NotImplementedError):  # Windows has no such handlers
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, main.cancel)
    console.print("Starting …")
    name = settings.process or process
    with _alone(settings, name):
        await _run(settings, name, roles)


@contextmanager
def _alone(settings: Settings, name: str) -> Iterator[None]:
    """Keeps others from running under this name: two of them would take each other's work for left behind.

    Raises: BillifyError when one does.
    """
    lock = FileLock(settings.home / f"{name}.lock", blocking=False)
    try:
        lock.acquire()
    except Timeout:
        raise BillifyError(
            f"Billify runs already in {settings.home} as “{name}”. Stop it first, or set BILLIFY_PROCESS to another "
            "name to run a further process."
        ) from None
    try:
        yield
    finally:
        lock.release()


async def _run(settings: Settings, name: str, roles: Sequence[Role]) -> None:
    async with open_app(settings, name) as app:
        try:
            async with asyncio.TaskGroup() as tasks:
                if "worker" in roles:
                    tasks.create_task(_serve(app))
                if "web" in roles:
                    for channel in app.channels.values():
                        tasks.create_task(_listen(app, channel))
                    await _announce(app)
                if "clock" in roles:
                    if roles == ("clock",):
                        console.print("Keeping time.")
                    tasks.create_task(_keep_time(app))
        except* ChannelMisconfigured as group:
            raise BillifyError(str(group.exceptions[0])) from None
        except* asyncio.CancelledError:
            console.print("Stopped.")


async def _listen(app: App, channel: Channel) -> None:
    """Listens on a channel, whatever goes wrong with it. Only the web chat ends the process where it cannot be opened:
    whoever started it reads why at once."""
    listen = partial(channel.listen, app.jobs.accept)
    await (listen() if channel.name == "web" else supervised(channel.name, listen, app.health(channel.name)))


async def _keep_time(app: App) -> None:
    """Tells people what they are to be told by themselves, and tidies up at night."""

    async def every_minute() -> None:
        await accept_due_notices(app.database, app.jobs.accept, app.zone)

    async def every_night() -> None:
        await clean_up(app.database, app.documents, app.jobs, datetime.now(UTC))

    await run_schedule(every_minute, every_night)


async def _serve(app: App) -> None:
    """Serves messages, and lets others know that somebody does."""
    await app.start_serving()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(keep_heartbeat(app.database, app.jobs, app.process))
        tasks.create_task(keep_trying(app.database, app.delivery))
        tasks.create_task(_warm_up(app))


async def _warm_up(app: App) -> None:
    console.print("Loading the models that read documents …")
    begun = time.monotonic()
    try:
        await app.reader.warm_up()
    except ReaderDied as error:  # the rest works without; whoever sends a document is told
        console.print(f"[yellow]Documents cannot be read:[/yellow] {escape(str(error))}")
    else:
        console.print(f"Ready to read ({time.monotonic() - begun:.0f} s).")


async def _announce(app: App) -> None:
    """Prints where to open the chat and where to send mail."""
    settings = app.settings
    console.print(f"\n  [bold]Chat[/bold]  {await sign_in_link(app)}")
    console.print("        opens once; [bold]billify link[/bold] prints another")
    if settings.mail_port:
        console.print(
            f"  [bold]Mail[/bold]  {settings.mail_address} at {settings.mail_host}:{settings.mail_port} (SMTP)"
        )
        console.print(f"        send from {settings.owner_mail}", end="")
        if not settings.smtp_url.get_secret_value():
            console.print(f"; answers lie in {settings.home / 'mail'} (Maildir)", end="")
        console.print("\n")


async def sign_in_link(app: App) -> str:
    """A link that signs the owner in to the web chat, once, within the hour."""
    token = await app.database.run(people.sign_in_link, app.owner_id, now=datetime.now(UTC), minutes=60)
    return f"{app.settings.chat_url}/enter/{token}"


async def print_link(settings: Settings) -> None:
    """What `billify link` does."""
    async with open_app(settings, "link") as app:
        print(await sign_in_link(app))


async def release(settings: Settings) -> None:
    """What `billify release` does."""
    async with open_app(settings, "release"):
        console.print("The databases are up to date.")
