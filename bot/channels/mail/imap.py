"""A connection to an IMAP server (RFC 3501), told of new mail by IDLE (RFC 2177). The only file that blocks on it."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from bot.channels.mail.endpoint import Endpoint

log = logging.getLogger(__name__)

_TIMEOUT = 60
IDLE_SECONDS = 240
"""Routers forget connections that are silent for longer; the RFC's own limit is 29 minutes."""
SETTLE_SECONDS = 1
"""The first wait, and the first after a mail. One that the server tells of just as IDLE begins is overheard until
IDLE ends, and others do come close behind one."""
_DATED = 5000
"""So many of the latest mails are asked for their dates."""

T = TypeVar("T")


class Refused(Exception):
    """The server knows us and says no; trying again alone will not help."""


class Mailbox:
    """One connection. Its methods block and go through `run`, each in turn, on a thread of its own."""

    def __init__(self, server: Endpoint, *, changes: bool = False) -> None:
        """`changes`: mails are to be marked or moved; else the folder is only looked at."""
        self.tells = False
        """Whether the server tells of new mails by itself (IDLE)."""
        self.uid_validity = 0
        self.uid_next = 1
        self._server = server
        self._changes = changes
        self._client: IMAPClient | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mailbox")

    async def run(self, method: Callable[..., T], *arguments: object) -> T:
        """Runs one of the methods below."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, method, *arguments)

    def close(self) -> None:
        """Ends the connection, also while a method waits on it. Does not block."""
        if self._client:
            with suppress(OSError):  # wakes the thread; only the thread itself may close what it reads from
                self._client.socket().shutdown(socket.SHUT_RDWR)
        self._thread.submit(self._end)
        self._thread.shutdown(wait=False)

    def open(self) -> None:
        """Connects, logs in, selects the folder. Raises: Refused; IMAPClientError or OSError when it is away."""
        server = self._server
        context = ssl.create_default_context()
        client = IMAPClient(server.host, server.port, ssl=server.tls, ssl_context=context, timeout=_TIMEOUT)
        self._client = client
        if not server.tls and client.has_capability("STARTTLS"):
            client.starttls(context)
        try:
            if server.token is not None:
                client.oauth2_login(server.user or "", server.token)
            else:
                client.login(server.user or "", server.password or "")
        except LoginError as error:
            if "UNAVAILABLE" in str(error):  # RFC 5530: the server's own trouble
                raise
            raise Refused(f"The mail server {server.host} refused the login as {server.user}.") from error
        folder = server.path or "INBOX"
        if not client.folder_exists(folder):
            raise Refused(f"The mailbox of {server.user} at {server.host} has no folder {folder}.")
        client.normalise_times = False
        chosen = client.select_folder(folder, readonly=not self._changes)
        self.uid_validity = int(chosen[b"UIDVALIDITY"])
        self.uid_next = int(chosen.get(b"UIDNEXT") or max(client.search(), default=0) + 1)
        self.tells = bool(client.has_capability("IDLE"))

    def new(self, next_uid: int) -> list[int]:
        """UIDs of mails from this one on, in their order."""
        self._told_in_passing()  # whatever was told until here, the search sees
        found = self._connected.search(["UID", f"{next_uid}:*"])
        return sorted(uid for uid in found if uid >= next_uid)  # "n:*" holds the last one, also below n

    def arrived_since(self, day: date) -> list[int]:
        """UIDs of the mails that arrived on that day or later, in their order."""
        return sorted(self._connected.search(["SINCE", day]))

    def with_subject(self, words: str) -> list[int]:
        """UIDs of the mails with these words (ASCII) in their subject."""
        self._connected.noop()  # some servers tell of what is new only when they are spoken to
        return sorted(self._connected.search(["SUBJECT", words]))

    def dates(self) -> dict[int, datetime]:
        """When each of the latest mails arrived (INTERNALDATE), by UID."""
        uids = sorted(self._connected.search())[-_DATED:]
        found = self._connected.fetch(uids, ["INTERNALDATE"]) if uids else {}
        return {uid: _aware(data[b"INTERNALDATE"]) for uid, data in sorted(found.items())}

    def fetch(self, uid: int) -> bytes | None:
        """The mail as it is, without marking it as seen. None when it is gone by now."""
        found = self._connected.fetch([uid], ["BODY.PEEK[]"]).get(uid)
        return bytes(found[b"BODY[]"]) if found else None

    def label(self, uid: int, keyword: str) -> None:
        """Gives a mail a keyword (RFC 3501, 2.3.2)."""
        self._connected.add_flags([uid], [keyword.encode()], silent=True)

    def move(self, uid: int, folder: str) -> None:
        """Moves a mail to a folder, which is made where there is none (RFC 6851, else by copying)."""
        client = self._connected
        if not client.folder_exists(folder):
            client.create_folder(folder)
            client.subscribe_folder(folder)
        if client.has_capability("MOVE"):
            client.move([uid], folder)
            return
        client.copy([uid], folder)
        client.delete_messages([uid], silent=True)
        if client.has_capability("UIDPLUS"):
            client.uid_expunge([uid])

    def idle(self, seconds: int) -> None:
        """Returns when the server tells of a change, or told of one since `new`, or after so many seconds."""
        if self._told_in_passing():
            return
        self._connected.idle()
        self._connected.idle_check(seconds)
        self._connected.idle_done()

    def _told_in_passing(self) -> bool:
        """Whether the server told of a mail in its answer to another command. It does so once: not again in IDLE."""
        _, counts = self._connected._imap.response("EXISTS")  # IMAPClient has no name of its own for it
        return bool(counts != [None])

    def _end(self) -> None:
        if self._client:
            try:
                self._client.shutdown()
            except (IMAPClientError, OSError) as error:
                log.debug("closing the mailbox: %s", error)

    @property
    def _connected(self) -> IMAPClient:
        assert self._client is not None, "open() comes first"
        return self._client


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
