"""The one composition root: builds every part from the settings, and closes it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial
from importlib.metadata import version
from pathlib import Path

from bot.application.backups import HEADS, documents_place, heads_place
from bot.application.configured_channels import configured_channels, zone_of
from bot.application.home import close_to_others, expect_restored, sweep
from bot.application.reader import reader_for
from bot.application.secret_files import secrets_of
from bot.background.channel_health import Healths
from bot.background.figures import Figures
from bot.background.imports import Importer
from bot.background.machine_watch import MachineWatch
from bot.channels.channel import Channel
from bot.processing.companies import Companies
from bot.processing.conversation import Conversation
from bot.processing.delivery import Delivery
from bot.processing.durable.workflow import Steps
from bot.processing.jobs import Jobs
from bot.telemetry.metrics import count_errors
from config.settings import Settings
from extraction.process.reader import Reader
from handlers.errors import BillifyError
from handlers.understand.model.arguments import Asks
from storage.backup.runs import latest_whole
from storage.db.database import Database
from storage.db.tenancy import FIRST, acting_for
from storage.documents.document_store import DocumentStore
from storage.errors import NewerDatabase
from storage.ledger import accounts
from storage.migrations.upgrade import ends_others, migrate
from storage.people import company, identities, people
from storage.sealing.columns import seal_columns
from storage.sealing.key_ring import KeyRing
from storage.trail.heads import Heads


@dataclass(frozen=True)
class App:
    """Every part of Billify, wired. `open_app` makes one; `bot.application.processes` brings it to life."""

    settings: Settings
    process: str
    database: Database
    keys: KeyRing
    heads: Heads
    documents: DocumentStore
    jobs: Jobs
    reader: Reader
    channels: dict[str, Channel]
    health: Healths
    delivery: Delivery
    conversation: Conversation
    companies: Companies
    owner_id: int
    zone: tzinfo

    def steps(self) -> Steps:
        """What the durable workflow does with a message."""
        return Steps(
            fetch=self.companies.served(self.delivery.fetch),
            respond=self.companies.served(self.conversation.respond),
            send=self.companies.served(self.delivery.send),
            postpone=self.companies.served(self.delivery.postpone),
            apologise=self.conversation.apologise,
        )

    async def serve(self) -> None:
        """Serves messages until cancelled; then what is in work has some seconds to end."""
        await self.jobs.serve(self.steps(), self.settings.drain_seconds)

    def figures(self) -> Figures:
        """What is told of the installation to whoever looks."""
        running, certificates = version("billify"), certificates_of(self.settings)
        home, backup = self.settings.home, partial(_last_backup, self.database)
        return Figures(self.database, self.jobs, self.reader, home, running, certificates, backup)

    def watch(self) -> MachineWatch:
        """What looks after the machine."""
        return MachineWatch(self.database, self.jobs, self.settings.home, certificates_of(self.settings))

    def importer(self) -> Importer:
        """What imports long statements, beside everything else."""
        return Importer(
            self.database, self.documents, self.reader, self.jobs.accept, self.delivery.status, self.companies
        )


@asynccontextmanager
async def open_app(
    settings: Settings, process: str, reader_of: Callable[[Settings], Reader] = reader_for
) -> AsyncIterator[App]:
    """Builds every part; the databases are brought up to date, and the owner exists. Closes all at the end.

    `reader_of` makes the reader of documents.
    """
    async with AsyncExitStack() as stack:
        expect_restored(settings.home)
        await asyncio.to_thread(close_to_others, settings.home)
        await asyncio.to_thread(sweep, settings.home)
        secret, keys = secrets_of(settings)
        database = Database(settings.ledger_url)
        seal_columns(database.engine, keys)
        count_errors(database.engine, "ledger")
        stack.callback(database.close)
        companies = Companies(database)
        jobs = Jobs(settings.work_url, process, keys)
        stack.callback(jobs.close)
        owner_id = await asyncio.to_thread(_prepare, settings, database, jobs)
        documents = DocumentStore(documents_place(settings), keys)
        health = Healths(database, process)
        channels = {
            channel.name: channel
            for channel in configured_channels(settings, database, documents, (secret, keys), health, companies, jobs)
        }
        for channel in channels.values():
            stack.push_async_callback(channel.close)
        reader = reader_of(settings)
        stack.push_async_callback(reader.close)
        delivery = Delivery(database, documents, channels, health=health)
        stack.push_async_callback(delivery.close)
        zone = zone_of(settings)
        conversation = Conversation(
            database, documents, reader, delivery.status, zone, settings.currency, ask=_model(settings)
        )
        yield App(
            settings,
            process,
            database,
            keys,
            Heads(settings.home / HEADS, keys, heads_place(settings)),
            documents,
            jobs,
            reader,
            channels,
            health,
            delivery,
            conversation,
            companies,
            owner_id,
            zone,
        )


def _last_backup(database: Database) -> datetime | None:
    """When the latest backup that is whole was begun."""
    with database.reading() as session:
        last = latest_whole(session)
        return last.begun_at if last else None


def _prepare(settings: Settings, database: Database, jobs: Jobs) -> int:
    """Both databases ready, and somebody to use them; the owner's id. Raises: BillifyError where another version of
    Billify works on them that cannot go on beside this one."""
    try:
        _expect_no_earlier_version(settings.ledger_url, jobs.serving)
        migrate(database)
    except NewerDatabase as error:
        raise BillifyError(str(error)) from None
    jobs.prepare()
    ways = (("terminal", "owner"), ("terminal", settings.owner_name), ("mail", settings.owner_mail))
    with acting_for(FIRST), database.transaction() as session:
        accounts.ensure_chart(session)
        company.ensure_company(session, settings.company_name)
        company.describe(session, mail_address=settings.mail_address)
        identities.record_account(session, "web", settings.chat_url, datetime.now(UTC))
        owner = people.ensure_owner(session, settings.owner_name, ways, datetime.now(UTC))
        assert owner.id is not None
        return owner.id


def _expect_no_earlier_version(url: str, serving: Callable[[], Sequence[str]]) -> None:
    """Raises: BillifyError where bringing the ledger up to date would end processes that serve now."""
    if (ending := ends_others(url)) and (others := serving()):
        raise BillifyError(
            f"An earlier version of Billify serves here ({', '.join(others)}), and cannot go on once the books are "
            f"brought up to date ({', '.join(step.revision for step in ending)}). Stop all its processes first; what "
            "they have in work is handed over. Then start this version."
        )


def certificates_of(settings: Settings) -> dict[str, Path]:
    """The certificates that are served with, by what for."""
    known = {"web": settings.web_certificate, "mail": settings.mail_certificate}
    return {use: file for use, file in known.items() if file}


def _model(settings: Settings) -> Asks | None:
    """Asks the language model for what the grammar does not know; None where none is configured."""
    if not settings.model_url:
        return None
    from bot.processing.language_model import LanguageModel  # its HTTP client takes a tenth of a second to load

    key = settings.model_key.get_secret_value()
    return LanguageModel(settings.model_url, settings.model_name, key, settings.model_seconds).ask
