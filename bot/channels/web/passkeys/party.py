"""Whom browsers make passkeys for: one origin of ours."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class RelyingParty:
    """`origin` is what a browser tells ("https://billify.example.com"), `id` its domain."""

    origin: str
    id: str

    def is_here(self, request: Request) -> bool:
        """Whether a request came to that origin: elsewhere browsers offer none of its passkeys."""
        return request.headers.get("host", "").lower() == urlsplit(self.origin).netloc


def relying_party(public_url: str, host: str, port: int, *, tls: bool = False) -> RelyingParty | None:
    """The origin of the public address, else localhost where it is this machine's own. None where browsers make no
    passkeys: without TLS, and for an IP address, which is no domain (WebAuthn 5.1.3).
    """
    own = "localhost" if _is_address(host) and ip_address(host).is_loopback else host
    parts = urlsplit(public_url or f"{'https' if tls else 'http'}://{own}:{port}")
    domain = (parts.hostname or "").lower()
    if _is_address(domain) or not (domain == "localhost" or parts.scheme == "https"):
        return None
    named = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    return RelyingParty(f"{parts.scheme}://{domain}{named}", domain)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
