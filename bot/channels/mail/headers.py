"""Header fields of mails as they really come: raw 8-bit text, broken encoded words, wrong dates, two senders.

Nothing here raises, whatever the mail holds. Mails are parsed with the `compat32` policy: it keeps each header as
it came, where the newer policies parse eagerly and fail on some malformed ones.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses, parsedate_to_datetime

from bot.channels.mail import body_text
from bot.channels.mail.addresses import ascii_domain, is_address

_MESSAGE_ID = re.compile(r"<([\x21-\x3b\x3d\x3f-\x7e]{1,998})>")


def values(mail: Message, name: str) -> list[str]:
    """All values of a header, in order, unfolded, encoded words not yet decoded."""
    found = [value for header, value in mail.raw_items() if header.lower() == name.lower()]
    return [" ".join(_repaired(str(value)).split()) for value in found]


def first(mail: Message, name: str) -> str:
    """The first value of a header; "" where the mail has none."""
    return next(iter(values(mail, name)), "")


def text(mail: Message, name: str) -> str:
    """The first value of a header with its encoded words (RFC 2047) decoded, on one line."""
    return decoded(first(mail, name))


def decoded(value: str) -> str:
    """The value with its encoded words decoded; as it stands where they are broken."""
    with suppress(Exception):  # decode_header raises errors of many kinds on broken words and charsets
        value = str(make_header(decode_header(value)))
    return " ".join(body_text.printable(value).split())


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
        found = parsedate_to_datetime(first(mail, "Date"))
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return None


def file_name(part: Message) -> str:
    """The name of an attachment without any folders; "" where it has none."""
    name: object = ""
    with suppress(Exception):  # RFC 2231 continuations that are out of order or in an unknown charset
        name = part.get_param("filename", None, "content-disposition") or part.get_param("name", "")
        name = collapse_rfc2231_value(name) if isinstance(name, tuple) else name
    whole = decoded(_repaired(str(name)))
    return re.split(r"[/\\]", whole)[-1].strip().strip('"')[:200]


def addresses(value: str) -> list[tuple[str, str]]:
    """Names and addresses in a header's value; empty where they cannot be told apart."""
    try:
        return getaddresses([value])
    except (IndexError, ValueError, RecursionError):  # some unfinished or deeply nested comments
        return []


def _repaired(value: str) -> str:
    """Bytes that a header must not hold (surrogates, as the parser keeps them) as UTF-8, else as Western text."""
    try:
        data = value.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:  # already decoded text
        return value.encode("utf-8", "replace").decode()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
