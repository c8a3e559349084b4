"""Who calls: the token that a request brings, and for whom it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.people.access import tokens

RESOURCE_OF = {
    **{resource: resource for resource in tokens.RESOURCES},
    "vendors": "parties",
    "customers": "parties",
    "movements": "statements",
    "answers": "documents",
}
"""By the first part of a path, what its scope is called."""


@dataclass(frozen=True)
class Caller:
    """Whom a token speaks for: the address on the channel "api" and its company; `public` names the token."""

    token_id: int
    public: str
    address: str
    company: int
    scopes: frozenset[str]

    def may(self, method: str, path: str) -> str | None:
        """The scope that a call lacks; None where it lacks none."""
        resource = RESOURCE_OF.get(path.strip("/").partition("/")[0])
        reads = method in ("GET", "HEAD") or resource == "assistant"  # which looks itself at what a call asks for
        scope = f"{resource}:{'read' if reads else 'write'}"
        return None if resource is None or scope in self.scopes else scope


async def caller_of(database: Database, presented: str, now: datetime, kind: tokens.Kind = "api") -> Caller | None:
    """Whom a token that was presented speaks for; None where it is none that is good now, or of another kind."""
    with acting_for(None):
        company = await database.read(tokens.company_of, presented)
    if company is None:
        return None
    with acting_for(company):
        found = await database.read(_found, presented, now, kind)
        if found is None:
            return None
        caller, to_be_noted = found
        if to_be_noted:
            await database.run(tokens.note_use, caller.token_id, now=now)
        return caller


def _found(session: Session, presented: str, now: datetime, kind: tokens.Kind) -> tuple[Caller, bool] | None:
    held = tokens.find(session, presented, now=now)
    if held is None or held.kind != kind:
        return None
    caller = Caller(held.id, held.public, held.address, held.company_id, frozenset(held.scopes))
    return caller, tokens.is_to_be_noted(held, now)
