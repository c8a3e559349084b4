"""What a message changed, and which change is the last: somebody's in a conversation, or a bill's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from storage.db.lists import one_of
from storage.models import Audit, Inbound
from storage.people import people
from storage.undo import book_actions
from storage.undo.standing import (
    ARRIVALS,
    BY_ITSELF,
    OF_BILLS,
    REVERSALS,
    can_be_taken_back,
    is_final,
    stands,
)

LOOKED_AT = 200
"""How many steps back an older change is looked for."""


@dataclass(frozen=True)
class Change:
    """The steps that one message made, in their order; one step alone where no message is known for it."""

    events: tuple[Audit, ...]

    @property
    def last(self) -> Audit:
        """Its last step, by which it is named."""
        return self.events[-1]

    @property
    def final(self) -> tuple[Audit, ...]:
        """Those of its steps from which there is no way back."""
        return tuple(event for event in self.events if is_final(event))

    @property
    def reverses(self) -> bool:
        """Whether it took something back itself."""
        return any(event.action in REVERSALS for event in self.events)

    @property
    def bills(self) -> tuple[int, ...]:
        """The bills that it is about, in their order."""
        return tuple(dict.fromkeys(event.bill_id for event in self.events if event.bill_id is not None))


def change_of(session: Session, event: Audit, bill_id: int | None = None) -> Change:
    """The change that a step belongs to, or (`bill_id`) what of it is about this bill."""
    if event.message_key is None:
        return Change((event,))
    query = select(Audit).where(Audit.message_key == event.message_key, Audit.person_id == event.person_id)
    found = session.exec(query.where(col(Audit.action).not_in(BY_ITSELF)).order_by(col(Audit.id))).all()
    about = {one.bill_id for one in found if one.bill_id is not None}
    if bill_id is not None and len(about) > 1:
        found = [one for one in found if one.bill_id == bill_id]
    return Change(tuple(found))


def change_by_message(session: Session, message_key: str) -> Change | None:
    """What the message of a key changed; None for nothing."""
    query = select(Audit).where(Audit.message_key == message_key, col(Audit.action).not_in(BY_ITSELF))
    found = session.exec(query.order_by(col(Audit.id))).all()
    return Change(tuple(found)) if found else None


def change_by_step(session: Session, step_id: int) -> Change | None:
    """The change of a step by its number in the audit; None where there is none."""
    event = session.get(Audit, step_id)
    return change_of(session, event) if event else None


def standing_steps(session: Session, change: Change) -> tuple[Audit, ...]:
    """Those of its steps that can be taken back and were not, in their order."""
    return tuple(event for event in change.events if can_be_taken_back(event) and stands(session, event))


def last_of_person(session: Session, person_id: int, channel: str, conversation: str) -> Change | None:
    """What the person's last message in this conversation changed that changed anything; None for nothing yet."""
    event = session.exec(_by(session, person_id, channel, conversation).limit(1)).first()
    return change_of(session, event) if event else None


def older_of_person(session: Session, person_id: int, channel: str, conversation: str) -> Change | None:
    """The person's latest change that stands: of this conversation, else of any."""
    ids = people.ids_of(session, person_id)
    everywhere = select(Audit).where(col(Audit.person_id).in_(ids)).order_by(col(Audit.id).desc())
    for query in (_by(session, person_id, channel, conversation), everywhere):
        for change in _standing(session, session.exec(query.limit(LOOKED_AT)).all()):
            return change
    return None


def lately(session: Session, actions: tuple[str, ...], person_id: int | None, most: int) -> list[Change]:
    """The latest changes with such steps that stand, the newest first; of one person or (None) of anybody."""
    query = select(Audit).where(col(Audit.action).in_(actions))
    if person_id is not None:
        query = query.where(col(Audit.person_id).in_(people.ids_of(session, person_id)))
    found: list[Change] = []
    for change in _standing(session, session.exec(query.order_by(col(Audit.id).desc()).limit(LOOKED_AT)).all()):
        found.append(change)
        if len(found) == most:
            break
    return found


def said_in(session: Session, change: Change) -> tuple[str, str] | None:
    """The channel and conversation of the message that made the change; None where that is not known."""
    key = change.last.message_key
    served = session.get(Inbound, key) if key else None
    return (served.channel, served.conversation) if served else None


def since(session: Session, change: Change) -> list[Audit]:
    """What was done to its bills after it and still holds, oldest first."""
    query = select(Audit).where(
        one_of(Audit.bill_id, change.bills),
        col(Audit.id) > change.last.id,
        col(Audit.action).not_in((*BY_ITSELF, *ARRIVALS, *REVERSALS)),
    )
    later = session.exec(query.order_by(col(Audit.id))).all()
    return [event for event in later if is_final(event) or (can_be_taken_back(event) and stands(session, event))]


def _by(session: Session, person_id: int, channel: str, conversation: str) -> SelectOfScalar[Audit]:
    """What the person did in this conversation, the latest first."""
    return (
        select(Audit)
        .join(Inbound, col(Inbound.key) == col(Audit.message_key))
        .where(
            col(Audit.person_id).in_(people.ids_of(session, person_id)),
            Inbound.person_id == person_id,
            Inbound.channel == channel,
            Inbound.conversation == conversation,
            col(Audit.action).not_in(BY_ITSELF),
        )
        .order_by(col(Audit.id).desc())
    )


def _standing(session: Session, events: Sequence[Audit]) -> Iterator[Change]:
    """The changes of these steps, in their order, of which something stands and nothing is final."""
    seen: set[str | int] = set()
    for event in events:
        name = event.message_key or event.id
        if name in seen or event.action not in (*OF_BILLS, *book_actions.REVOCABLE_ACTIONS):
            continue
        seen.add(name)
        change = change_of(session, event)
        if not change.final and standing_steps(session, change):
            yield change
