"""The keys of an installation: those that sign, and the ring that seals."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from pathlib import Path

from bot.channels.web.security import SESSION_DAYS
from config.settings import Settings
from storage.errors import NoBackup
from storage.mail.quarantine import KEPT_FOR
from storage.sealing.key_ring import KeyRing, key_ring
from storage.sealing.signing_keys import SigningKeys, signing_keys

_FORMER = (b"billify slack installations", b"billify mail oauth tokens")
"""What keys were derived for from the signing one, before there was a ring: what they sealed can be opened still."""


def secrets_of(settings: Settings) -> tuple[SigningKeys, KeyRing]:
    """The keys that sign cookies and mails, and the ring that seals all that is kept. Raises: BadKey."""
    given = settings.secret_key.get_secret_value()
    signing = signing_keys(signing_file(settings.home), signatures_live(settings), configured=given)
    former = [hmac.new(each.key, purpose, hashlib.sha256).digest() for each in signing.known() for purpose in _FORMER]
    configured = settings.document_key.get_secret_value()
    return signing, key_ring(ring_file(settings.home), configured=configured, former=former)


def signatures_live(settings: Settings) -> timedelta:
    """For how long at most anything counts that was signed: cookies, marks in mails, what stands on a mail that waits
    in quarantine."""
    return max(timedelta(days=SESSION_DAYS), timedelta(days=settings.mail_proof_days), KEPT_FOR)


def backup_keys(settings: Settings, *, make: bool) -> KeyRing:
    """The ring that seals backups: the configured keys, else those of a file, which is made at first need if `make`.

    Raises: BadKey; NoBackup where there is none and none is made.
    """
    configured, file = settings.backup_key.get_secret_value(), backup_key_file(settings.home)
    if not configured and not make and not file.exists():
        raise NoBackup(
            "Backups are sealed, and their key is not here: set BILLIFY_BACKUP_KEY to what `billify backup --key` "
            f"printed where they were made, or put the file backup.key into {settings.home}."
        )
    return key_ring(file, configured=configured)


def backup_key_file(home: Path) -> Path:
    """Where the key of backups is, unless it is configured."""
    return home / "backup.key"


def ring_file(home: Path) -> Path:
    """Where the keys are that seal, unless they are configured."""
    return home / "document.key"


def signing_file(home: Path) -> Path:
    """Where the keys are that sign, unless they are configured."""
    return home / "secret.key"
