"""What remains when words are no request, or more than one, or about something that was listed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unclear:
    """The request is understood but for one part. `question` says which, and how to say it.

    `suggestions` are whole sentences that are understood without a doubt, to be shown as buttons.
    """

    question: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """The words fit no request; `suggestions` are the nearest sentences that do."""

    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class OnBill:
    """A request about a bill that the last answer listed ("pay the second"); `bill` is its id."""

    bill: int
    request: object


@dataclass(frozen=True)
class SeveralRequests:
    """Several requests in one message, in their order; they are served together or not at all."""

    requests: tuple[object, ...]
