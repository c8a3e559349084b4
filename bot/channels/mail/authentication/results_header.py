"""Authentication-Results (RFC 8601): ours, written as mails come in, and those of servers that are trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, unquote

import authres
from authres.core import AuthResError

from bot.channels.mail.addresses import ascii_domain
from bot.channels.mail.authentication.header_fields import fields, split
from bot.channels.mail.authentication.outcomes import Method, Outcome

_NAME = "authentication-results"
MICROSOFT = "microsoft"
"""Stands for the servers of Microsoft 365, which write no authserv-id at all."""

_SUBJECTS: dict[Method, tuple[tuple[str, str], ...]] = {
    "spf": (("smtp", "mailfrom"), ("smtp", "helo")),
    "dkim": (("header", "d"), ("header", "i")),
    "dmarc": (("header", "from"),),
    "auth": (("smtp", "auth"),),
}


def stamped(raw: bytes, servers: Sequence[str], outcomes: Sequence[Outcome]) -> bytes:
    """The mail with a header of this server in front, by the first of its names, and without those that claim to be its
    by any (RFC 8601, 5)."""
    header, rest = split(raw)
    kept = b"".join(
        whole for name, value, whole in fields(header) if not any(_claims(name, value, server) for server in servers)
    )
    said = "; ".join(_written(each) for each in outcomes) or "none"
    return f"Authentication-Results: {servers[0]}; {said}\r\n".encode("ascii", "replace") + kept + rest


def has_header_of(raw: bytes, server: str) -> bool:
    """Whether a header in the mail claims to be of this server."""
    return any(_claims(name, value, server) for name, value, _ in fields(split(raw)[0]))


def trusted_outcomes(raw: bytes, servers: Sequence[str]) -> list[Outcome]:
    """What servers that we trust found, by their headers; empty where they said nothing.

    A server adds its header on top and should take away those that came in with its name (RFC 8601, 5); where it did
    not, only what stands on top counts: its headers up to the next Received. Of a server that says all in one header,
    that is the first; several that each say one thing (a milter for DKIM, another for DMARC) count together. Where two
    say different things of one method, somebody forged one: neither counts.
    """
    blocks: list[list[Outcome]] = []
    for name, value, _ in fields(split(raw)[0]):
        if name == "received" and blocks:
            break
        if name == _NAME and (outcomes := _outcomes(value, servers)) is not None:
            blocks.append(outcomes)
    if any(len({each.method for each in block}) > 1 for block in blocks):
        return blocks[0]
    found = [each for block in blocks for each in block]
    return [] if _is_disputed(found) else found


def own_outcomes(raw: bytes, server: str) -> list[Outcome]:
    """What `stamped` wrote for this server."""
    return [replace(each, subject=unquote(each.subject)) for each in trusted_outcomes(raw, [server])]


def _is_disputed(outcomes: Sequence[Outcome]) -> bool:
    first: dict[tuple[Method, str], str] = {}
    for each in outcomes:
        subject = "" if each.method == "dmarc" else each.subject  # a mail has one author
        if first.setdefault((each.method, subject), each.result) != each.result:
            return True
    return False


def _claims(name: str, value: str, server: str) -> bool:
    return name == _NAME and value.partition(";")[0].split("(")[0].split()[:1] == [server]


def _outcomes(value: str, servers: Sequence[str]) -> list[Outcome] | None:
    """What a header says, None where it is not of one of these servers or cannot be read."""
    if MICROSOFT in servers and value.lower().startswith(("spf=", "dkim=")):
        value = f"{MICROSOFT}; {value}"
    try:
        header = authres.AuthenticationResultsHeader.parse_value(value)
    except (AuthResError, ValueError, IndexError, RecursionError):
        return None
    if header.authserv_id is None or header.authserv_id.lower() not in {each.lower() for each in servers}:
        return None
    found = [_outcome(result) for result in header.results]
    return [each for each in found if each is not None]


def _outcome(result: authres.AuthenticationResult) -> Outcome | None:
    method = next((known for known in _SUBJECTS if known == result.method), None)
    if method is None:
        return None
    values = {(each.type, each.name): str(each.value or "") for each in result.properties}
    subject = next((values[key] for key in _SUBJECTS[method] if values.get(key)), "").strip("<>").lower()
    if method == "auth":
        return Outcome(method, str(result.result), ascii_domain(subject))
    return Outcome(method, str(result.result), ascii_domain(f"x@{subject.rpartition('@')[2]}").removeprefix("x@"))


def _written(outcome: Outcome) -> str:
    kind, name = _SUBJECTS[outcome.method][0]
    subject = quote(outcome.subject, safe="@.-_+=")  # `own_outcomes` reads it: whatever alphabet, or quotes
    return f"{outcome.method}={outcome.result}" + (f" {kind}.{name}={subject}" if subject else "")
