"""aiosmtpd's protocols, with what companies' mail servers and programs need besides."""

from __future__ import annotations

import asyncio
import re
from typing import AnyStr

from aiosmtpd import lmtp, smtp

LONGEST_LINE = 1024 * 1024
"""RFC 5321 allows 1000 bytes, but programs that write HTML on one line are many, and the mail is worth having."""

WRONG_PASSWORD_SECONDS = 1.0
_WRONG_PASSWORDS = 6
"""Of one connection; programs try each by two mechanisms."""
_BARE_POSTMASTER = re.compile(r"(TO:\s*<postmaster)>", re.IGNORECASE)


class Smtp(smtp.SMTP):
    """SMTP. Passwords can be tried a few times a connection, and slowly."""

    line_length_limit = LONGEST_LINE
    _wrong_passwords = 0

    @smtp.syntax("AUTH <mechanism>")
    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802 - aiosmtpd finds it by this name
        """Logs in (RFC 4954)."""
        await super().smtp_AUTH(arg)
        if self.session is not None and not self.session.authenticated:
            self._wrong_passwords += 1
            await asyncio.sleep(WRONG_PASSWORD_SECONDS)
            if self._wrong_passwords >= _WRONG_PASSWORDS and self.transport is not None:
                self.transport.close()

    @smtp.syntax("RCPT TO: <address>", extended=" [SP <mail-parameters>]")
    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802 - aiosmtpd finds it by this name
        """Takes a recipient; "postmaster" alone is ours (RFC 5321, 4.5.1)."""
        await super().smtp_RCPT(_BARE_POSTMASTER.sub(rf"\1@{self.hostname}>", arg) if arg else arg)


class Lmtp(lmtp.LMTP):
    """LMTP, which owes one answer for each recipient after the data (RFC 2033, 4.2); aiosmtpd gives one for all."""

    line_length_limit = LONGEST_LINE
    _owed = 0

    async def push(self, status: AnyStr) -> None:
        """Answers; the answer to the data as often as it is owed."""
        times, self._owed = self._owed or 1, 0
        if isinstance(status, str) and status.startswith("354 ") and self.envelope is not None:
            self._owed = len(self.envelope.rcpt_tos)
        for _ in range(times):
            await super().push(status)
