"""Processes: what runs of Billify until it is stopped, and what it says on the way."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Literal

from rich.console import Console
from rich.markup import escape
from sqlmodel import Session

from bot.application.app import App, open_app
from bot.application.backups import back_up, thin_out
from bot.application.home import sweep
from bot.application.metrics_port import serve_figures
from bot.application.process_names import own_name
from bot.application.reader import reader_for
from bot.application.secret_files import signatures_live, signing_file
from bot.background.accounting.pushing import push_bills
from bot.background.audit_heads import note_audit_heads
from bot.background.backups import back_up_if_due, watch
from bot.background.clock import TICK_SECONDS, Regularly, run_schedule, tell_what_is_due
from bot.background.figures import shown
from bot.background.machine_watch import watch_reader
from bot.background.outbox import keep_trying
from bot.background.rounds import Rounds
from bot.background.tidying import clean_up, tidy_if_due
from bot.background.webhooks.sending import send_webhooks
from bot.channels.channel import Channel, ChannelMisconfigured, unwatched
from bot.channels.supervision import FIRST_PAUSE, in_a_line, supervised
from bot.channels.tls import Tls
from bot.processing.durable.patience import LONGEST_PAUSE, is_passing, patiently
from bot.telemetry.exposition import Exposition
from bot.telemetry.tracing import trace_to
from config.settings import Settings
from extraction.errors import ReaderDied
from extraction.process.reader import Reader
from handlers.errors import BillifyError
from handlers.mailbox.channel_faults import BACKUP
from handlers.mailbox.machine_troubles import READER
from storage.db.tenancy import FIRST, acting_for
from storage.models import Role as PersonRole
from storage.people import people
from storage.privacy.retention import Periods
from storage.sealing.signing_keys import drop_signing_keys

console = Console(stderr=True, highlight=False)

Role = Literal["web", "worker", "clock"]

LAST_SECONDS = 12.0
"""Beside those in which work may end: for requests to be answered, and connections closed."""

TIDY_SECONDS = 600.0
"""Between two looks whether the night's work was done."""


async def run_process(
    settings: Settings,
    process: str,
    roles: Sequence[Role],
    reader_of: Callable[[Settings], Reader] = reader_for,
) -> None:
    """Runs until Ctrl-C or SIGTERM: `web` listens on every channel, `worker` serves, `clock` does what is due.

    Told to stop it begins nothing any more, and is gone after `drain_seconds` and a few more; told twice, at once.
    """
    _end_when_told(settings.drain_seconds)
    console.print("Starting …")
    with own_name(settings, process) as name:
        await _run(partial(open_app, settings, name, reader_of), roles)


def _end_when_told(drain_seconds: float) -> None:
    main, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert main is not None

    def told() -> None:
        main.cancel()
        # A thread that waits for a database that is away would hold up the end; what it had in hand has a lease.
        watchdog = threading.Timer(drain_seconds + LAST_SECONDS, os._exit, (0,))
        watchdog.daemon = True
        watchdog.start()

    with suppress(NotImplementedError):  # Windows has no such handlers
        for each in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(each, told)


@asynccontextmanager
async def _opened(opening: Callable[[], AbstractAsyncContextManager[App]]) -> AsyncIterator[App]:
    """The parts, once there is a database: it may be started after us."""
    async with AsyncExitStack() as stack:
        pause = FIRST_PAUSE
        while True:
            try:
                app = await stack.enter_async_context(opening())
                break
            except Exception as error:
                if not is_passing(error):
                    raise
                console.print(
                    f"[yellow]No database yet, next try in {pause:.0f} s:[/yellow] {escape(in_a_line(error))}"
                )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        yield app


async def _run(opening: Callable[[], AbstractAsyncContextManager[App]], roles: Sequence[Role]) -> None:
    async with _opened(opening) as app:
        try:
            async with _seen_from_outside(app), asyncio.TaskGroup() as tasks:
                if "worker" in roles:
                    tasks.create_task(_serve(app))
                if "web" in roles:
                    for channel in app.channels.values():
                        tasks.create_task(_listen(app, channel))
                    with acting_for(FIRST):
                        await _announce(app)
                if "clock" in roles:
                    if roles == ("clock",):
                        console.print("Keeping time.")
                    tasks.create_task(_keep_time(app))
        except* ChannelMisconfigured as group:
            raise BillifyError(str(group.exceptions[0])) from None
        except* asyncio.CancelledError:
            console.print("Stopped.")


