"""A step of the ledger is taken wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

P = ParamSpec("P")
T = TypeVar("T")


def atomic(step: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """Undoes what a step did when it raises, so that its caller may answer the error and commit the rest."""

    @wraps(step)
    def taken(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with session.begin_nested():
            return step(session, *args, **kwargs)

    return taken
