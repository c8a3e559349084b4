"""How an address on a channel is written, so that one is known again however somebody writes it."""

from __future__ import annotations

from contextlib import suppress

import idna


def normalised(address: str) -> str:
    """Mail addresses are one whatever their case, and whether their domain is written as DNS has it (RFC 5890) or not;
    other channels' identifiers are kept as they are."""
    local, at, domain = address.strip().rpartition("@")
    if not at:
        return address.strip()
    with suppress(idna.IDNAError):
        domain = domain if domain.isascii() else idna.encode(domain, uts46=True).decode()
    return f"{local}@{domain}".casefold()


def spellings(channel: str, address: str) -> list[str]:
    """An address as identities keep it, and a mail address with a detail once more without, by falling rank."""
    local, _, domain = address.rpartition("@")
    if channel != "mail" or "+" not in local.lstrip("+"):
        return [normalised(address)]
    return [normalised(address), normalised(f"{local.partition('+')[0]}@{domain}")]
