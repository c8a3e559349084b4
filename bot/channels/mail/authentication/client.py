"""Who handed a mail to our server, as far as a connection tells."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address

Network = IPv4Network | IPv6Network


@dataclass(frozen=True)
class Client:
    """`ip` is of the other end, `helo` what it called itself, `mail_from` the return path ("" for a null one).

    `login` is the mail address as which it logged in (RFC 4954), None where it did not. `relay`: it is a mail server of
    ours (LMTP), which handed on what others sent, so its own address says nothing of the author.
    """

    ip: str
    helo: str = ""
    mail_from: str = ""
    login: str | None = None
    relay: bool = False

    def is_within(self, networks: tuple[Network, ...]) -> bool:
        """Whether it is on one of these networks."""
        try:
            address = ip_address(self.ip)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in networks)
