"""Signatures of Standard Webhooks (https://www.standardwebhooks.com, “Signature scheme”, symmetric)."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime

from storage.people.access.webhooks import PREFIX


def signed(secrets: Sequence[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers by which a receiver knows that the body is from us, of now, and this message: a signature for each of
    the secrets ("whsec_…"). `at` is when this try is made."""
    timestamp = str(int(at.timestamp()))
    content = f"{message_id}.{timestamp}.".encode() + body
    signatures = (hmac.digest(b64decode(each.removeprefix(PREFIX)), content, "sha256") for each in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{b64encode(each).decode()}" for each in signatures),
    }
