"""How far the folders of IMAP mailboxes were read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, select

from storage.db.locks import acquire_lock
from storage.models import MailboxFolder


def folder(session: Session, account: str, name: str) -> MailboxFolder | None:
    """How far the folder of an account ("user@host:port") was read; None before the first time."""
    query = select(MailboxFolder).where(MailboxFolder.account == account, MailboxFolder.folder == name)
    return session.exec(query).one_or_none()


def begin(
    session: Session,
    account: str,
    name: str,
    *,
    uid_validity: int,
    next_uid: int,
    newest: datetime | None,
    left: Sequence[int],
    since: date | None,
    now: datetime,
) -> MailboxFolder:
    """Notes where reading begins: with the mails of UIDs `left` (from `since` on) and `next_uid`. A folder that is
    known stays as it is."""
    acquire_lock(session, f"mailbox:{account}/{name}")
    known = folder(session, account, name)
    if known is None:
        known = MailboxFolder(
            account=account,
            folder=name,
            uid_validity=uid_validity,
            next_uid=next_uid,
            newest=newest,
            left=sorted(left),
            since=since,
            first_seen_at=now,
            read_at=now,
        )
        session.add(known)
        session.flush()
    return known


def renumber(
    session: Session, account: str, name: str, *, uid_validity: int, next_uid: int, left: Sequence[int], now: datetime
) -> None:
    """The server numbers the folder's mails anew (another UIDVALIDITY): those in `left` are to be looked at."""
    _set(session, account, name, next_uid, left, now).uid_validity = uid_validity
    session.flush()


def advance(session: Session, account: str, name: str, *, next_uid: int, left: Sequence[int], now: datetime) -> None:
    """All mails below `next_uid` are done, except those in `left`."""
    _set(session, account, name, next_uid, left, now)
    session.flush()


def ask_for_older(
    session: Session, account: str, name: str, *, since: date, left: Sequence[int], now: datetime
) -> None:
    """Mails from the day `since` on are asked for as well: those in `left` are to be looked at."""
    known = folder(session, account, name)
    assert known is not None, "reading begins with `begin`"
    _set(session, account, name, known.next_uid, [*known.left, *left], now).since = since
    session.flush()


def folders(session: Session) -> list[MailboxFolder]:
    """All folders that were ever read."""
    return list(session.exec(select(MailboxFolder)).all())


def _set(session: Session, account: str, name: str, next_uid: int, left: Sequence[int], now: datetime) -> MailboxFolder:
    acquire_lock(session, f"mailbox:{account}/{name}")
    known = folder(session, account, name)
    assert known is not None, "reading begins with `begin`"
    known.next_uid, known.left, known.read_at = next_uid, sorted(set(left)), now
    return known
