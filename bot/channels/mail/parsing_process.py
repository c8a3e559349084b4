"""Mails are parsed in a process of their own, off the event loop: whatever one does to it, Billify goes on.

It is another process than the reader of documents, so that no mail server waits while pages are read.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.channels.mail.parse import Mail, is_page, parse
from extraction.errors import ReaderDied, Unreadable
from extraction.html.pdf import pdf_of
from extraction.mail.attachment import MailAttachment
from extraction.mail.limits import MailTooComplex, limited_time
from extraction.process.isolated import IsolatedProcess
from extraction.process.own_process import InOwnProcess
from handlers.errors import BillifyError

log = logging.getLogger(__name__)

Parses = Callable[[bytes], Awaitable[Mail]]
"""Reads a mail from its bytes. Raises: BillifyError for one that never can be read."""

_SECONDS = 20.0
"""For one mail; `limited_time` ends it long before, where it can."""
_SECONDS_TO_DRAW = 5.0
_MEMORY_MB = 1_536
TOO_DAMAGED = MailTooComplex("is too damaged")
"""Of which nobody knows better what is wrong with it."""


class MailParser(InOwnProcess):
    """Parses mails, one at a time. The process starts with the first one."""

    def __init__(self) -> None:
        self._process = IsolatedProcess("mail parser", _begin, memory_mb=_MEMORY_MB)

    async def parse(self, raw: bytes) -> Mail:
        """What the mail says and brings; texts of it that may be invoices are PDFs by then.

        Raises: BillifyError when it exceeds the limits on mails, or the process died of it.
        """
        try:
            mail = await self._process.call("parsing a mail", _SECONDS, _parsed, raw)
        except ReaderDied as died:
            log.warning("A mail of %d bytes cannot be read: %s", len(raw), died)
            raise BillifyError(str(MailTooComplex("is too complex"))) from None
        except Unreadable as refused:
            known = isinstance(refused, MailTooComplex)
            raise BillifyError(str(refused if known else TOO_DAMAGED)) from None
        return replace(mail, enclosures=tuple([await self._drawn(file) for file in mail.enclosures]))

    async def _drawn(self, file: MailAttachment) -> MailAttachment:
        """A page as PDF; a page that cannot be drawn is no document, and the mail stays what its words say."""
        if not is_page(file):
            return file
        try:
            data = await self._process.call("drawing a mail", _SECONDS_TO_DRAW, pdf_of, file.data.decode())
        except (ReaderDied, Unreadable):
            return replace(file, role="incidental")
        return replace(file, media_type="application/pdf", data=data)


def _begin() -> None:
    """Nothing is loaded before the first mail."""


def _parsed(raw: bytes) -> Mail:
    """In the process: the mail. Raises: MailTooComplex."""
    with limited_time(len(raw)):
        return parse(raw)
