"""An existing mailbox, followed: what arrives after it was connected is handed on once each, whatever its flags.

How far it was read stands in the ledger's database by UID and UIDVALIDITY (RFC 3501, 2.3.1.1). When the server numbers
its mails anew, those of the last weeks are offered again: the log of mails knows which of them were taken.
"""

from __future__ import annotations

import asyncio
import logging
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from imapclient.exceptions import IMAPClientError

from bot.channels.channel import Accept, ChannelMisconfigured, Health, Unwatched
from bot.channels.mail import imap
from bot.channels.mail.endpoint import Endpoint
from bot.channels.mail.imap import Mailbox, Refused
from bot.channels.mail.intake.gate import Gate
from bot.channels.mail.oauth import AccessTokens, SignInOver
from bot.channels.mail.oauth.token_endpoint import ServiceAway
from bot.telemetry.metrics import MAILBOX_HEARD
from handlers.errors import BillifyError
from handlers.mailbox.owner_notes import READ_ONLY
from storage.db.database import Database
from storage.errors import QuarantineFull, StoreAway
from storage.mail import mailbox_progress, owner_notes
from storage.models import MailboxFolder, MailOutcome

log = logging.getLogger(__name__)

POLL_SECONDS = 60
_LONGEST_PAUSE = 300
_MOST_TRIES = 24
_LONGEST_WAIT = 3600
_OFFERED_AGAIN = timedelta(days=30)
_SAME_MOMENT = 20
"""Mails of the very second of the newest one at first sight that are noted as earlier."""


@dataclass(frozen=True)
class MailboxOptions:
    """`since`: older mail is taken in as well, from that day on. What was taken in is moved to `done_folder` and
    gets the keyword `done_keyword`, where they are not ""."""

    since: date | None = None
    done_folder: str = ""
    done_keyword: str = ""

    @property
    def marks(self) -> bool:
        """Whether anything is changed in the mailbox."""
        return bool(self.done_folder or self.done_keyword)


