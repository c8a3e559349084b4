"""Sign-ins that were begun and come back once: by a passkey, or from a company's identity provider.

What was begun lies in the browser's signed cookie; here is only what came back already, for all processes together.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlmodel import Session, col, delete

from storage.db.locks import acquire_lock
from storage.models import SpentChallenge


def spend(session: Session, secret: str, *, now: datetime, until: datetime) -> bool:
    """Uses what was begun with this secret; False where it was used before. `until` is when it is too old anyway."""
    sha256 = hashlib.sha256(secret.encode()).hexdigest()
    acquire_lock(session, f"challenge:{sha256}")
    session.exec(delete(SpentChallenge).where(col(SpentChallenge.expires_at) <= now))
    if until <= now or session.get(SpentChallenge, sha256) is not None:
        return False
    session.add(SpentChallenge(sha256=sha256, expires_at=until))
    session.flush()
    return True
