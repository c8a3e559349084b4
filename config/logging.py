"""Logging to standard error, one line an event; libraries speak only of what went wrong, and nothing tells a secret.

On a terminal lines are words. Elsewhere they are JSON, which is collected and kept: there, nothing of what people said
or documents hold may stand, so an error is told by its kind and place, and libraries by what they would fill in.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

from config.log_context import told
from config.plain_text import plain_text
from config.redaction import redacted

OURS = ("bot", "handlers", "extraction", "storage")

DEEPEST = 12
"""Frames of a traceback that are told, the innermost ones."""


class RedactedRecord(logging.LogRecord):
    """A record without secrets in its text and its traceback, whichever handler of whichever library writes it."""

    def __init__(
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: object,
        args: tuple[object, ...] | Mapping[str, object] | None,
        exc_info: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | None,
        *more: Any,
        **others: Any,
    ) -> None:
        super().__init__(name, level, pathname, lineno, msg, args, exc_info, *more, **others)
        if exc_info and exc_info[0] is not None:
            self.exc_text = redacted(logging.Formatter().formatException(exc_info))

    def getMessage(self) -> str:  # noqa: N802 - the standard library's name
        return redacted(super().getMessage())


class _Plain(logging.Formatter):
    """Lines without what a terminal would obey: names of files and senders stand in them."""

    def format(self, record: logging.LogRecord) -> str:
        return plain_text(super().format(record))


class JsonLines(logging.Formatter):
    """An object a line: `time` (ISO 8601, UTC), `level`, `logger`, `event`, what the work is about (`key`, `channel`,
    `company`, `person`, `outcome`, `seconds`), and of an error its `kind`, `at` (innermost last) and `cause`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": redacted(_event(record)),
            **told(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = _error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] not in OURS:
        return str(record.msg) if record.args else "a library's words, left out"
    if not isinstance(record.args, tuple) or not record.args:
        return str(record.msg)
    return str(record.msg) % tuple(_kind(arg) if isinstance(arg, BaseException) else arg for arg in record.args)


def _error(error: BaseException) -> dict[str, object]:
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    told_of: dict[str, object] = {"kind": _kind(error), "at": [f"{at.filename}:{at.lineno} {at.name}" for at in frames]}
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told_of | ({"cause": _error(cause)} if cause else {})


def _kind(error: BaseException) -> str:
    """The kind of an error, with what cannot quote anybody: the system's own words, a database's state."""
    kind = type(error).__name__
    if getattr(error, "about_settings", False):
        return f"{kind}: {error}"
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    words = error.strerror if isinstance(error, OSError) and error.errno else state
    return f"{kind} ({words})" if words else kind


def set_up(level: str, form: Literal["auto", "text", "json"] = "auto") -> None:
    """Our own loggers at `level` (a name such as INFO), everybody else's at WARNING or above; `form` is that of lines,
    "auto" for text on a terminal and JSON elsewhere."""
    logging.setLogRecordFactory(RedactedRecord)
    handler = logging.StreamHandler()
    as_text = form == "text" or (form == "auto" and sys.stderr.isatty())
    text = _Plain("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(text if as_text else JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
