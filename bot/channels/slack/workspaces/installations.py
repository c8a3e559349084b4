"""The workspaces that installed the app by OAuth: their tokens, encrypted in the ledger's database, for every process.

https://docs.slack.dev/authentication/installing-with-oauth. Bolt runs the flow (/slack/install, /slack/oauth_redirect)
and asks here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidTag
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from sqlmodel import Session, col, delete

from storage.db.database import Database
from storage.models import SlackInstallation, SlackInstallState
from storage.sealing.key_ring import KeyRing

STATE_MINUTES = 10
"""For how long somebody may look at Slack's page of consent."""

log = logging.getLogger(__name__)


class Installations(AsyncInstallationStore):
    """Bot tokens by where the app is installed: a workspace, or an organisation of Enterprise Grid.

    `configured` is the installation of the token in the settings, which is known without any flow; None for none.
    """

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._database = database
        self._keys = keys
        self.configured: Bot | None = None

    @property
    def logger(self) -> logging.Logger:
        """Asked for by `AsyncInstallationStore`."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keeps what an installation gave, in place of what was kept for the same workspace."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """The same, also of a token that was renewed."""
        await self._database.run(self._write, bot)

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """The installation that an event is for: of the workspace, else of its organisation."""
        for workspace in (None if is_enterprise_install else team_id, enterprise_id):
            if workspace and (found := await self.find(workspace)):
                return found
        return None

    async def find(self, workspace: str) -> Bot | None:
        """The installation in a workspace or organisation; None where there is none any more."""
        if self.configured and workspace in (self.configured.team_id, self.configured.enterprise_id):
            return self.configured
        row = await self._database.read(lambda session: session.get(SlackInstallation, workspace))
        return self._open(row) if row else None

    async def async_find_installation(self, **_: Any) -> Installation | None:
        """None: only bots are installed."""
        return None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forgets the tokens of a workspace that took them back."""
        workspace = team_id or enterprise_id
        await self._database.run(_forget, workspace or "")

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """Nothing: no tokens of people are kept."""

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forgets a workspace that removed the app."""
        await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    def _write(self, session: Session, bot: Bot) -> None:
        workspace = (bot.enterprise_id if bot.is_enterprise_install else bot.team_id) or ""
        sealed = self._keys.seal(json.dumps(_kept(bot)).encode(), workspace)
        session.merge(SlackInstallation(workspace=workspace, sealed=sealed, installed_at=datetime.now(UTC)))
        session.flush()

    def _open(self, row: SlackInstallation) -> Bot | None:
        try:
            return Bot(**json.loads(self._keys.open(row.sealed, row.workspace)))
        except (InvalidTag, ValueError):
            log.error(
                "The installation in %s cannot be opened: the document key is another one. Install it anew.",
                row.workspace,
            )
            return None


class InstallStates(AsyncOAuthStateStore):
    """What ties the answer of Slack's page of consent to whoever asked for it (RFC 6749, 10.12): good once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def logger(self) -> logging.Logger:
        """Asked for by `AsyncOAuthStateStore`."""
        return log

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A state that nobody can guess."""
        state = secrets.token_urlsafe(32)
        await self._database.run(_issue, state, datetime.now(UTC) + timedelta(minutes=STATE_MINUTES))
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether we gave it, lately, and nobody used it."""
        return await self._database.run(_consume, state, datetime.now(UTC))


def _kept(bot: Bot) -> dict[str, Any]:
    return {
        name: getattr(bot, name)
        for name in (
            "app_id", "enterprise_id", "enterprise_name", "team_id", "team_name", "bot_token", "bot_id", "bot_user_id",
            "bot_scopes", "bot_refresh_token", "bot_token_expires_at", "is_enterprise_install", "installed_at",
        )
    }  # fmt: skip


def _forget(session: Session, workspace: str) -> None:
    session.exec(delete(SlackInstallation).where(col(SlackInstallation.workspace) == workspace))
    session.flush()


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _issue(session: Session, state: str, until: datetime) -> None:
    session.exec(delete(SlackInstallState).where(col(SlackInstallState.expires_at) < datetime.now(UTC)))
    session.add(SlackInstallState(state_sha256=_hash(state), expires_at=until))
    session.flush()


def _consume(session: Session, state: str, now: datetime) -> bool:
    found = session.get(SlackInstallState, _hash(state))
    if found is None:
        return False
    session.delete(found)
    session.flush()
    return found.expires_at > now
