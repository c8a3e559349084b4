"""What was sent together: its parts until all are there, and whether they are one document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from storage.db.locks import acquire_lock
from storage.models import Album, AlbumPart


def keep_part(session: Session, *, channel: str, album: str, key: str, message: str, now: datetime) -> None:
    """Keeps one part (JSON), once however often the platform brings it."""
    acquire_lock(session, f"album:{channel}:{album}")
    if session.get(AlbumPart, key) is None:
        session.add(AlbumPart(key=key, channel=channel, album=album, message=message, received_at=now))
        session.flush()


def parts_of(session: Session, channel: str, album: str) -> list[str]:
    """The parts (JSON) of an album that were not passed on yet, in the order in which they came."""
    query = select(AlbumPart.message).where(AlbumPart.channel == channel, AlbumPart.album == album)
    return list(session.exec(query.order_by(col(AlbumPart.received_at), col(AlbumPart.key))).all())


def waiting_albums(session: Session, channel: str) -> dict[str, datetime]:
    """The albums of which parts were not passed on yet, and when the last part came."""
    query = select(AlbumPart.album, func.max(AlbumPart.received_at)).where(AlbumPart.channel == channel)
    return dict(session.exec(query.group_by(AlbumPart.album)).all())


def drop_parts(session: Session, keys: Sequence[str]) -> None:
    """Forgets parts that were passed on as one message."""
    session.exec(delete(AlbumPart).where(col(AlbumPart.key).in_(keys)))
    session.flush()


def keep_album(session: Session, key: str, message: str, now: datetime) -> Album:
    """Keeps a message (JSON) of which it is asked whether its pictures are one document."""
    acquire_lock(session, f"album:{key}")
    query = select(Album).where(Album.key == key)
    found = session.exec(query).one_or_none() or Album(key=key, message=message, asked_at=now)
    session.add(found)
    session.flush()
    return found


def find_album(session: Session, album_id: int) -> Album | None:
    """A message that was asked about; None where there is none of that number."""
    return session.get(Album, album_id)