@asynccontextmanager
async def _seen_from_outside(app: App) -> AsyncIterator[None]:
    """Figures and spans, for as long as the process runs. What is wrong with them ends nothing, and is told."""
    settings, token = app.settings, app.settings.metrics_token.get_secret_value()
    end = trace_to(settings.traces_url, app.process) if settings.traces_url else lambda: None
    tls = Tls(settings.web_certificate, settings.web_certificate_key, settings.trusted_proxy)
    figures = partial(serve_figures, settings.metrics_host, settings.metrics_port, Exposition(token), tls)
    serving = supervised("figures", figures, app.health("figures")) if settings.metrics_port else asyncio.sleep(0)
    task = asyncio.create_task(serving)
    try:
        with shown(app.figures()):
            yield
    finally:
        task.cancel()
        await asyncio.wait({task})
        await asyncio.to_thread(end)


async def _listen(app: App, channel: Channel) -> None:
    """Listens on a channel, whatever goes wrong with it. Only the web chat ends the process where it cannot be opened:
    whoever started it reads why at once."""
    listen = partial(channel.listen, app.jobs.accept)
    await (listen() if channel.name == "web" else supervised(channel.name, listen, app.health(channel.name)))


async def _keep_time(app: App) -> None:
    """Tells people what they are to be told by themselves, and tidies up at night."""

    async def look(_now: datetime) -> datetime:
        _, following = await tell_what_is_due(app.database, app.jobs.accept, app.zone)
        return following

    rounds = Rounds(app.database, app.companies, look)

    async def every_minute() -> None:
        await rounds.make(datetime.now(UTC))

    async def every_night() -> None:
        home = app.settings.home
        await asyncio.to_thread(sweep, home)
        live = signatures_live(app.settings)
        if (signing := signing_file(home)).exists():  # not where the keys are configured
            await asyncio.to_thread(drop_signing_keys, signing, live, datetime.now(UTC))
        periods = _periods(app.settings)
        await note_audit_heads(app.database, app.companies, app.heads)
        await clean_up(app.database, app.documents, app.jobs, app.companies, datetime.now(UTC), periods)

    async def where_it_is_due() -> None:
        await tidy_if_due(app.database, every_night, datetime.now(UTC))

    await run_schedule(
        Regularly("notices", TICK_SECONDS, every_minute),
        Regularly("machine", TICK_SECONDS, app.watch().look),
        Regularly("tidying", TIDY_SECONDS, where_it_is_due, first=TICK_SECONDS),
        *(_backups(app) if app.settings.backup_url else ()),
    )


def _backups(app: App) -> tuple[Regularly, Regularly]:
    """Backups as their time comes, and beside them, whatever holds them up, a look at how old the last one is."""
    every, health = timedelta(hours=app.settings.backup_hours), app.health(BACKUP)

    async def where_due() -> None:
        make = partial(back_up, app.settings, app.database, app.documents)
        if await back_up_if_due(app.database, make, every, datetime.now(UTC)):
            await thin_out(app.settings, app.database)

    async def look() -> None:
        await watch(app.database, health, every, datetime.now(UTC))

    return (
        Regularly("backup", TIDY_SECONDS, where_due, first=TICK_SECONDS),
        Regularly("age of backups", TICK_SECONDS, look, first=2 * TICK_SECONDS),
    )


def _periods(settings: Settings) -> Periods:
    return Periods(settings.keep_books_years, settings.keep_other_days, settings.keep_chat_days)


async def _serve(app: App) -> None:
    """Serves messages, whatever goes wrong beside: each part is begun anew by itself."""
    parts: dict[str, Callable[[], Awaitable[object]]] = {
        "serving": app.serve,
        "the outbox": partial(keep_trying, app.database, app.delivery, app.companies),
        "webhooks": partial(send_webhooks, app.database, app.companies, app.settings.webhook_networks),
        "accounting software": partial(push_bills, app.database, app.companies, app.documents),
        "imports": app.importer().keep_importing,
        "loading": partial(_warm_up, app),
        "the reader's health": partial(watch_reader, app.reader, app.health(READER)),
    }
    await patiently("the queue", partial(asyncio.to_thread, app.jobs.forget_former_life))
    async with asyncio.TaskGroup() as tasks:
        for name, work in parts.items():
            tasks.create_task(supervised(name, work, unwatched(name), longest=LONGEST_PAUSE, passing=is_passing))


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


def _owners_link(session: Session, now: datetime) -> str:
    owner = next(person for person in people.everybody(session) if person.role is PersonRole.OWNER)
    return people.sign_in_link(session, owner.id, now=now, minutes=60)


async def sign_in_link(app: App) -> str:
    """A link that signs the company's owner in to the web chat, once, within the hour."""
    token = await app.database.run(_owners_link, datetime.now(UTC))
    return f"{app.settings.chat_url}/enter/{token}"


async def print_link(settings: Settings) -> None:
    """What `billify link` does."""
    async with open_app(settings, "link") as app:
        print(await sign_in_link(app))
