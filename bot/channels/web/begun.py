"""A sign-in that was begun in a browser and is to come back: with a passkey, or from an identity provider.

The browser's signed cookie alone keeps it, as one secret and when it was made. What is sent out (a state, a nonce, a
challenge) is derived from the secret by its name, so that none of them tells another (HMAC-SHA-256, RFC 2104).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

LIFE = timedelta(minutes=10)
_BEGUN = "begun"


@dataclass(frozen=True)
class Begun:
    """`until` is how long it may take; aware UTC."""

    secret: str
    until: datetime

    def derived(self, name: str) -> bytes:
        """32 bytes that only we can tell, one value for each name."""
        return hmac.new(self.secret.encode(), name.encode(), hashlib.sha256).digest()

    def text(self, name: str) -> str:
        """The same in 43 signs of base64url."""
        return urlsafe_b64encode(self.derived(name)).rstrip(b"=").decode()


def begin(cookie: MutableMapping[str, Any], purpose: str, now: datetime) -> Begun:
    """Begins anew in this browser; what was begun there before comes back no more."""
    begun = Begun(secrets.token_urlsafe(32), now + LIFE)
    cookie[_BEGUN] = [purpose, begun.secret, begun.until.timestamp()]
    return begun


def take(cookie: MutableMapping[str, Any], purpose: str) -> Begun | None:
    """What was begun there for this, which the cookie forgets; None for nothing. Whether it came back before, and in
    time, is the ledger's to say (`storage.people.challenges`)."""
    match cookie.pop(_BEGUN, None):
        case [said, str(secret), float(until)] if said == purpose:
            return Begun(secret, datetime.fromtimestamp(until, UTC))
    return None
