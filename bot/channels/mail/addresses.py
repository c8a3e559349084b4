"""Mail addresses (RFC 5321, RFC 6531): which strings are one, and when two are the same."""

from __future__ import annotations

import re
from contextlib import suppress

import idna

_ATOM = r"[\w!#$%&'*+/=?^`{|}~.-]"
"""Letters of any script, for RFC 6531; dots also where RFC 5322 has none ("a..b@…"), which people do have."""
_QUOTED = r'"(?:[^"\\\x00-\x1f\x7f]|\\[^\x00-\x1f\x7f])*"'
_ADDRESS = re.compile(rf"(?:{_ATOM}{{1,64}}|{_QUOTED})@([\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,9}})")
_PLAIN = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


def is_address(text: str) -> bool:
    """Whether this is a mail address that people really have. Address literals ("@[192.0.2.1]") are none."""
    return len(text.encode("utf-8", "replace")) <= 254 and bool(_ADDRESS.fullmatch(text))


def parts(address: str) -> tuple[str, str]:
    """Local part and domain; a local part in quotes that needs none is without them."""
    local, _, domain = address.rpartition("@")
    if len(local) > 2 and local[0] == local[-1] == '"':
        bare = re.sub(r"\\(.)", r"\1", local[1:-1])
        local = bare if _PLAIN.fullmatch(bare) else local
    return local, domain


def ascii_domain(address: str) -> str:
    """The address with its domain as DNS has it (RFC 5890), in lower case; as it stands where that cannot be."""
    local, _, domain = address.rpartition("@")
    if not domain.isascii():
        with suppress(idna.IDNAError):
            domain = idna.encode(domain, uts46=True).decode()
    return f"{local}@{domain}".lower()


def detail(to: str, address: str) -> str | None:
    """The detail of an address of ours ("march" of "billify+march@…", RFC 5233), "" where it has none.

    None for an address that is not ours, in any case and spelling.
    """
    local, domain = parts(to)
    ours, our_domain = parts(address)
    if ascii_domain(f"x@{domain}") != ascii_domain(f"x@{our_domain}"):
        return None
    if local.lower() == ours.lower():
        return ""
    base, plus, rest = local.partition("+")
    return rest if plus and base.lower() == ours.lower() else None
