"""Faults of the machine rather than of ours, told so that whoever runs Billify knows what to change."""

from __future__ import annotations

import errno

from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from config.plain_text import plain_text
from storage.errors import StoreAway

_CHECK = "Check BILLIFY_DATABASE_URL, and whether the server runs"
_DO = {
    errno.ENOSPC: "The disk is full: make room in {place}, then go on; nothing that was sent is lost.",
    errno.EDQUOT: "The quota of this user is used up in {place}: make room, then go on; nothing that was sent is lost.",
    errno.EROFS: "{place} can only be read: set BILLIFY_HOME to a folder that can be written.",
    errno.EACCES: "{place} may not be used by this user: make it yours, or run Billify as who owns it.",
    errno.EPERM: "{place} may not be used by this user: make it yours, or run Billify as who owns it.",
    errno.EADDRINUSE: "A port is in use already ({why}): stop what listens there, or set another in the settings.",
    errno.EADDRNOTAVAIL: "This machine has no such address ({why}): check BILLIFY_WEB_HOST and BILLIFY_MAIL_HOST.",
    errno.EMFILE: "Too many files are open: raise the limit (`ulimit -n`).",
}
"""What to do about an error of the operating system."""


def operator_fault(error: BaseException) -> str | None:
    """One line about it that says what to do; None where it is none that an operator can mend."""
    if isinstance(error, BaseExceptionGroup):
        return next((found for each in error.exceptions if (found := operator_fault(each))), None)
    if isinstance(error, OperationalError | PoolTimeout):
        return _database_away(error)
    if isinstance(error, ArgumentError | NoSuchModuleError):
        return "BILLIFY_DATABASE_URL is no address of a database. Write postgresql://user:password@host/name."
    if isinstance(error, StoreAway):
        return f"{error.filename} cannot be used now: {plain_text(error.strerror or '')}. Try again when it is back."
    if isinstance(error, OSError) and error.errno in _DO:
        why = error.strerror or ""
        return _DO[error.errno].format(place=error.filename or "the home folder", why=why)
    return None


def _database_away(error: Exception) -> str:
    cause = " ".join(plain_text(str(getattr(error, "orig", error))).split())
    if "readonly" in cause or "unable to open" in cause:
        return (
            f"The database file cannot be written ({cause}): make the home folder and what lies in it yours to write."
        )
    if "full" in cause:
        return "The disk is full: make room in the home folder, then go on; nothing that was sent is lost."
    if "locked" in cause:
        return "The database is busy with another program. Try again in a moment."
    return f"The database cannot be reached ({cause}). {_CHECK}."
