"""Listens on a port, for as long as it is to."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

from aiosmtpd import smtp

from bot.channels.channel import ChannelMisconfigured
from bot.channels.mail.smtp.desk import Desk, Receive, Reception
from bot.channels.mail.smtp.protocols import Lmtp, Smtp

SIZE_LIMIT = 35 * 1024 * 1024
"""Bytes of a mail; base64 adds a third, so about 25 MB of files, which is what the large mail services take."""

Kind = Literal["SMTP", "SUBMISSION", "SUBMISSIONS", "LMTP"]

_FOR_MEMBERS = ("SUBMISSION", "SUBMISSIONS")
_SETTINGS: dict[Kind, str] = {
    "SMTP": "BILLIFY_MAIL_PORT",
    "SUBMISSION": "BILLIFY_MAIL_SUBMISSION_PORT",
    "SUBMISSIONS": "BILLIFY_MAIL_SUBMISSIONS_PORT",
    "LMTP": "BILLIFY_MAIL_LMTP_PORT",
}


@dataclass(frozen=True)
class Port:
    """Where to listen, and what for: "SUBMISSION" takes mail only of who has logged in (RFC 6409), "SUBMISSIONS" the
    same with TLS from the first byte (RFC 8314, 3.3)."""

    kind: Kind
    host: str
    number: int


async def serve(port: Port, reception: Reception, receive: Receive) -> None:
    """Takes mails until cancelled. Raises: ChannelMisconfigured when the port or the certificate cannot be had, or who
    logs in would have to send their password in the clear.
    """
    loop = asyncio.get_running_loop()
    certificate = _Certificate(reception)
    options = _options(port, reception, certificate)
    desk = Desk(reception, receive, relay=port.kind == "LMTP", members_only=port.kind in _FOR_MEMBERS)
    if reception.users and port.kind != "LMTP":
        options["authenticator"] = desk.log_in
    open_ones: set[smtp.SMTP] = set()

    def connected() -> smtp.SMTP:
        certificate.renew()
        connection = (Lmtp if port.kind == "LMTP" else Smtp)(desk, loop=loop, data_size_limit=SIZE_LIMIT, **options)
        open_ones.add(connection)
        return connection

    try:
        context = certificate.context if port.kind == "SUBMISSIONS" else None
        server = await loop.create_server(connected, port.host, port.number, ssl=context)
    except OSError as error:
        raise ChannelMisconfigured(
            f"Mail cannot be received at {port.host}:{port.number} ({error.strerror}). "
            f"Choose another port with {_SETTINGS[port.kind]}, or 0 to turn it off."
        ) from error
    try:
        await loop.create_future()
    finally:
        server.close()
        for connection in open_ones:
            if connection.transport:
                connection.transport.close()


def _options(port: Port, reception: Reception, certificate: _Certificate) -> dict[str, Any]:
    """What aiosmtpd is told. Passwords go over TLS, or do not leave this machine."""
    domain = reception.address.rpartition("@")[2]
    options: dict[str, Any] = {"hostname": domain, "ident": "Billify", "enable_SMTPUTF8": True}
    if port.kind == "LMTP":
        return options
    options["tls_context"] = certificate.context
    options["auth_require_tls"] = certificate.context is not None or not _is_loopback(port.host)
    if port.kind in _FOR_MEMBERS:
        _check_login(port, reception, certificate, tls=bool(options["auth_require_tls"]))
    if port.kind == "SUBMISSION":
        options["require_starttls"] = certificate.context is not None
    if port.kind == "SUBMISSIONS":  # what is said there is encrypted already, which aiosmtpd does not see
        options |= {"tls_context": None, "auth_require_tls": False}
    return options


def _check_login(port: Port, reception: Reception, certificate: _Certificate, *, tls: bool) -> None:
    """Raises: ChannelMisconfigured where nobody can log in, or only in the clear."""
    setting = _SETTINGS[port.kind]
    if not reception.users:
        raise ChannelMisconfigured(f"{setting} takes mail only of who logs in. Say who may, with BILLIFY_MAIL_USERS.")
    if certificate.context is not None:
        return
    files = "Set BILLIFY_MAIL_CERTIFICATE and BILLIFY_MAIL_CERTIFICATE_KEY to the PEM files of a certificate"
    if port.kind == "SUBMISSIONS":
        raise ChannelMisconfigured(f"{setting} is encrypted from the first byte. {files}.")
    if tls:
        raise ChannelMisconfigured(
            f"Passwords would be sent in the clear to {setting}. {files}, or BILLIFY_MAIL_HOST to 127.0.0.1."
        )


class _Certificate:
    """The server's certificate, read anew when its files are: certificates are renewed while servers run."""

    def __init__(self, reception: Reception) -> None:
        self.context: ssl.SSLContext | None = None
        """None for no TLS."""
        self._files: tuple[Path, Path] | None = None
        self._read: tuple[float, ...] = ()
        if reception.certificate is None:
            return
        self._files = (reception.certificate, reception.key or reception.certificate)
        self.context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            self._load()
        except (OSError, ssl.SSLError) as error:
            raise ChannelMisconfigured(
                f"The certificate of the mail server cannot be read ({error}). BILLIFY_MAIL_CERTIFICATE and "
                "BILLIFY_MAIL_CERTIFICATE_KEY name PEM files: the chain, and its private key without a password."
            ) from error

    def renew(self) -> None:
        """Reads the files again if they changed; half-written ones are left for the next time."""
        if self._files is None:
            return
        try:
            if self._changed() != self._read:
                self._load()
        except (OSError, ssl.SSLError):
            return

    def _load(self) -> None:
        assert self.context is not None and self._files is not None
        changed = self._changed()
        self.context.load_cert_chain(*self._files)
        self._read = changed

    def _changed(self) -> tuple[float, ...]:
        assert self._files is not None
        return tuple(file.stat().st_mtime for file in self._files)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
