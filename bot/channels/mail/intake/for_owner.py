"""Mail that is for whoever keeps the mailbox: to the postmaster, and what services ask that forward mail to us."""

from __future__ import annotations

import asyncio
import re

from bot.channels.mail.addresses import ascii_domain
from bot.channels.mail.intake.peek import Outside
from bot.channels.mail.parse import parse
from handlers.mailbox.owner_notes import FORWARDING, POSTMASTER

_LONGEST = 4000
_CONFIRMS = (
    re.compile(r"forwarding-noreply@google\.com"),
    re.compile(
        r"(?:no-?reply|account-security-noreply)@(?:.+\.)?(?:microsoft|office|office365|outlook|accountprotection\.microsoft)\.com"
    ),
    re.compile(
        r"no-?reply@(?:.+\.)?(?:yahoo|yahoo-inc|aol|icloud|apple|fastmail|zoho|gmx|web|proton)\.(?:com|net|de|me)"
    ),
)
_ASKS = re.compile(
    r"forward|weiterleit|umleit|transfert|réexpédi|reenv[ií]|inoltr|doorst|encaminh|viderebefor|vidaresänd|przekier|přepos|"
    r"security code|verification code|verify|sicherheitscode|bestätigungscode|code de sécurité",
    re.IGNORECASE,
)
"""In Europe's languages; services ask nothing else of an address that nobody signed up with."""


def note_kind(outside: Outside, address: str) -> str | None:
    """What the owner is to be told of a mail, None where it is not for them. Whether a service that asks is the one
    that it says it is, is not seen here."""
    local, _, domain = ascii_domain(outside.arrived.recipient).rpartition("@")
    if local == "postmaster" and domain == ascii_domain(address).rpartition("@")[2]:
        return POSTMASTER
    asks = any(sender.fullmatch(outside.arrived.sender) for sender in _CONFIRMS)
    return FORWARDING if asks and _ASKS.search(outside.arrived.subject) else None


async def note_values(outside: Outside, raw: bytes) -> dict[str, str]:
    """What fills the text for the owner: who wrote, to whom, what it says, with codes and links as text.

    Raises: BillifyError when it cannot be read.
    """
    mail = await asyncio.to_thread(parse, raw)
    return {
        "sender": outside.arrived.sender,
        "to": outside.arrived.recipient,
        "subject": outside.arrived.subject,
        "text": "\n".join(filter(None, (outside.arrived.subject, mail.text.strip())))[:_LONGEST],
    }
