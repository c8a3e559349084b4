"""An identity provider, and whom it lets in where."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.channels.channel import ChannelMisconfigured
from bot.channels.web.security import is_loopback
from storage.people.addresses import normalised


@dataclass(frozen=True)
class IdentityProvider:
    """`name` stands in addresses of ours, `title` on the button. `issuer` is the provider's URL as it writes it in its
    tokens; `client_id` and `client_secret` ("" for a public client) are what it gave us. It vouches for people of
    `company` only, and where `domains` are given, for their addresses only."""

    name: str
    title: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    company: int = 1
    domains: tuple[str, ...] = ()

    def check(self) -> None:
        """Raises: ChannelMisconfigured where it cannot be asked safely."""
        if not is_safe(self.issuer) or "?" in self.issuer or "#" in self.issuer:
            raise ChannelMisconfigured(
                f"BILLIFY_OPENID: the issuer of “{self.name}” is an https:// address without “?”, as the provider "
                "writes it in its discovery document."
            )

    def vouches_for(self, address: str) -> bool:
        """Whether addresses of this domain are the company's."""
        domain = normalised(address).rpartition("@")[2]
        return not self.domains or domain in {normalised(f"x@{one}")[2:] for one in self.domains}


def is_safe(url: str) -> bool:
    """Whether what is sent there is read by nobody else: by TLS, or on this very machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.netloc)))
