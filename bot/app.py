"""The one composition root: builds every part from the settings, starts and stops it."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from rich.console import Console
from tzlocal import get_localzone

from bot.channels.channel import Channel, ChannelMisconfigured
from bot.channels.chatlog import LedgerChatLog
from bot.channels.mail.channel import Mail
from bot.channels.slack.channel import Slack
from bot.channels.telegram.channel import Telegram
from bot.channels.terminal import Terminal
from bot.channels.web.channel import Web
from bot.conversation import Conversation
from bot.delivery import Delivery
from bot.documents import reader_for
from bot.door import LedgerDoor
from bot.housekeeping import beat, keep_house, show_alive
from bot.jobs import Jobs, Steps
from config.settings import Settings
from extraction.process import Reader
from handlers.errors import BillifyError
from storage import accounts, people
from storage.database import Database
from storage.documents import DocumentStore, load_or_create_key, load_or_create_secret

log = logging.getLogger(__name__)
console = Console(stderr=True, highlight=False)

Role = Literal["web", "worker", "clock"]


@dataclass(frozen=True)
class App:
    """Every part of Billify, wired. `open_app` makes one; `run_process` brings it to life."""

    settings: Settings
    process: str
    database: Database
    documents: DocumentStore
    jobs: Jobs
    reader: Reader
    channels: dict[str, Channel]
    delivery: Delivery
    conversation: Conversation
    owner_id: int

    def steps(self) -> Steps:
        """What the durable workflow does with a message."""
        return Steps(
            fetch=self.delivery.fetch,
            respond=self.conversation.respond,
            send=self.delivery.send,
            apologise=self.conversation.apologise,
        )

    async def start_serving(self) -> None:
        """Begins to serve messages; whoever calls this keeps the heart beating (`bot.housekeeping.beat`)."""
        await show_alive(self.database, self.process)
        self.jobs.start(self.steps())


@asynccontextmanager
async def open_app(settings: Settings, process: str) -> AsyncIterator[App]:
    """Builds every part; the databases are brought up to date, and the owner exists. Closes all at the end."""
    async with AsyncExitStack() as stack:
        database = Database(settings.ledger_url)
        stack.callback(database.close)
        jobs = Jobs(settings.work_url, process)
        stack.callback(jobs.close)
        owner_id = await asyncio.to_thread(_prepare, settings, database, jobs)
        secret = load_or_create_secret(settings.home / "secret.key")
        key = settings.document_key.get_secret_value()
        documents = DocumentStore(
            settings.home / "documents", load_or_create_key(settings.home / "document.key", configured=key)
        )
        channels = {channel.name: channel for channel in _channels(settings, database, documents, secret)}
        for channel in channels.values():
            stack.push_async_callback(channel.close)
        reader = reader_for(settings)
        stack.push_async_callback(reader.close)
        delivery = Delivery(database, documents, channels)
        conversation = Conversation(database, documents, reader, delivery.status, _zone(settings), settings.currency)
        yield App(settings, process, database, documents, jobs, reader, channels, delivery, conversation, owner_id)


def _prepare(settings: Settings, database: Database, jobs: Jobs) -> int:
    """Both databases ready, and somebody to use them; the owner's id."""
    database.migrate()
    jobs.prepare()
    identities = (("terminal", "owner"), ("terminal", settings.owner_name), ("mail", settings.owner_mail))
    with database.transaction() as session:
        accounts.ensure_chart(session)
        owner = people.ensure_owner(session, settings.owner_name, identities, datetime.now(UTC))
        assert owner.id is not None
        return owner.id


def _channels(settings: Settings, database: Database, documents: DocumentStore, secret: bytes) -> list[Channel]:
    """The channels that are configured; the terminal, the web chat and mail always are."""
    chat_log = LedgerChatLog(database)
    channels: list[Channel] = [
        Terminal(chat_log),
        Web(
            log=chat_log,
            files=documents,
            door=LedgerDoor(database),
            host=settings.web_host,
            port=settings.web_port,
            secret=secret,
            public_url=settings.web_url,
        ),
        Mail(
            files=documents,
            address=settings.mail_address,
            secret=secret,
            host=settings.mail_host,
            port=settings.mail_port,
            lmtp_port=settings.mail_lmtp_port,
            imap_url=settings.imap_url.get_secret_value(),
            smtp_url=settings.smtp_url.get_secret_value(),
            maildir=settings.home / "mail",
        ),
    ]
    if token := settings.telegram_token.get_secret_value():
        channels.append(
            Telegram(
                token=token,
                files=documents,
                api_url=settings.telegram_api_url,
                webhook_url=settings.telegram_webhook_url,
                webhook_port=settings.telegram_webhook_port,
                webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
            )
        )
    if token := settings.slack_bot_token.get_secret_value():
        channels.append(
            Slack(
                bot_token=token,
                files=documents,
                app_token=settings.slack_app_token.get_secret_value(),
                signing_secret=settings.slack_signing_secret.get_secret_value(),
                api_url=settings.slack_api_url,
                port=settings.slack_port,
            )
        )
    return channels


def _zone(settings: Settings) -> ZoneInfo:
    """The company's time zone, this machine's where none is set. Raises: BillifyError for an unknown name."""
    try:
        return ZoneInfo(settings.time_zone) if settings.time_zone else get_localzone()
    except (KeyError, ValueError, OSError):
        raise BillifyError(
            f"BILLIFY_TIME_ZONE: “{settings.time_zone}” is not a time zone, such as Europe/Berlin."
        ) from None


async def run_process(settings: Settings, process: str, roles: Sequence[Role]) -> None:
    """Runs until Ctrl-C or SIGTERM: `web` listens on every channel, `worker` serves, `clock` does what is due."""
    main = asyncio.current_task()
    assert main is not None
    with suppress(NotImplementedError):  # Windows has no such handlers
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, main.cancel)
    console.print("Starting …")
    async with open_app(settings, settings.process or process) as app:
        try:
            async with asyncio.TaskGroup() as tasks:
                if "worker" in roles:
                    tasks.create_task(_serve(app))
                if "web" in roles:
                    for channel in app.channels.values():
                        tasks.create_task(channel.listen(app.jobs.accept))
                    await _announce(app)
                if "clock" in roles:
                    if roles == ("clock",):
                        console.print("Keeping time.")
                    tasks.create_task(keep_house(app.database, app.documents, app.jobs))
        except* ChannelMisconfigured as group:
            raise BillifyError(str(group.exceptions[0])) from None
        except* asyncio.CancelledError:
            console.print("Stopped.")


async def _serve(app: App) -> None:
    """Serves messages, and lets others know that somebody does."""
    await app.start_serving()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(beat(app.database, app.jobs, app.process))
        tasks.create_task(_warm_up(app))


async def _warm_up(app: App) -> None:
    console.print("Loading the models that read documents …")
    begun = time.monotonic()
    await app.reader.warm_up()
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