class Follower:
    """Follows one folder. `watch` runs until cancelled."""

    def __init__(
        self,
        server: Endpoint,
        database: Database,
        gate: Gate,
        options: MailboxOptions,
        tokens: AccessTokens,
        health: Health | None = None,
    ) -> None:
        self._server = server
        self._database = database
        self._gate = gate
        self._options = options
        self._tokens = tokens
        self._health = health or Unwatched()
        self._account = f"{server.user or ''}@{server.host}:{server.port or 0}"
        self._folder = server.path or "INBOX"
        self._tries: dict[int, tuple[int, float]] = {}
        """How often a mail failed, and when it is tried again, by UID."""
        self._marking_failed = False

    async def watch(self, accept: Accept) -> None:
        """Hands on what arrives and waits for more. A lost connection is made anew, with pauses from one second to five
        minutes.

        Raises: ChannelMisconfigured when the server refuses our login, or has no such folder, at the first connection.
        """
        pause, connected_once = 1.0, False
        while True:
            mailbox: Mailbox | None = None
            try:
                mailbox = Mailbox(await self._tokens.authorized(self._server), changes=self._options.marks)
                await mailbox.run(mailbox.open)
                connected_once = True
                await self._settle(mailbox)
                pause = 1.0
                seconds = imap.SETTLE_SECONDS
                while True:
                    await self._health.well()
                    MAILBOX_HEARD.labels(self._server.host).set_to_current_time()
                    seconds = await self._round(mailbox, accept, seconds)
            except Refused as error:
                if not connected_once and self._server.password is not None:
                    raise ChannelMisconfigured(f"{error} Please check BILLIFY_IMAP_URL.") from error
                log.warning("Mailbox at %s: %s Next try in %.0f s.", self._server.host, error, pause)
                await self._health.failing(str(error), lasting=True)
            except (IMAPClientError, OSError) as error:
                log.warning("Mailbox at %s is away (%s); next try in %.0f s", self._server.host, error, pause)
                await self._health.failing(str(error))
            except (SignInOver, ServiceAway) as error:
                log.warning("Mailbox at %s: %s. Next try in %.0f s", self._server.host, error, pause)
                if isinstance(error, ServiceAway):  # of the other the owner is told by what noticed it
                    await self._health.failing(str(error))
            finally:
                if mailbox:
                    mailbox.close()
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _settle(self, mailbox: Mailbox) -> None:
        """Finds out where reading goes on: notes it at first sight, and anew where the server numbers mails anew."""
        known = await self._database.read(mailbox_progress.folder, self._account, self._folder)
        if known is None:
            await self._begin(mailbox)
        elif known.uid_validity != mailbox.uid_validity:
            await self._renumber(mailbox, known)
        elif (since := self._options.since) and (known.since is None or since < known.since):
            left = await mailbox.run(mailbox.arrived_since, since)
            older = [uid for uid in left if uid < known.next_uid]
            await self._database.run(
                mailbox_progress.ask_for_older,
                self._account,
                self._folder,
                since=since,
                left=older,
                now=datetime.now(UTC),
            )
            log.info("%d older mails are looked at, from %s on", len(older), since)

    async def _begin(self, mailbox: Mailbox) -> None:
        since = self._options.since
        left = await mailbox.run(mailbox.arrived_since, since) if since else []
        dates = await mailbox.run(mailbox.dates)
        newest = max(dates.values(), default=None)
        for uid in [uid for uid, at in dates.items() if at == newest and uid not in left][-_SAME_MOMENT:]:
            if raw := await mailbox.run(mailbox.fetch, uid):
                await self._gate.note_earlier(raw)
        await self._database.run(
            mailbox_progress.begin,
            self._account,
            self._folder,
            uid_validity=mailbox.uid_validity,
            next_uid=mailbox.uid_next,
            newest=newest,
            left=left,
            since=since,
            now=datetime.now(UTC),
        )

    async def _renumber(self, mailbox: Mailbox, known: MailboxFolder) -> None:
        dates = await mailbox.run(mailbox.dates)
        after = max(filter(None, (known.newest, known.read_at - _OFFERED_AGAIN)))
        left = [uid for uid, at in dates.items() if at >= after or (known.since and at.date() >= known.since)]
        log.warning("Mailbox at %s numbers its mails anew; %d are looked at again", self._server.host, len(left))
        self._tries.clear()
        await self._database.run(
            mailbox_progress.renumber,
            self._account,
            self._folder,
            uid_validity=mailbox.uid_validity,
            next_uid=mailbox.uid_next,
            left=left,
            now=datetime.now(UTC),
        )

    async def _round(self, mailbox: Mailbox, accept: Accept, quiet_seconds: int) -> int:
        """Takes what is new, then waits until there may be more: so long if nothing was. Returns how long to wait
        next."""
        known = await self._database.read(mailbox_progress.folder, self._account, self._folder)
        assert known is not None, "reading has begun"
        new = await mailbox.run(mailbox.new, known.next_uid)
        due = [uid for uid in known.left if self._tries.get(uid, (0, 0.0))[1] <= time.monotonic()]
        left, next_uid = set(known.left), known.next_uid
        for uid in (*due, *new):
            done = await self._take(mailbox, uid, accept)
            left = left - {uid} if done else left | {uid}
            next_uid = max(next_uid, uid + 1)
            await self._database.run(
                mailbox_progress.advance,
                self._account,
                self._folder,
                next_uid=next_uid,
                left=sorted(left),
                now=datetime.now(UTC),
            )
        # After new ones it is soon looked again: what arrived meanwhile was perhaps told before we listened.
        seconds = imap.SETTLE_SECONDS if new else POLL_SECONDS if left else quiet_seconds
        if mailbox.tells:
            await mailbox.run(mailbox.idle, seconds)
        else:
            await asyncio.sleep(POLL_SECONDS)
        return imap.SETTLE_SECONDS if new else imap.IDLE_SECONDS

    async def _take(self, mailbox: Mailbox, uid: int, accept: Accept) -> bool:
        """Hands on one mail; False when it is to be tried again."""
        raw = await mailbox.run(mailbox.fetch, uid)
        if raw is None:
            return True
        try:
            outcome = await self._gate.receive(accept, "IMAP", raw)
        except BillifyError as error:
            log.warning("Mail %s in the mailbox is left to a person: %s", uid, error)
        except QuarantineFull as error:
            log.warning("Mail %s stays in the mailbox: %s (%s)", uid, error, error.limit)
            self._tries[uid] = (0, time.monotonic() + _LONGEST_WAIT)
            return False
        except StoreAway as error:  # no fault of the mail, however long it lasts
            log.warning("Mail %s stays in the mailbox: %s is away", uid, error.filename)
            self._tries[uid] = (0, time.monotonic() + POLL_SECONDS)
            return False
        except Exception as error:
            return await self._failed(uid, raw, error)
        else:
            if outcome is MailOutcome.TAKEN_IN:
                await self._mark(mailbox, uid)
        self._tries.pop(uid, None)
        return True

    async def _failed(self, uid: int, raw: bytes, error: Exception) -> bool:
        """A fault of ours, or a database that is away: tried again with growing pauses, and at last noted as lost to
        us."""
        tries = self._tries.get(uid, (0, 0.0))[0] + 1
        log.error("Mail %s in the mailbox could not be taken in (try %d)", uid, tries, exc_info=error)
        if tries >= _MOST_TRIES:
            await self._gate.note_unreadable(raw, f"{type(error).__name__}: {error}")
            return True
        self._tries[uid] = (tries, time.monotonic() + min(POLL_SECONDS * 2 ** min(tries - 1, 6), _LONGEST_WAIT))
        return False

    async def _mark(self, mailbox: Mailbox, uid: int) -> None:
        """Marks or moves what was taken in, as it is configured. That it cannot be done is said once and stops
        nothing."""
        try:
            if self._options.done_keyword:
                await mailbox.run(mailbox.label, uid, self._options.done_keyword)
            if self._options.done_folder:
                await mailbox.run(mailbox.move, uid, self._options.done_folder)
        except IMAPClientError as error:
            if not self._marking_failed:
                log.warning("Mails in the mailbox at %s cannot be marked as done: %s", self._server.host, error)
                values = {"folder": self._folder, "host": self._server.host, "reason": str(error)[:200]}
                key = f"read-only/{self._account}/{self._folder}"
                await self._database.run(owner_notes.note, key, READ_ONLY, values, now=datetime.now(UTC))
            self._marking_failed = True
