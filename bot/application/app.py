"""The one composition root: builds every part from the settings, and closes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from zoneinfo import ZoneInfo

from tzlocal import get_localzone

from bot.application.mail_buttons import LedgerMailButtons
from bot.application.mail_options import mail_options
from bot.application.reader import reader_for
from bot.background.channel_health import Healths
from bot.background.heartbeat import first_heartbeat
from bot.channels.channel import Channel
from bot.channels.chatlog import LedgerChatLog
from bot.channels.mail.channel import Mail
from bot.channels.mail.intake.mailbox import MailboxOptions
from bot.channels.mail.marks.reply_tokens import ReplyTokens
from bot.channels.terminal import Terminal
from bot.channels.web.channel import Web
from bot.channels.web.sign_in_database import DatabaseSignIn
from bot.processing.conversation import Conversation
from bot.processing.delivery import Delivery
from bot.processing.jobs import Jobs, Steps
from config.settings import Settings
from extraction.process.reader import Reader
from handlers.errors import BillifyError
from handlers.understand.model.arguments import Asks
from storage.db.database import Database
from storage.documents.document_store import DocumentStore, load_or_create_key, load_or_create_secret
from storage.ledger import accounts
from storage.mail.quarantine import QuarantineLimits
from storage.messages.moved import move_room
from storage.migrations.upgrade import migrate
from storage.people import company, identities, people


@dataclass(frozen=True)
class App:
    """Every part of Billify, wired. `open_app` makes one; `bot.application.processes` brings it to life."""

    settings: Settings
    process: str
    database: Database
    documents: DocumentStore
    jobs: Jobs
    reader: Reader
    channels: dict[str, Channel]
    health: Healths
    delivery: Delivery
    conversation: Conversation
    owner_id: int
    zone: tzinfo

    def steps(self) -> Steps:
        """What the durable workflow does with a message."""
        return Steps(
            fetch=self.delivery.fetch,
            respond=self.conversation.respond,
            send=self.delivery.send,
            postpone=self.delivery.postpone,
            apologise=self.conversation.apologise,
        )

    async def start_serving(self) -> None:
        """Begins to serve messages; whoever calls this keeps the heart beating
        (`bot.background.heartbeat.keep_heartbeat`).
        """
        await first_heartbeat(self.database, self.process)
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
        health = Healths(database, process)
        channels = {channel.name: channel for channel in _channels(settings, database, documents, secret, health)}
        for channel in channels.values():
            stack.push_async_callback(channel.close)
        reader = reader_for(settings)
        stack.push_async_callback(reader.close)
        delivery = Delivery(database, documents, channels, health=health)
        stack.push_async_callback(delivery.close)
        zone = _zone(settings)
        conversation = Conversation(
            database, documents, reader, delivery.status, zone, settings.currency, ask=_model(settings)
        )
        yield App(
            settings,
            process,
            database,
            documents,
            jobs,
            reader,
            channels,
            health,
            delivery,
            conversation,
            owner_id,
            zone,
        )


def _prepare(settings: Settings, database: Database, jobs: Jobs) -> int:
    """Both databases ready, and somebody to use them; the owner's id."""
    migrate(database)
    jobs.prepare()
    identities = (("terminal", "owner"), ("terminal", settings.owner_name), ("mail", settings.owner_mail))
    with database.transaction() as session:
        accounts.ensure_chart(session)
        company.ensure_company(session, settings.company_name)
        company.describe(session, mail_address=settings.mail_address)
        owner = people.ensure_owner(session, settings.owner_name, identities, datetime.now(UTC))
        assert owner.id is not None
        return owner.id


def _channels(
    settings: Settings, database: Database, documents: DocumentStore, secret: bytes, health: Healths
) -> list[Channel]:
    """The channels that are configured; the terminal, the web chat and mail always are."""
    chat_log = LedgerChatLog(database)
    tokens = ReplyTokens(secret, settings.mail_address.rpartition("@")[2], settings.mail_proof_days)
    channels: list[Channel] = [
        Terminal(chat_log),
        Web(
            log=chat_log,
            files=documents,
            door=DatabaseSignIn(database),
            host=settings.web_host,
            port=settings.web_port,
            secret=secret,
            public_url=settings.web_url,
            buttons=LedgerMailButtons(database, tokens),
        ),
        Mail(
            database=database,
            files=documents,
            address=settings.mail_address,
            secret=secret,
            host=settings.mail_host,
            port=settings.mail_port,
            lmtp_port=settings.mail_lmtp_port,
            imap_url=settings.imap_url.get_secret_value(),
            smtp_url=settings.smtp_url.get_secret_value(),
            maildir=settings.home / "mail",
            mailbox=MailboxOptions(settings.imap_since, settings.imap_done_folder, settings.imap_done_keyword),
            limits=QuarantineLimits(
                mail_bytes=settings.quarantine_mail_mb * 1024 * 1024,
                mails=settings.quarantine_mails,
                total_bytes=settings.quarantine_mb * 1024 * 1024,
            ),
            answers_an_hour=settings.mail_answers_an_hour,
            options=mail_options(settings),
            health=health,
        ),
    ]
    # The platforms' libraries take a quarter of a second each to load, which whoever has no account there is spared.
    if token := settings.telegram_token.get_secret_value():
        from bot.channels.telegram.albums import LedgerAlbums
        from bot.channels.telegram.channel import Telegram
        from bot.channels.telegram.memory import LedgerMemory

        channels.append(
            Telegram(
                token=token,
                files=documents,
                api_url=settings.telegram_api_url,
                webhook_url=settings.telegram_webhook_url,
                webhook_port=settings.telegram_webhook_port,
                webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
                albums=LedgerAlbums(database),
                memory=LedgerMemory(database),
                known_as=partial(_note_account, database, "telegram"),
                mail_address="" if settings.mail_address.endswith("@localhost") else settings.mail_address,
                moved=partial(_move_room, database, "telegram"),
                health=health,
            )
        )
    if settings.slack_bot_token.get_secret_value() or settings.slack_client_id:
        from bot.application.slack_workspaces import slack

        channels.append(slack(settings, database, documents, secret, _zone(settings), health))
    return channels


async def _note_account(database: Database, channel: str, name: str) -> None:
    """Keeps what we are called on a platform, for links to us."""
    await database.run(identities.record_account, channel, name, datetime.now(UTC))


async def _move_room(database: Database, channel: str, old: str, new: str) -> None:
    """A group goes on under another id."""
    await database.run(move_room, channel, old, new)


def _model(settings: Settings) -> Asks | None:
    """Asks the language model for what the grammar does not know; None where none is configured."""
    if not settings.model_url:
        return None
    from bot.processing.language_model import LanguageModel  # its HTTP client takes a tenth of a second to load

    key = settings.model_key.get_secret_value()
    return LanguageModel(settings.model_url, settings.model_name, key, settings.model_seconds).ask


def _zone(settings: Settings) -> ZoneInfo:
    """The company's time zone, this machine's where none is set. Raises: BillifyError for an unknown name."""
    try:
        return ZoneInfo(settings.time_zone) if settings.time_zone else get_localzone()
    except (KeyError, ValueError, OSError):
        raise BillifyError(
            f"BILLIFY_TIME_ZONE: “{settings.time_zone}” is not a time zone, such as Europe/Berlin."
        ) from None
