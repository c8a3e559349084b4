"""What stands on each of our mails: where it comes from, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Letterhead:
    """`address` is ours. `plus_addresses`: mail to "billify+anything@…" arrives as well, so that answers can be asked
    for there. `link_url` is where people open the web chat, "" where our mails cannot lead there."""

    address: str
    plus_addresses: bool = True
    link_url: str = ""

    def answer_address(self, mark: str) -> str | None:
        """Where an answer is to go that brings this mark; None where that cannot be, or is too long (RFC 5321,
        4.5.3.1.1)."""
        local, _, domain = self.address.rpartition("@")
        if not self.plus_addresses or len(f"{local}+{mark}".encode()) > 64 or local.startswith('"'):
            return None
        return f"{local}+{mark}@{domain}"
