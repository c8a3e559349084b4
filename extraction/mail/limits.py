"""How much of a mail is read: what exceeds this is refused with what to do instead, whatever it is made of."""

from __future__ import annotations

import gc
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from extraction.errors import Unreadable
from extraction.evidence import Problem

MOST_PARTS = 1_000
"""MIME parts of one mail, those of mails within it included; newsletters with a picture a product have hundreds."""

MOST_DEPTH = 30
"""Parts within parts; a mail that five people forwarded as an attachment has fifteen."""

MOST_FILES = 200
"""Files of one mail, those inside its archives included."""

LARGEST = 100_000_000
"""Bytes of all files of one mail together, unpacked."""

LONGEST_FIELD = 16_384
"""Characters of a header field that are looked at (RFC 5322 has no limit; a long thread's References are 8 kB)."""

MOST_FIELDS = 500
"""Header fields of one part."""

LONGEST_TEXT = 20_000
"""Characters of what a person said that are looked at; a letter has 3,000."""

LONGEST_HTML = 4_000_000
"""Characters of an HTML text that are looked at."""

_SECONDS, _SECONDS_A_MEGABYTE = 0.3, 0.1


class MailTooComplex(Unreadable):
    """The mail exceeds a limit and never can be read. Its text says for its sender what to do next."""

    def __init__(self, what: str = "has too many parts within each other") -> None:
        super().__init__(Problem("mail_too_complex", f"This mail {what} to be read. Please send the files directly."))
        self.args = (what,)  # so that it survives pickling


class _OutOfTime(BaseException):
    """Not an Exception, so that nobody who forgives broken parts of a mail catches it on its way."""


@contextmanager
def limited_time(size: int) -> Iterator[None]:
    """Within it a mail of so many bytes may take its share of processor time: 0.3 s, and 0.1 s for each megabyte.

    Processor time, since a busy machine must not make honest mails unreadable; they take a tenth of it. Only the
    main thread of a process on Unix is limited; a C function is stopped when it returns.

    Raises: MailTooComplex.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    with _no_collection():
        before = signal.signal(signal.SIGPROF, _stop)
        signal.setitimer(signal.ITIMER_PROF, _SECONDS + _SECONDS_A_MEGABYTE * size / 1_000_000)
        try:
            yield
        except _OutOfTime:
            raise MailTooComplex("takes too long") from None
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            # An alarm that is on its way still must not end the process, as it does by default.
            signal.signal(signal.SIGPROF, signal.SIG_IGN if before is signal.SIG_DFL else before)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Garbage waits: others' is not this mail's to collect, and a finalizer that it runs would swallow the stop."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise _OutOfTime
