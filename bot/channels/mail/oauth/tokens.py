"""The tokens that let us in: kept encrypted in the ledger's database, so that every process has them, and renewed."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidTag
from sqlmodel import Session

from bot.channels.mail.endpoint import Endpoint
from bot.channels.mail.oauth.services import OAuthService
from bot.channels.mail.oauth.token_endpoint import Denied, Granted, tokens
from handlers.mailbox.owner_notes import SIGN_IN_OVER
from storage.db.database import Database
from storage.mail import owner_notes
from storage.models import OAuthAccount
from storage.sealing.key_ring import KeyRing

log = logging.getLogger(__name__)

_EARLY = timedelta(minutes=5)
"""A token is renewed so long before it expires, since connections last."""


class SignInOver(Exception):
    """The service lets us in no more, or nobody ever signed in: a person has to."""


class AccessTokens:
    """Access tokens by the user (mail address) whose mailbox it is."""

    def __init__(self, database: Database, keys: KeyRing, services: Mapping[str, OAuthService]) -> None:
        """`services` are those that can be asked, by name."""
        self._database = database
        self._keys = keys
        self._services = services

    async def keep(self, user: str, service: str, granted: Granted) -> None:
        """Keeps what a sign-in gave, in place of what was kept for this user."""
        await self._database.run(self._write, user, service, granted, granted.refresh)

    async def authorized(self, server: Endpoint) -> Endpoint:
        """The server with a token where it has a user without a password. Raises: SignInOver; ServiceAway."""
        if server.user is None or server.password is not None or not self._services:
            return server
        return replace(server, token=await self.access(server.user))

    async def access(self, user: str) -> str:
        """A token that is good now. Raises: SignInOver, of which the owner is told once; ServiceAway."""
        account = await self._database.read(_find, user)
        service = self._services.get(account.provider) if account else None
        if account is None or service is None:
            raise SignInOver(f"nobody signed in as {user}: run “billify connect mail”")
        if account.refused:
            raise SignInOver(account.refused)
        held = self._open(account)
        if datetime.now(UTC) < account.expires_at - _EARLY:
            return held["access"]
        return await self._renewed(user, service, held["refresh"])

    async def _renewed(self, user: str, service: OAuthService, refresh: str) -> str:
        fields = {"grant_type": "refresh_token", "refresh_token": refresh, "client_id": service.client_id}
        if service.client_secret:
            fields["client_secret"] = service.client_secret
        if service.name == "microsoft":
            fields["scope"] = service.scope
        try:
            granted = await tokens(service.token_url, fields)
        except Denied as error:
            log.warning("%s lets us into a mailbox no more: %s", service.title, error)
            await self._database.run(_refuse, user, service.title, str(error))
            raise SignInOver(str(error)) from error
        await self._database.run(self._write, user, service.name, granted, granted.refresh or refresh)
        return granted.access

    def _write(self, session: Session, user: str, service: str, granted: Granted, refresh: str) -> None:
        body = json.dumps({"access": granted.access, "refresh": refresh}).encode()
        session.merge(
            OAuthAccount(
                user=user.lower(),
                provider=service,
                sealed=self._keys.seal(body, user.lower()),
                expires_at=datetime.now(UTC) + timedelta(seconds=granted.seconds),
                refused=None,
            )
        )
        session.flush()

    def _open(self, account: OAuthAccount) -> dict[str, str]:
        try:
            opened: dict[str, str] = json.loads(self._keys.open(account.sealed, account.user))
        except (InvalidTag, ValueError) as error:
            raise SignInOver("the kept sign-in cannot be opened: document.key is another one") from error
        return opened


def _find(session: Session, user: str) -> OAuthAccount | None:
    return session.get(OAuthAccount, user.lower())


def _refuse(session: Session, user: str, provider: str, reason: str) -> None:
    """Notes that a person has to sign in again, and tells the owner once for each sign-in that ended."""
    account = session.get(OAuthAccount, user.lower())
    if account is None:
        return
    account.refused = reason
    key = f"sign-in-over/{account.user}/{account.expires_at:%Y-%m-%dT%H:%M:%S}"
    values = {"provider": provider, "user": account.user, "reason": reason}
    owner_notes.note(session, key, SIGN_IN_OVER, values, now=datetime.now(UTC))
