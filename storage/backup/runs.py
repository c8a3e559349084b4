"""What became of the backups that were tried."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, select

from storage.backup.manifest import Manifest
from storage.models import BackupRun

LONGEST_REASON = 500


def begin(session: Session, now: datetime) -> int:
    """One is made from now on; the number of the attempt."""
    run = BackupRun(begun_at=now)
    session.add(run)
    session.flush()
    return run.id


def succeed(session: Session, run_id: int, made: Manifest, now: datetime) -> None:
    """It is whole."""
    if (run := session.get(BackupRun, run_id)) is not None:
        run.ended_at, run.name = now, made.id
        run.rows, run.files, run.left_out = made.rows, made.files, len(made.left_out)
        session.flush()


def fail(session: Session, run_id: int, reason: str, now: datetime) -> None:
    """It failed."""
    if (run := session.get(BackupRun, run_id)) is not None:
        run.ended_at, run.fault = now, reason[:LONGEST_REASON]
        session.flush()


def blame(session: Session, reason: str) -> None:
    """The backup that was made last is whole, but something about it has to be mended."""
    if (run := latest(session)) is not None:
        run.fault = reason[:LONGEST_REASON]
        session.flush()


def latest(session: Session) -> BackupRun | None:
    """The attempt that ended last, well or not; None where none did."""
    ended = select(BackupRun).where(col(BackupRun.ended_at).is_not(None))
    return session.exec(ended.order_by(col(BackupRun.id).desc())).first()


def latest_whole(session: Session) -> BackupRun | None:
    """The latest backup that is whole."""
    whole = select(BackupRun).where(col(BackupRun.name).is_not(None))
    return session.exec(whole.order_by(col(BackupRun.begun_at).desc())).first()


def first_begun(session: Session) -> datetime | None:
    """When one was tried first."""
    return session.exec(select(BackupRun.begun_at).order_by(col(BackupRun.begun_at))).first()


def forget(session: Session, before: datetime) -> None:
    """Drops what was begun before that moment; the latest whole one stays."""
    last = latest_whole(session)
    session.execute(
        delete(BackupRun).where(col(BackupRun.begun_at) < before, col(BackupRun.id) != (last.id if last else None))
    )
