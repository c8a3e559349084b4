"""Puts mails into quarantine: their bytes into the document store, unread, and a note of it into the ledger."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from bot.channels.channel import Files
from storage.db.database import Database
from storage.mail import quarantine
from storage.mail.mail_log import ArrivedMail
from storage.mail.quarantine import QuarantineLimits

log = logging.getLogger(__name__)

STRANGER, BULK, FORWARDED, UNALIGNED = "stranger", "bulk", "forwarded", "unaligned"
"""Why a mail waits: nobody knows its sender; so, and it went to many; somebody known forwarded it by a rule; it says
that it is from somebody known, which is not proven."""


class Quarantine:
    """Holds mails back until somebody decides about them (`handlers.mailbox`)."""

    def __init__(self, database: Database, files: Files, limits: QuarantineLimits | None = None) -> None:
        """`limits` are for strangers' mails; None for the usual ones."""
        self._database = database
        self._files = files
        self._limits = limits or QuarantineLimits()

    async def hold(
        self, raw: bytes, mail: ArrivedMail, *, reason: str, person_id: int | None = None, detail: str = ""
    ) -> None:
        """Keeps the mail for a decision; returns once that is durable. Harmless to repeat.

        `reason` is one of the above, `person_id` whose mail it would be (None for a stranger's), `detail` what there is
        to say of the reason ("SPF fail"). Raises: storage.errors.QuarantineFull where no more is kept.
        """
        now = datetime.now(UTC)
        await self._database.read(quarantine.check_room, mail, self._limits, now)
        sha256 = await self._files.put(raw)
        await self._database.run(
            quarantine.hold,
            mail,
            sha256,
            reason=reason,
            now=now,
            person_id=person_id,
            limits=self._limits,
            detail=detail,
        )
        log.info("In quarantine (%s): %s", reason, mail.key)
