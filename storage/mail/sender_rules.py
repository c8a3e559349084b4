"""Whose mail is always taken in, or never: rules about addresses, domains and forwarders; intake addresses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage import audit
from storage.db.locks import acquire_lock
from storage.errors import WrongState
from storage.models import IntakeAddress, SenderKind, SenderRule


@dataclass(frozen=True)
class MailOrigin:
    """What rules compare: the sender's address, the addresses of ours it was sent to by their tags (what stands behind
    the "+"), and the addresses of those who forwarded it."""

    sender: str
    tags: tuple[str, ...] = ()
    forwarders: tuple[str, ...] = ()


def rule_for(session: Session, origin: MailOrigin) -> SenderRule | None:
    """The rule that counts for a mail, None for none: of an address before of a domain before of a forwarder, those of
    the intake address that it was sent to before general ones, the latest of equals."""
    senders = (origin.sender, *_domains(origin.sender))
    candidates = select(SenderRule).where(col(SenderRule.value).in_((*senders, *origin.forwarders)))
    at = {address.id for address in intake_addresses(session) if address.tag in origin.tags}
    fitting = [
        rule
        for rule in session.exec(candidates).all()
        if (rule.intake_id is None or rule.intake_id in at)
        and rule.value in (origin.forwarders if rule.kind is SenderKind.FORWARDER else senders)
    ]
    order = list(SenderKind)
    fitting.sort(key=lambda rule: (order.index(rule.kind), rule.intake_id is None, -len(rule.value), -rule.id))
    return fitting[0] if fitting else None


def add_rule(
    session: Session,
    kind: SenderKind,
    value: str,
    *,
    accept: bool,
    person_id: int,
    by: int,
    now: datetime,
    intake_id: int | None = None,
) -> SenderRule:
    """From now on mail of these senders is taken in for the person, or never. It takes the place of an earlier rule
    about the same senders."""
    value = value.strip().casefold().lstrip("@")
    acquire_lock(session, f"sender rule:{value}")
    same = select(SenderRule).where(SenderRule.kind == kind, SenderRule.value == value)
    before = [earlier for earlier in session.exec(same).all() if earlier.intake_id == intake_id]
    for earlier in before:
        session.delete(earlier)
    session.flush()
    rule = SenderRule(
        kind=kind,
        value=value,
        accept=accept,
        intake_id=intake_id,
        person_id=person_id,
        created_by=by,
        created_at=now,
    )
    session.add(rule)
    session.flush()
    _audit(session, value, rule.id, before, by, now)
    return rule


def drop_rules(session: Session, value: str, *, by: int, now: datetime) -> int:
    """Mail of these senders waits in quarantine again; how many rules that took away."""
    value = value.strip().casefold().lstrip("@")
    found = session.exec(select(SenderRule).where(SenderRule.value == value)).all()
    for rule in found:
        session.delete(rule)
    session.flush()
    if found:
        _audit(session, value, None, found, by, now)
    return len(found)


def put_back(session: Session, value: str, made: int | None, before: list[dict[str, Any]], now: datetime) -> bool:
    """Takes a change of the rules about these senders back: drops the rule that was `made`, restores those `before`.
    False where the rules are others by now."""
    acquire_lock(session, f"sender rule:{value}")
    rule = session.get(SenderRule, made) if made is not None else None
    scopes = [(SenderKind(one["kind"]), one["intake_id"]) for one in before]
    there = session.exec(select(SenderRule).where(SenderRule.value == value)).all()
    taken = any((one.kind, one.intake_id) in scopes for one in there if one is not rule)
    if taken or (made is not None and rule is None):
        return False
    if rule:
        session.delete(rule)
        session.flush()
    for one in before:
        session.add(SenderRule(**{**one, "kind": SenderKind(one["kind"])}, value=value, created_at=now))
    session.flush()
    return True


def _audit(
    session: Session, value: str, made: int | None, before: Sequence[SenderRule], by: int, now: datetime
) -> None:
    kept = [one.model_dump(include={"kind", "accept", "intake_id", "person_id", "created_by"}) for one in before]
    details = {"name": value, "made": made, "before": [one | {"kind": str(one["kind"])} for one in kept]}
    audit.record(session, "sender rule", person_id=by, now=now, details=details)


def rules(session: Session) -> list[SenderRule]:
    """All rules, in the order in which they were made."""
    return list(session.exec(select(SenderRule).order_by(col(SenderRule.id))).all())


def intake_addresses(session: Session) -> list[IntakeAddress]:
    """The plus-addresses that are open, by name."""
    query = select(IntakeAddress).where(col(IntakeAddress.closed_at).is_(None))
    return list(session.exec(query.order_by(col(IntakeAddress.name))).all())


def open_intake_address(session: Session, tag: str, name: str, *, person_id: int, now: datetime) -> IntakeAddress:
    """The plus-address of this tag, made or opened again. Raises: WrongState for no tag at all."""
    tag = tag.casefold()
    if not tag:
        raise WrongState("Give the address a name with letters or digits, such as a company's.")
    acquire_lock(session, f"intake:{tag}")
    known = session.exec(select(IntakeAddress).where(IntakeAddress.tag == tag)).one_or_none()
    if known is None:
        known = IntakeAddress(tag=tag, name=name, person_id=person_id, created_at=now)
        session.add(known)
    known.closed_at = None
    session.flush()
    return known


def close_intake_address(session: Session, address: IntakeAddress, now: datetime) -> None:
    """What is sent there counts as any other mail from now on, and its allow-list is dropped."""
    for rule in session.exec(select(SenderRule).where(SenderRule.intake_id == address.id)).all():
        session.delete(rule)
    address.closed_at = now
    session.flush()


def allowed_at(session: Session, address: IntakeAddress) -> Sequence[SenderRule]:
    """The allow-list of an intake address."""
    return session.exec(select(SenderRule).where(SenderRule.intake_id == address.id).order_by(col(SenderRule.id))).all()


def _domains(address: str) -> list[str]:
    """The domain of an address and those above it, but no bare top level: of a@b.acme.com, b.acme.com and acme.com."""
    labels = address.rpartition("@")[2].split(".")
    return [".".join(labels[n:]) for n in range(len(labels) - 1)]
