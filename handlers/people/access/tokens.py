"""What lets programs in, in the asker's name: made, listed and revoked."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound, NotPossible
from handlers.language.formats import day, moment
from handlers.language.translation import say, sayable
from handlers.messages import Reply
from handlers.requests import MakeToken, RevokeToken, ShowTokens
from storage.models import AccessToken
from storage.people import identities
from storage.people.access import tokens

KINDS = {
    "api": sayable("API token"),
    "calendar": sayable("calendar of due dates"),
    "table": sayable("table of bills"),
}
PATHS = {"calendar": "due.ics", "table": "bills.csv"}
"""By what a secret address ends."""


def make(session: Session, context: Context, request: MakeToken) -> tuple[Reply, ...]:
    """The token, which is told this once. Raises: LedgerError for a name or days that there cannot be."""
    writes = request.kind == "api" and request.writes
    days = request.days or (tokens.DAYS if request.kind == "api" else None)
    made, token = tokens.issue(
        session,
        context.asker.id,
        request.name or say(KINDS[request.kind]),
        kind=request.kind,
        scopes=tokens.SCOPES if writes else tokens.READING if request.kind == "api" else ("bills:read",),
        days=days,
        now=context.now,
    )
    url = identities.account_name(session, "web") or ""
    if request.kind != "api":
        return (Reply(_of_feed(made, f"{url}/feeds/{token}/{PATHS[request.kind]}")),)
    assert made.expires_at is not None
    until = day(made.expires_at.astimezone(context.zone).date())
    head = (
        say(
            "This token for {name} does what you may do, until {day}. It is shown this once:", name=made.name, day=until
        )
        if writes
        else say(
            "This token for {name} reads what you may see, until {day}. It is shown this once:",
            name=made.name,
            day=until,
        )
    )
    how = say("A program sends it to {url} as “Authorization: Bearer …”. “my tokens” lists them.", url=f"{url}/api/v1")
    return (Reply("\n".join([head, token, how])),)


def show(session: Session, context: Context, request: ShowTokens) -> tuple[Reply, ...]:
    """Numbered as they can be revoked."""
    held = tokens.tokens_of(session, context.asker.id, now=context.now)
    if not held:
        return (Reply(say("You have made no token. “create an API token for …” makes one.")),)
    lines = [f"{n}. {_described(context, one)}" for n, one in enumerate(held, 1)]
    return (Reply("\n".join([say("These come in, in your name:"), *lines, say("“revoke token 1” ends the first.")])),)


def revoke(session: Session, context: Context, request: RevokeToken) -> tuple[Reply, ...]:
    """It is good no more. Raises: NotFound; NotPossible where several are called so."""
    held = tokens.tokens_of(session, context.asker.id, now=context.now)
    if request.which.isdecimal():
        number = int(request.which)
        found = held[number - 1 : number] if number else []
    else:
        found = [one for one in held if one.name.casefold() == request.which.casefold()]
    if not found:
        raise NotFound(say("You have no such token. “my tokens” lists them."))
    if len(found) > 1:
        raise NotPossible(say("Several are called so. Say its number; “my tokens” lists them."))
    name = found[0].name
    tokens.revoke(session, found[0], by=context.asker.id, now=context.now)
    return (Reply(say("Nobody comes in by the token {name} any more.", name=name)),)


def _of_feed(made: AccessToken, address: str) -> str:
    if made.kind == "calendar":
        head = say(
            "Subscribe your calendar to this address. Whoever has it sees your due dates; it is shown this once:"
        )
    else:
        head = say("Open this address in a spreadsheet. Whoever has it sees your bills; it is shown this once:")
    return "\n".join([head, address, say("“my tokens” lists it, and “revoke token …” ends it.")])


def _described(context: Context, one: AccessToken) -> str:
    parts = [one.name, say(KINDS[one.kind])]
    if one.kind == "api":
        writes = any(scope.endswith(":write") for scope in one.scopes)
        parts.append(say("reads and writes") if writes else say("reads"))
    if one.expires_at:
        parts.append(say("until {day}", day=day(one.expires_at.astimezone(context.zone).date())))
    if one.used_at:
        parts.append(say("used last on {seen}", seen=moment(one.used_at.astimezone(context.zone))))
    return ", ".join(parts)
