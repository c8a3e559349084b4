"""Reads the chain from its first link on, and finds the first that does not hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from storage.models import Audit, AuditLink
from storage.trail.chain import ERASED, START, digest, link_hash, step_digest

AT_ONCE = 500
ERASURE = "erased person"
"""The step after which what was said of somebody may have been blotted out."""


@dataclass(frozen=True)
class Anchor:
    """How long a chain was, and the hash of its last link, as noted outside of the database."""

    position: int
    hash: str


@dataclass(frozen=True)
class Verified:
    """What was found: how many links hold, the hash of the last, how many were blotted out for data protection, and
    (`fault`) in plain words the first thing that does not hold; "" where all does."""

    links: int
    hash: str
    erased: int
    fault: str = ""


def verify(session: Session, *anchors: Anchor) -> Verified:
    """Whether the audit is as it was written: nothing changed, removed, moved or put in.

    Without anchors, links that were cut off at the end are not missed.
    """
    links, erased, last = 0, 0, START
    blotted = 0
    for link, step in _pairs(session):
        fault = _fault(session, link, step, links + 1, last)
        if not fault and any(one.position == link.position and one.hash != link.hash for one in anchors):
            fault = f"Up to row {link.position} the audit was written anew: the hash noted outside is another."
        if fault:
            return Verified(links, last, erased, fault)
        links, last = link.position, link.hash
        if _is_erased(link, step):
            erased, blotted = erased + 1, blotted or links
        if step is not None and step.action == ERASURE:
            blotted = 0
    if blotted:
        fault = f"Row {blotted} of the audit was changed: it was blotted out, and nobody was erased after it."
        return Verified(blotted - 1, last, erased, fault)
    return Verified(links, last, erased, _missing(session, links, anchors))


def _pairs(session: Session) -> Iterator[tuple[AuditLink, Audit | None]]:
    query = select(AuditLink, Audit).join(Audit, col(Audit.id) == col(AuditLink.audit_id), isouter=True)
    found = session.exec(query.order_by(col(AuditLink.position)).execution_options(yield_per=AT_ONCE))
    yield from found


def _fault(session: Session, link: AuditLink, step: Audit | None, position: int, last: str) -> str:
    """What is wrong with a link, "" for nothing."""
    if link.position != position:
        gap = f"Row {position}" if link.position == position + 1 else f"Rows {position} to {link.position - 1}"
        return f"{gap} of the audit {'was' if gap.startswith('Row ') else 'were'} removed."
    name = f"Row {position} of the audit"
    if link.audit_id is not None and step is None:
        return f"{name} was removed: its step {link.audit_id} is gone."
    if link.previous != last:
        return f"{name} was moved, or put in: it does not follow the row before it."
    if link_hash(link) != link.hash:
        return f"{name} was changed: its hash is not that of what it says."
    if step is None:
        if link.step_sha256 is not None:
            return f"{name} was changed: it names no step any more."
    elif (found := step_digest(step)) != link.step_sha256:
        other = session.exec(select(AuditLink.position).where(AuditLink.step_sha256 == found)).first()
        if other is not None:
            return f"{name} was moved: it says what row {other} said."
        return f"{name} was changed: {_shown(step)} is not what was written."
    elif step.details.get(ERASED) is not True and digest(step.details) != link.details_sha256:
        return f"{name} was changed: the details of {_shown(step)} are not what was written."
    if link.changes.get(ERASED) is not True and digest(link.changes) != link.changes_sha256:
        return f"{name} was changed: its old and new values are not what was written."
    return ""


def _missing(session: Session, links: int, anchors: Sequence[Anchor]) -> str:
    """What the end of the chain lacks: steps that are in no link, and links that an anchor knows of."""
    if (had := max((one.position for one in anchors), default=0)) > links:
        return f"The last rows of the audit were removed: it had {had}, and has {links}."
    chained = select(AuditLink.audit_id).where(col(AuditLink.audit_id).is_not(None))
    outside = session.exec(select(func.min(Audit.id)).where(col(Audit.id).not_in(chained))).one()
    if outside is not None:
        step = session.get_one(Audit, outside)
        return f"A step was put in past Billify, or its row removed: {_shown(step)}, step {step.id}."
    return ""


def _is_erased(link: AuditLink, step: Audit | None) -> bool:
    return link.changes.get(ERASED) is True or (step is not None and step.details.get(ERASED) is True)


def _shown(step: Audit) -> str:
    return f"“{step.action}” of {step.at:%Y-%m-%d %H:%M} UTC"
