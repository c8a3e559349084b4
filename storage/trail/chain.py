"""The chain that holds the audit, made longer as each transaction commits.

A transaction takes the chain's lock as its last act, when everything else of it is written, and lets go on committing:
so writers wait for one another only as long as a commit takes, nobody who holds the lock waits for anything else, and
what is committed is always in the chain. A crash takes the link back together with what it holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Mapper
from sqlmodel import Session, SQLModel, col, select

from storage.db.locks import acquire_lock
from storage.db.tenancy import company_of, is_of_company
from storage.models import Audit, AuditLink, Entry, Inbound, Posting
from storage.trail.changes import Change, Changes, folded, replace_values, written

START = "0" * 64
"""What stands as the hash before the first link."""
SERVING = "message served"
"""Under which a session keeps the key of the message that it serves."""
ERASED = "erased"
"""Marks details and changes that were replaced, since they named somebody who was erased."""


class OnlyAddedTo(RuntimeError):
    """Something that is only ever added to was about to be changed: a fault of the program."""


def digest(content: Any) -> str:
    """SHA-256 of content as canonical JSON: sorted names, no blanks, as it reads after being stored."""
    stored = json.loads(json.dumps(content))
    text = json.dumps(stored, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def step_digest(step: Audit) -> str:
    """The digest of a step but for its details and its number."""
    at = _utc(step.at)
    return digest([at, step.person_id, step.action, step.bill_id, step.message_key])


def link_hash(link: AuditLink) -> str:
    """What a link's hash has to be."""
    about = [link.position, link.audit_id, _utc(link.at), link.person_id, link.channel, link.message_key]
    return digest([*about, link.step_sha256, link.details_sha256, link.changes_sha256, link.previous])


def make_link(
    before: AuditLink | None, step: Audit | None, changes: Changes, said: Inbound | None, now: datetime
) -> AuditLink:
    """The link after `before`; `now` (aware) is when it is of no step and no message. `said` is the message."""
    link = AuditLink(
        position=before.position + 1 if before else 1,
        audit_id=step.id if step else None,
        at=step.at if step else said.served_at if said else now,
        person_id=step.person_id if step else said.person_id if said else None,
        channel=said.channel if said else None,
        message_key=step.message_key if step else said.key if said else None,
        changes=changes,
        step_sha256=step_digest(step) if step else None,
        details_sha256=digest(step.details) if step else None,
        changes_sha256=digest(changes),
        previous=before.hash if before else START,
        hash="",
    )
    link.hash = link_hash(link)
    return link


def head(session: Session) -> AuditLink | None:
    """The last link; None of an empty chain."""
    return session.exec(select(AuditLink).order_by(col(AuditLink.position).desc()).limit(1)).first()


def blot_out(session: Session, replaced: Callable[[str, Any], Any]) -> None:
    """Replaces what the changes of a row ("person:3") say of somebody who was erased, those of this transaction
    included, and marks the links so, which the database lets pass."""
    replace_values(session, replaced)
    for link in session.exec(select(AuditLink)).all():
        changes = {row: replaced(row, columns) for row, columns in link.changes.items()}
        if changes != link.changes:
            link.changes = {**changes, ERASED: True}
    session.flush()


@event.listens_for(Session, "before_commit")
def _extend(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    found = written(session)
    steps = list(_by_step(found))
    found.clear()
    if not steps or not is_of_company(session):
        return
    acquire_lock(session, f"audit chain of {company_of(session)}")
    key = session.info.get(SERVING)
    said = session.get(Inbound, key) if key else None
    last, now = head(session), datetime.now(UTC)
    for step, changes in steps:
        last = make_link(last, step, changes, said, now)
        session.add(last)
    session.flush()
    found.clear()


def _by_step(found: Sequence[Change | Audit]) -> Iterator[tuple[Audit | None, Changes]]:
    """Each step with the changes before it; at the end those that no step was recorded for."""
    changes: list[Change] = []
    for one in found:
        if isinstance(one, Change):
            changes.append(one)
            continue
        yield one, folded(changes)
        changes = []
    if left := folded(changes):
        yield None, left


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _refuse_change(_mapper: Mapper[Any], _connection: object, row: SQLModel) -> None:
    state = inspect(row)
    changed = {one.key for one in state.mapper.column_attrs if state.attrs[one.key].history.has_changes()}
    blotted = {Audit: "details", AuditLink: "changes"}.get(type(row))
    if blotted and changed == {blotted} and getattr(row, blotted).get(ERASED) is True:
        return
    if changed:
        raise OnlyAddedTo(f"{type(row).__name__} is only ever added to: {', '.join(sorted(changed))} would change.")


def _refuse_removal(_mapper: Mapper[Any], _connection: object, row: SQLModel) -> None:
    raise OnlyAddedTo(f"{type(row).__name__} is only ever added to: nothing of it is removed.")


for _table in (Audit, AuditLink, Entry, Posting):
    event.listen(_table, "before_update", _refuse_change)
    event.listen(_table, "before_delete", _refuse_removal)
