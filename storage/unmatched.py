"""Movements of the bank that no entry explains yet."""

from __future__ import annotations

from sqlmodel import Session, col, select

from storage.models import Movement, MovementState


def movements(session: Session) -> list[Movement]:
    """Those that are new or wait for a person's answer, oldest first."""
    open_states = (MovementState.NEW, MovementState.ASKED)
    query = select(Movement).where(col(Movement.state).in_(open_states))
    return list(session.exec(query.order_by(col(Movement.booked_on), col(Movement.id))).all())
