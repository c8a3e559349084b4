"""Mail servers of others by URL: where, whether encrypted from the start, and as whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bot.channels.channel import ChannelMisconfigured


@dataclass(frozen=True)
class Endpoint:
    """`port` is None for the protocol's own; `user` and `password` are None where no one is to log in. `token` is there
    in the password's place (XOAUTH2).

    `tls`: encrypted from the first byte. Otherwise encryption is asked for (STARTTLS) where the server offers it.
    """

    host: str
    port: int | None
    tls: bool
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    path: str = ""
    token: str | None = field(default=None, repr=False)


def endpoint(url: str, protocol: str, setting: str) -> Endpoint:
    """Reads `protocol://user:password@host:port/path`, or the same with `protocol` + "s" for TLS.

    Special characters in user and password are percent-encoded. `setting` is where the URL was configured.
    Raises: ChannelMisconfigured, which never shows the URL, for it holds a password.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in (protocol, f"{protocol}s") or not parts.hostname:
        raise ChannelMisconfigured(
            f"{setting} is not a URL of a mail server. Write it as {protocol}s://user:password@host:port, "
            "with special characters of the password percent-encoded."
        )
    return Endpoint(
        host=parts.hostname,
        port=port,
        tls=parts.scheme == f"{protocol}s",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        path=unquote(parts.path.strip("/")),
    )
