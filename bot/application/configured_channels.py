"""The channels that are configured, each with what it needs."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import select
from tzlocal import get_localzone

from bot.api.app import Api
from bot.api.channel import Programs
from bot.api.work import Work
from bot.application.mail_buttons import LedgerMailButtons
from bot.application.mail_options import mail_options
from bot.application.web_entrance import web_entrance
from bot.background.channel_health import Healths
from bot.channels.channel import Channel
from bot.channels.chatlog import LedgerChatLog
from bot.channels.mail.channel import Mail
from bot.channels.mail.intake.mailbox import MailboxOptions
from bot.channels.mail.marks.reply_tokens import ReplyTokens
from bot.channels.terminal import Terminal
from bot.channels.tls import Tls
from bot.channels.web.channel import Web
from bot.pages.site import Site
from bot.processing.companies import Companies
from bot.processing.jobs import Jobs
from bot.processing.situation import Office
from bot.telemetry.exposition import Exposition
from config.settings import Settings
from extraction.process.page_drawer import PageDrawer
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.documents.document_store import DocumentStore
from storage.mail import quarantine
from storage.mail.quarantine import QuarantineLimits
from storage.messages.moved import move_room
from storage.people import identities
from storage.sealing.key_ring import KeyRing
from storage.sealing.signing_keys import SigningKeys


def configured_channels(
    settings: Settings,
    database: Database,
    documents: DocumentStore,
    secrets: tuple[SigningKeys, KeyRing],
    health: Healths,
    companies: Companies,
    jobs: Jobs,
) -> list[Channel]:
    """The channels that are configured; the terminal, programs, the web chat and mail always are."""
    secret, keys = secrets
    chat_log = LedgerChatLog(database)
    tokens = ReplyTokens(secret, settings.mail_address.rpartition("@")[2], settings.mail_proof_days)
    tls = Tls(settings.web_certificate, settings.web_certificate_key, settings.trusted_proxy)
    office = Office(documents, zone_of(settings), settings.currency, elsewhere=companies.others)
    channels: list[Channel] = [
        Terminal(chat_log),
        Programs(),
        Web(
            log=chat_log,
            files=documents,
            host=settings.web_host,
            port=settings.web_port,
            secret=secret,
            public_url=settings.web_url,
            buttons=LedgerMailButtons(database, tokens, companies.of),
            tls=tls,
            **web_entrance(settings, database, companies, zone_of(settings)),
            ready=partial(_ready, database, jobs),
            exposition=Exposition(settings.metrics_token.get_secret_value()),
            api=Api(Work(database, documents, office), settings.api_calls_a_minute),
            pages=Site(database, documents, office, PageDrawer()),
        ),
        Mail(
            database=database,
            files=documents,
            address=settings.mail_address,
            secret=secret,
            keys=keys,
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
            whose=companies.of,
            to_look_at=partial(_mails_decided_about, companies),
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
                tls=tls,
                webhook_secret=settings.telegram_webhook_secret.get_secret_value(),
                albums=LedgerAlbums(database),
                memory=LedgerMemory(database),
                known_as=partial(_note_account, database, "telegram"),
                mail_address="" if settings.mail_address.endswith("@localhost") else settings.mail_address,
                moved=partial(_move_room, database, companies, "telegram"),
                health=health,
                whose=companies.of,
            )
        )
    if settings.slack_bot_token.get_secret_value() or settings.slack_client_id:
        from bot.application.slack_workspaces import slack

        channels.append(slack(settings, database, documents, keys, zone_of(settings), health, companies, tls))
    return channels


async def _ready(database: Database, jobs: Jobs) -> None:
    """Asks both databases for a word. Raises: DBAPIError."""
    await database.read(lambda session: session.connection().execute(select(1)))
    await asyncio.to_thread(jobs.ping)


async def _mails_decided_about(companies: Companies, since: datetime | None) -> Collection[int]:
    """The companies in which somebody let mails in that wait."""
    return await companies.where(partial(quarantine.companies_to_look_at, since=since))


async def _note_account(database: Database, channel: str, name: str) -> None:
    """Keeps what we are called on a platform, for links to us."""
    await database.run(identities.record_account, channel, name, datetime.now(UTC))


async def _move_room(database: Database, companies: Companies, channel: str, old: str, new: str) -> None:
    """A group goes on under another id."""
    for each in await companies.each():
        with acting_for(each):
            await database.run(move_room, channel, old, new)


def zone_of(settings: Settings) -> ZoneInfo:
    """The company's time zone, this machine's where none is set."""
    return ZoneInfo(settings.time_zone) if settings.time_zone else get_localzone()
