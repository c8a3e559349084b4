"""The log of chats that no platform keeps (web, terminal)."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, func, select

from storage.db.locks import acquire_lock
from storage.messages import own_keys
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
    """Adds a post, or replaces the one of the same key in its place. `message` or `reply` is JSON, the other None.

    Raises: KeyOfAnother where that one stands in another chat.
    """
    acquire_lock(session, f"post:{key}")
    written = Post(key=key, channel=channel, conversation=conversation, message=message, reply=reply, changed_at=now)
    if former := session.exec(select(Post).where(Post.key == key)).one_or_none():
        own_keys.check_own_post(former, channel, conversation)
        written.id = former.id
    session.merge(written)
    session.flush()


def read_posts(session: Session, channel: str, conversation: str, since: datetime | None = None) -> list[Post]:
    """Posts of a conversation in the order of their first writing; with `since`, those changed at or after it."""
    query = select(Post).where(Post.channel == channel, Post.conversation == conversation)
    if since is not None:
        query = query.where(Post.changed_at >= since)
    return list(session.exec(query.order_by(col(Post.id))).all())


def latest_posts(session: Session, channel: str, conversation: str, most: int) -> list[Post]:
    """The last posts of a conversation, in the order of their first writing."""
    query = select(Post).where(Post.channel == channel, Post.conversation == conversation)
    return list(session.exec(query.order_by(col(Post.id).desc()).limit(most)).all())[::-1]


def number_from(session: Session, channel: str, conversation: str, key: str) -> int:
    """How many posts a conversation has from the one of this key on; 0 where it is none of its."""
    here = (Post.channel == channel, Post.conversation == conversation)
    first = select(Post.id).where(*here, Post.key == key).scalar_subquery()
    return session.exec(select(func.count(col(Post.id))).where(*here, col(Post.id) >= first)).one()


def newest_change(session: Session, channel: str, conversation: str) -> datetime | None:
    """When any post of a conversation changed last; None where it has none."""
    query = select(func.max(Post.changed_at)).where(Post.channel == channel, Post.conversation == conversation)
    return session.exec(query).one()


def changes(session: Session, channel: str, since: datetime) -> list[tuple[str, str, datetime]]:
    """(conversation, key, time) of the posts of a channel that changed at or after `since`."""
    query = select(Post.conversation, Post.key, Post.changed_at).where(Post.changed_at >= since)
    return list(session.exec(query.where(Post.channel == channel)).all())
