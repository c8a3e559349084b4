"""What only reads, and reads long, is made outside the transaction that serves its message: no writer waits for it.

The use case is asked for within the transaction, past all rights; there it says that it is to be made first. The
transaction is undone, it is made on one state of the ledger, and the message is served anew, with what was made.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import Session

from handlers.context import Context
from handlers.language.translation import Language, language, speaking
from handlers.messages import Reply

UseCase = Callable[[Session, Context, object], tuple[Reply, ...]]


class MadeOutside(Exception):
    """The answer to a request is to be made first: by `make`, with a session that only reads."""

    def __init__(self, work: UseCase, context: Context, request: object) -> None:
        super().__init__(f"{type(request).__name__} is made outside the transaction")
        self.request = request
        self._work, self._context, self._language = work, context, language()

    def make(self, session: Session) -> tuple[Reply, ...]:
        """The answer."""
        with speaking(self._language):
            return self._work(session, self._context, self.request)

    @property
    def spoken(self) -> Language:
        """The language that it is asked for in."""
        return self._language


def outside(work: Callable[..., tuple[Reply, ...]]) -> UseCase:
    """The use case, made outside. It changes nothing but the document store."""

    def asked(session: Session, context: Context, request: object) -> tuple[Reply, ...]:
        if request not in context.made:
            raise MadeOutside(work, context, request)
        return context.made[request]

    return asked
