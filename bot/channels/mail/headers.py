"""Header fields of mails as they really come: raw 8-bit text, broken encoded words, wrong dates, two senders.

Nothing here raises, whatever the mail holds. Mails are parsed with the `compat32` policy: it keeps each header as
it came, where the newer policies parse eagerly and fail on some malformed ones.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from bot.channels.mail.addresses import ascii_domain, is_address
from extraction.mail.header_fields import decoded, file_name, first, text, values

__all__ = ["date", "decoded", "file_name", "first", "is_address", "message_ids", "sender", "text", "values"]

_LONGEST_ADDRESSES = 2_000
"""Characters of a field with addresses; taking them apart is not linear."""
_MESSAGE_ID = re.compile(r"<([\x21-\x3b\x3d\x3f-\x7e]{1,998})>")


def sender(mail: Message) -> tuple[str, str]:
    """Name and address of who wrote it: `From`, else `Sender`. The address is in lower case, its domain as DNS has it.

    Both are "" where no usable address is given. Of several, the first counts. `Reply-To` never does: it would
    let anybody have the answers to somebody else's mail sent to himself.
    """
    for header in ("From", "Sender"):
        for value in values(mail, header):
            for name, address in addresses(value):
                if is_address(address):
                    return decoded(name), ascii_domain(address)
    return "", ""


def message_ids(mail: Message, *names: str) -> tuple[str, ...]:
    """The message ids in these headers, in order, each once, without their angle brackets.

    Long ones are decoded, as some programs write them in encoded words, against RFC 2047.
    """
    found = [id_ for name in names for value in values(mail, name) for id_ in _MESSAGE_ID.findall(decoded(value))]
    return tuple(dict.fromkeys(found))


def date(mail: Message) -> datetime | None:
    """When it says that it was written, in UTC; a date without a zone is taken as UTC. None where unreadable."""
    with suppress(Exception):  # ValueError, TypeError, IndexError, OverflowError: depends on what is wrong with it
        found = parsedate_to_datetime(first(mail, "Date")[:200])
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def addresses(value: str) -> list[tuple[str, str]]:
    """Names and addresses in a header's value; empty where they cannot be told apart."""
    try:
        return getaddresses([value[:_LONGEST_ADDRESSES]])
    except (IndexError, ValueError, RecursionError):  # some unfinished or deeply nested comments
        return []
