"""An existing mailbox, read over IMAP (RFC 3501) as mails arrive (IDLE, RFC 2177). The only file that blocks on it."""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from bot.channels.channel import ChannelMisconfigured
from bot.channels.mail.endpoint import Endpoint
from bot.channels.mail.smtp import Receive
from handlers.errors import BillifyError

log = logging.getLogger(__name__)

KEYWORD = "Billify"
"""Marks mails that were handled, where the server keeps keywords; \\Seen alone a person may take away again."""

_TIMEOUT = 60
_IDLE_SECONDS = 240
"""Routers forget connections that are silent for longer; the RFC's own limit is 29 minutes."""
_SETTLE_SECONDS = 1
"""The first wait, and the first after a mail. One that the server tells of just as IDLE begins is overheard until
IDLE ends, and others do come close behind one."""
_POLL_SECONDS = 60
_LONGEST_PAUSE = 300

T = TypeVar("T")


async def watch(server: Endpoint, receive: Receive) -> None:
    """Hands each unseen mail to `receive`, marks it afterwards, and waits for more, until cancelled.

    A mail whose `receive` failed stays unseen and is tried again. A lost connection is made anew, with pauses from
    one second to five minutes.

    Raises: ChannelMisconfigured when the server refuses our login, or has no such folder, at the first connection.
    """
    pause, connected_once = 1.0, False
    while True:
        mailbox = _Mailbox(server)
        try:
            await mailbox.run(mailbox.open)
            pause, connected_once = 1.0, True
            seconds = _SETTLE_SECONDS
            while True:
                seconds = await _round(mailbox, receive, seconds)
        except _Refused as error:
            if not connected_once:
                raise ChannelMisconfigured(f"{error} Please check BILLIFY_IMAP_URL.") from error
            log.warning("Mailbox at %s: %s Next try in %.0f s.", server.host, error, pause)
        except (IMAPClientError, OSError) as error:
            log.warning("Mailbox at %s is away (%s); next try in %.0f s", server.host, error, pause)
        finally:
            mailbox.close()
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)


async def _round(mailbox: _Mailbox, receive: Receive, quiet_seconds: int) -> int:
    """Takes what is new, then waits until there may be more: so long if nothing was. Returns how long to wait next."""
    uids = await mailbox.run(mailbox.new)
    taken = [await _take(mailbox, uid, receive) for uid in uids]
    seconds = _POLL_SECONDS if not all(taken) else _SETTLE_SECONDS if uids else quiet_seconds
    if mailbox.tells:
        await mailbox.run(mailbox.idle, seconds)
    else:
        await asyncio.sleep(_POLL_SECONDS)
    return _SETTLE_SECONDS if uids else _IDLE_SECONDS


async def _take(mailbox: _Mailbox, uid: int, receive: Receive) -> bool:
    """Receives one mail and marks it; False when it stays to be tried again."""
    raw = await mailbox.run(mailbox.fetch, uid)
    if raw is None:
        return True
    try:
        await receive(raw)
    except BillifyError as error:
        log.warning("Mail %s in the mailbox is left to a person: %s", uid, error)
        await mailbox.run(mailbox.mark, uid, True)
    except Exception:
        log.exception("Mail %s in the mailbox could not be taken in; it stays unseen and is tried again", uid)
        return False
    else:
        await mailbox.run(mailbox.mark, uid)
    return True


class _Refused(Exception):
    """The server knows us and says no; trying again alone will not help."""


class _Mailbox:
    """One connection. Its methods block and go through `run`, each in turn, on a thread of its own."""

    def __init__(self, server: Endpoint) -> None:
        self.tells = False
        """Whether the server tells of new mails by itself (IDLE)."""
        self._server = server
        self._keywords = False
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
        """Connects, logs in, selects the folder. Raises: _Refused; IMAPClientError or OSError when it is away."""
        server = self._server
        context = ssl.create_default_context()
        client = IMAPClient(server.host, server.port, ssl=server.tls, ssl_context=context, timeout=_TIMEOUT)
        self._client = client
        if not server.tls and client.has_capability("STARTTLS"):
            client.starttls(context)
        try:
            client.login(server.user or "", server.password or "")
        except LoginError as error:
            if "UNAVAILABLE" in str(error):  # RFC 5530: the server's own trouble
                raise
            raise _Refused(f"The mail server {server.host} refused the login as {server.user}.") from error
        folder = server.path or "INBOX"
        if not client.folder_exists(folder):
            raise _Refused(f"The mailbox of {server.user} at {server.host} has no folder {folder}.")
        chosen = client.select_folder(folder)
        self._keywords = rb"\*" in chosen.get(b"PERMANENTFLAGS", ())
        self.tells = bool(client.has_capability("IDLE"))

    def new(self) -> list[int]:
        """UIDs of mails that nobody has read and that were not handled."""
        self._told_in_passing()  # whatever was told until here, the search sees
        criteria = ["UNSEEN", "UNKEYWORD", KEYWORD] if self._keywords else ["UNSEEN"]
        return sorted(self._connected.search(criteria))

    def fetch(self, uid: int) -> bytes | None:
        """The mail as it is, without marking it as seen. None when it is gone by now."""
        found = self._connected.fetch([uid], ["BODY.PEEK[]"]).get(uid)
        return bytes(found[b"BODY[]"]) if found else None

    def mark(self, uid: int, flagged: bool = False) -> None:
        """Marks a mail as handled; `flagged` so that a person looks at it."""
        flags = [rb"\Seen"] + [rb"\Flagged"] * flagged + [KEYWORD.encode()] * self._keywords
        self._connected.add_flags([uid], flags, silent=True)

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
