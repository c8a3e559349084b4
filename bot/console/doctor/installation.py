"""What can be looked at before anything is opened: rights, home, keys, disk, database, networks, certificates, zone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError
from tzlocal import get_localzone

from bot.application.app import certificates_of
from bot.application.home import readable_by_others
from bot.application.secret_files import secrets_of
from bot.background.machine_watch import CERTIFICATE_ENDS, LEAST_FREE
from bot.channels.channel import ChannelMisconfigured
from bot.channels.tls import valid_until
from bot.console.doctor.finding import MOST_LINES, Finding
from bot.console.operator_faults import operator_fault
from config.secret_files import secret_files
from config.settings import Settings
from storage.errors import BadKey
from storage.migrations.upgrade import versions

NEEDED = ("Home", "Keys", "Database")
"""What has to be well before anything can be opened."""


def findings(settings: Settings) -> list[Finding]:
    """All of it, in the order in which it is mended."""
    return [
        _rights(settings),
        _home(settings),
        _disk(settings),
        _keys(settings),
        _database(settings),
        _networks(settings),
        _zone(settings),
        *_certificates(settings),
    ]


def _rights(settings: Settings) -> Finding:
    """Who else on this machine could read keys, databases and settings: looked at before opening mends it."""
    keys = (settings.mail_certificate_key, *secret_files())
    others = [path for path in keys if path and path.is_file() and path.stat().st_mode & 0o077 and os.name == "posix"]
    found = [*readable_by_others(settings.home), *others]
    if not found:
        return Finding("Rights", True, "keys, databases and settings are their owner's alone")
    text = (
        "others on this machine could read these; those in the home folder are closed to them now. If anybody else has "
        "an account here, run “billify keys rotate” and change the passwords in the settings"
    )
    return Finding("Rights", False, "\n    ".join([text, *map(str, found[:MOST_LINES])]))


def _home(settings: Settings) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=settings.home, prefix=".new-") as file:
            file.write(b"a word")
    except OSError as error:
        return Finding("Home", False, operator_fault(error) or f"{settings.home} cannot be written: {error.strerror}")
    return Finding("Home", True, f"{settings.home} can be written")


def _disk(settings: Settings) -> Finding:
    free = shutil.disk_usage(settings.home).free
    text = f"{free // 1024 // 1024:,} MB free in {settings.home}"
    return Finding("Disk", free >= LEAST_FREE, text if free >= LEAST_FREE else f"only {text}: make room")


def _keys(settings: Settings) -> Finding:
    try:
        secrets_of(settings)
    except BadKey as error:
        return Finding("Keys", False, str(error))
    kept = "BILLIFY_DOCUMENT_KEY" if settings.document_key.get_secret_value() else str(settings.home / "document.key")
    return Finding(
        "Keys", True, f"what is kept is sealed by {kept}: keep a copy of it elsewhere, and not beside a backup"
    )


def _database(settings: Settings) -> Finding:
    """Reached, and of this version; looked at without bringing it there."""
    url = make_url(settings.ledger_url)
    kind = "SQLite" if url.get_backend_name() == "sqlite" else f"PostgreSQL at {url.host or 'this machine'}"
    try:
        theirs, ours = versions(settings.ledger_url)
    except (OSError, SQLAlchemyError) as error:
        return Finding("Database", False, operator_fault(error) or f"{kind} cannot be reached ({type(error).__name__})")
    if theirs is None:
        return Finding("Database", True, f"{kind}, new: its tables are made now")
    if theirs == ours:
        return Finding("Database", True, f"{kind}, reached and up to date ({ours})")
    return Finding(
        "Database",
        False,
        f"{kind} is of version {theirs}, this program wants {ours}: run “billify release”, or install the version of "
        "Billify that it was last used with",
    )


def _networks(settings: Settings) -> Finding:
    """What reads documents: whether it is installed, without loading it."""
    from extraction.ocr.backend import engine_of  # which imports what cuts pictures

    try:
        engine = engine_of(settings.recogniser, settings.models)
    except (ValueError, FileNotFoundError) as error:
        return Finding("Networks", False, str(error))
    return Finding("Networks", True, f"documents are read by {engine}, with the recogniser “{settings.recogniser}”")


def _zone(settings: Settings) -> Finding:
    if settings.time_zone:
        return Finding("Time zone", True, settings.time_zone)
    zone = str(get_localzone())
    hint = "; if the company's days begin elsewhere, set BILLIFY_TIME_ZONE" if zone in ("UTC", "Etc/UTC") else ""
    return Finding("Time zone", True, f"{zone}, as on this machine{hint}")


def _certificates(settings: Settings) -> Iterator[Finding]:
    for use, file in certificates_of(settings).items():
        what = f"Certificate ({use})"
        try:
            ends = valid_until(file)
        except ChannelMisconfigured as error:
            yield Finding(what, False, str(error))
            continue
        soon = ends - datetime.now(UTC) < CERTIFICATE_ENDS
        yield Finding(
            what, not soon, f"ends on {ends:%Y-%m-%d}" + (": renew it, and start Billify anew" if soon else "")
        )
