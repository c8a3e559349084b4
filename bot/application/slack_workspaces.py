"""Slack as the settings say: its desk over the ledger, and the workspaces that install it."""

from __future__ import annotations

from datetime import tzinfo

from bot.channels.channel import HealthOf
from bot.channels.slack import Slack
from bot.channels.slack.workspaces.clients import OAuth
from bot.channels.slack.workspaces.installations import Installations, InstallStates
from bot.channels.tls import Tls
from bot.processing.companies import Companies
from bot.processing.forms.desk import LedgerDesk
from bot.processing.situation import Office
from config.settings import Settings
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.sealing.key_ring import KeyRing


def slack(
    settings: Settings,
    database: Database,
    documents: DocumentStore,
    keys: KeyRing,
    zone: tzinfo,
    health: HealthOf,
    companies: Companies,
    tls: Tls,
) -> Slack:
    """The channel; `keys` seal the tokens of workspaces."""
    oauth = OAuth(
        settings.slack_client_id,
        settings.slack_client_secret.get_secret_value(),
        Installations(database, keys),
        InstallStates(database),
    )
    return Slack(
        files=documents,
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        api_url=settings.slack_api_url,
        port=settings.slack_port,
        desk=LedgerDesk("slack", database, Office(documents, zone, settings.currency), companies),
        health=health,
        whose=companies.of,
        tls=tls,
        oauth=oauth if settings.slack_client_id else None,
    )
