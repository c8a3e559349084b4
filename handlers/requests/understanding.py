"""What remains when words are no request, or more than one, or about something that was listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Unclear:
    """The request is understood but for one part. `question` says which, and how to say it.

    `suggestions` are whole sentences that are understood without a doubt, to be shown as buttons. `strange` says that a
    word stands in the way which nobody here knows, `stranger` that this word names somebody.
    """

    question: str
    suggestions: tuple[str, ...] = ()
    strange: bool = False
    stranger: bool = False


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


Topic = Literal["fees", "discounts", "tax", "activity", "customers_terms"]


@dataclass(frozen=True)
class NotOffered:
    """Something that is understood, and that Billify does not do (yet): it says so, and names the nearest thing."""

    topic: Topic
    vendor: str | None = None


@dataclass(frozen=True)
class Proposed:
    """A request that changes the books, understood but not beyond doubt: it is shown in words, with a button to do it.

    `sentence` says the request so that it is understood without a doubt.
    """

    request: object
    sentence: str


@dataclass(frozen=True)
class Outdated:
    """A button was pressed under what looked otherwise by then: `request` is what it would have asked for, `step` the
    latest step in the audit when it was shown, None where it is not known."""

    request: object
    step: int | None = None
