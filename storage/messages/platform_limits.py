"""What platforms make us remember: pictures that a chat shows already, and what buttons say that are too long."""

from __future__ import annotations

import hashlib
from base64 import b32hexencode
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of
from storage.models import ButtonToken, ShownPicture

TOKEN_BYTES = 10
"""80 bits: no two buttons meet."""


def keep_button(session: Session, choice: str) -> str:
    """The token of a button, 16 letters and digits: the same one for the same button, and kept for good, as messages
    are."""
    token = b32hexencode(hashlib.sha256(choice.encode()).digest()[:TOKEN_BYTES]).decode().lower()
    acquire_lock(session, f"button:{token}")
    if session.get(ButtonToken, (company_of(session), token)) is None:
        session.add(ButtonToken(token=token, choice=choice))
        session.flush()
    return token


def button_of(session: Session, token: str) -> str | None:
    """What the button of a token says; None for none of ours."""
    found = session.get(ButtonToken, (company_of(session), token))
    return found.choice if found else None


def keep_picture(
    session: Session, *, channel: str, chat: str, sha256: str, sent_id: str, file_id: str, now: datetime
) -> None:
    """Notes which message of a chat shows a picture last."""
    acquire_lock(session, f"picture:{channel}:{chat}:{sha256}")
    place: dict[str, Any] = {"company_id": company_of(session), "channel": channel, "chat": chat, "sha256": sha256}
    session.merge(ShownPicture(**place, sent_id=sent_id, file_id=file_id, shown_at=now))
    session.flush()


def picture_in(session: Session, channel: str, chat: str, sha256: str) -> ShownPicture | None:
    """The message that shows a picture in a chat; None where none does."""
    return session.get(ShownPicture, (company_of(session), channel, chat, sha256))


def picture_anywhere(session: Session, channel: str, sha256: str) -> ShownPicture | None:
    """A message that shows the picture in any chat of a platform."""
    query = select(ShownPicture).where(ShownPicture.channel == channel, ShownPicture.sha256 == sha256)
    return session.exec(query.order_by(col(ShownPicture.shown_at).desc()).limit(1)).first()


def forget_pictures(session: Session, channel: str, sent_id: str) -> None:
    """Forgets what a message showed that is no longer there."""
    gone = delete(ShownPicture).where(col(ShownPicture.channel) == channel, col(ShownPicture.sent_id) == sent_id)
    session.exec(gone)
    session.flush()
