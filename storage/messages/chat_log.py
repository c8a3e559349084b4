"""The log of chats that no platform keeps (web, terminal)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from storage.db.locks import acquire_lock
from storage.models import Post


def write_post(
    session: Session,
    *,
    key: str,
    channel: str,
    conversation: str,
    message: str | None,
    reply: str | None,
    now: datetime,
) -> None:
    """Adds a post, or replaces the one of the same key in its place. `message` or `reply` is JSON, the other None."""
    acquire_lock(session, f"post:{key}")
    written = Post(key=key, channel=channel, conversation=conversation, message=message, reply=reply, changed_at=now)
    if former := session.exec(select(Post).where(Post.key == key)).one_or_none():
        written.id = former.id
    session.merge(written)
    session.flush()


def read_posts(session: Session, channel: str, conversation: str, since: datetime | None = None) -> list[Post]:
    """Posts of a conversation in the order of their first writing; with `since`, those changed at or after it."""
    query = select(Post).where(Post.channel == channel, Post.conversation == conversation)
    if since is not None:
        query = query.where(Post.changed_at >= since)
    return list(session.exec(query.order_by(col(Post.id))).all())
