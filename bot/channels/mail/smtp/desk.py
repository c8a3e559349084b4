"""What aiosmtpd calls for each command. The addresses of one mailbox are served, and nothing is relayed."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd import smtp

from bot.channels.mail.addresses import ascii_domain, detail, parts
from bot.channels.mail.authentication import Authenticator, Client
from handlers.errors import BillifyError

log = logging.getLogger(__name__)

Receive = Callable[[bytes], Awaitable[None]]
"""Makes a mail durable; returns once it is. Raises: BillifyError when this mail can never be taken, NotNow when it can
be later."""

POSTMASTER = "postmaster"
MOST_RECIPIENTS = 100


class NotNow(Exception):
    """A mail is not taken now; its text is the reply to its sender, of 4xx (RFC 5321, 4.2; RFC 3463)."""


@dataclass(frozen=True)
class Reception:
    """What the server is to know: the mailbox's `address`, who may log in (addresses and their passwords), and the PEM
    files of its certificate (the chain, and the key; None for no TLS)."""

    address: str
    authenticator: Authenticator
    users: Mapping[str, str] = field(default_factory=dict, repr=False)
    certificate: Path | None = None
    key: Path | None = None


class Desk:
    """Takes mails for one port."""

    def __init__(
        self, reception: Reception, receive: Receive, *, relay: bool = False, members_only: bool = False
    ) -> None:
        """`relay`: those who connect are mail servers of ours (LMTP). `members_only`: they have to log in first."""
        self._reception = reception
        self._receive = receive
        self._relay = relay
        self._members_only = members_only

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope, sender: str, options: list[str]
    ) -> str:
        if self._members_only and not session.authenticated:
            return "530 5.7.0 Log in first"
        envelope.mail_from = sender
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: smtp.SMTP, _session: smtp.Session, envelope: smtp.Envelope, to: str, _options: list[str]
    ) -> str:
        if not is_ours(to, self._reception.address):
            return "550 5.1.1 No such mailbox here"
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients, please send to the others separately"
        envelope.rcpt_tos.append(to)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds it by this name
        self, _server: smtp.SMTP, session: smtp.Session, envelope: smtp.Envelope
    ) -> str:
        """One answer; LMTP gives it for each recipient, since they are one mailbox and share one fate."""
        assert isinstance(envelope.content, bytes)
        return_path = (envelope.mail_from or "").strip("<>")
        client = Client(
            ip=str(session.peer[0]) if session.peer else "",
            helo=session.host_name or "",
            mail_from=return_path,
            login=str(session.auth_data) if session.authenticated else None,
            relay=self._relay,
        )
        try:
            raw = await self._reception.authenticator.stamp(envelope.content, client)
            await self._receive(_traced(raw, return_path, envelope.rcpt_tos))
        except BillifyError as error:
            log.warning("Refused a mail: %s", error)
            return f"554 5.6.0 {' '.join(str(error).split())}".encode("ascii", "replace").decode()
        except NotNow as reply:
            log.warning("A mail was not taken now: %s", reply)
            return str(reply)
        except Exception:
            log.exception("A mail could not be taken in; its sender was told to try again")
            return "451 4.3.0 Not taken in because of a fault here, please try again later"
        return "250 2.0.0 Taken in"

    def log_in(
        self, _server: object, _session: object, _envelope: object, _mechanism: str, said: Any
    ) -> smtp.AuthResult:
        """Whether somebody may log in with this password."""
        user = ascii_domain(bytes(said.login).decode("utf-8", "replace"))
        known = {ascii_domain(name): secret.encode() for name, secret in self._reception.users.items()}
        right = hmac.compare_digest(known.get(user, b""), bytes(said.password)) and bool(known.get(user))
        if not right:
            log.warning("Wrong password at our mail server, or nobody of that name")
        return smtp.AuthResult(success=right, handled=False, auth_data=user if right else None)


def is_ours(to: str, address: str) -> bool:
    """Whether mail to an address is for us: ours with or without a detail, or the postmaster's (RFC 5321, 4.5.1)."""
    return detail(to, address) is not None or is_postmaster(to, address)


def is_postmaster(to: str, address: str) -> bool:
    """Whether this is the postmaster of our address's domain."""
    local, domain = parts(to)
    ours = ascii_domain(address).rpartition("@")[2]
    return local.lower() == POSTMASTER and ascii_domain(f"x@{domain}") == f"x@{ours}"


def _traced(raw: bytes, return_path: str, recipients: list[str]) -> bytes:
    """The mail as on final delivery (RFC 5321, 4.4): a null path, and to which of our names it was sent, are known from
    the mail itself."""
    lines = [f"Return-Path: <{return_path}>", *(f"Delivered-To: {to}" for to in dict.fromkeys(recipients))]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace") + raw
