"""Posts to addresses that people gave, without letting them reach what only this machine's network reaches.

Each address that a name leads to is looked at, and it is that very address which is connected to: a name that leads
elsewhere a moment later changes nothing. Nothing is followed, nothing that comes back is read but the status and
Retry-After.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple, Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

SECONDS = 15.0
"""For everything, from looking the name up to the status."""
CONNECT_SECONDS = 5.0

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_TUNNELS = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "2002::/16", "2001::/32")))
"""NAT64, 6to4 and Teredo: behind such an address stands another, which may be anybody's."""


class NotReached(Exception):
    """Nobody answered there; `str` says why."""


class Answered(NamedTuple):
    """The status of HTTP, and what Retry-After says, "" for nothing."""

    status: int
    retry_after: str = ""


class Forbidden(OSError):
    """The address is none that may be connected to. An OSError, as aiohttp expects of what looks names up."""


class Outgoing:
    """Posts, until it is closed. `networks` are those of private addresses that may be reached all the same."""

    def __init__(self, networks: Sequence[str] = ()) -> None:
        self._networks = [ipaddress.ip_network(each) for each in networks]
        self._sessions: dict[str, aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        for scheme in ("http", "https"):
            connector = aiohttp.TCPConnector(
                resolver=_Looked(self._networks, this_machine=scheme == "http"), use_dns_cache=False, force_close=True
            )
            self._sessions[scheme] = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=SECONDS, connect=CONNECT_SECONDS),
                headers={"User-Agent": "Billify"},
                auto_decompress=False,
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        for each in self._sessions.values():
            await each.close()

    async def post(self, url: str, body: bytes, headers: dict[str, str]) -> Answered:
        """What is answered, as far as it is read. Raises: NotReached."""
        scheme, host = urlsplit(url).scheme, urlsplit(url).hostname or ""
        try:
            with suppress(ValueError):  # of a name, which is looked up; aiohttp looks up no address
                check(ipaddress.ip_address(host), self._networks, this_machine=scheme == "http")
            session = self._sessions[scheme]
            async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
                return Answered(answer.status, answer.headers.get("Retry-After", "")[:100])
        except TimeoutError:
            raise NotReached(f"no answer within {SECONDS:.0f} seconds") from None
        except (OSError, aiohttp.ClientError, UnicodeError) as error:
            raise NotReached(_in_words(error)) from None


class _Looked(AbstractResolver):
    """Leads to addresses that may be connected to, or to none."""

    def __init__(self, networks: Sequence[Network], *, this_machine: bool) -> None:
        self._networks, self._this_machine = networks, this_machine
        self._resolver = ThreadedResolver(asyncio.get_running_loop())

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        for each in found:
            check(ipaddress.ip_address(each["host"].partition("%")[0]), self._networks, this_machine=self._this_machine)
        return found

    async def close(self) -> None:
        await self._resolver.close()


def check(address: Address, networks: Sequence[Network], *, this_machine: bool) -> None:
    """Whether what happens here may be told there: to anybody's address of the internet, and to those of `networks`;
    `this_machine` asks for one that is ours alone, since what is said to it is not encrypted. Raises: Forbidden."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    named = any(address in network for network in networks)
    tunnel = any(address in network for network in _TUNNELS)
    if this_machine and not address.is_loopback:
        raise Forbidden(f"{address} is not this machine: only HTTPS goes there")
    if not named and (tunnel or address.is_multicast or not address.is_global):
        raise Forbidden(f"{address} is no address of the internet, and not in BILLIFY_WEBHOOK_NETWORKS")


def _in_words(error: Exception) -> str:
    """Of a connection that cannot be made, what lies beneath says it best."""
    return str(getattr(error, "os_error", None) or error) or type(error).__name__
