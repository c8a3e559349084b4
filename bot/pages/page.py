"""What a page is: whose rights it takes, what it shows, and the visit in which it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from sqlmodel import Session
from starlette.requests import Request

from bot.api.values import LARGEST_ID
from bot.channels.web.pages import Link
from bot.channels.web.sign_in import Person
from bot.processing.serving import check_rights
from handlers.bills.shown.versions import reply_sent
from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.language.formats import money
from handlers.language.translation import say
from storage.bills import lifecycle
from storage.messages import deliveries
from storage.models import Bill

MOST_LOOKED_AT = 20
"""Of what was said of a bill in a chat, to find its card."""


@dataclass(frozen=True)
class Visit:
    """Who looks, and at what. `query` is that of the address, `bill` the bill that it names; `link` makes links to
    files for this person. `more` is what was told of the page beside: what somebody typed, and what is wrong with it.
    """

    person: Person
    path: str
    query: Mapping[str, Sequence[str]]
    link: Link
    bill: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """The value of that name, "" for none."""
        return (self.query.get(name) or [""])[-1].strip()

    def address(self, **changed: str | None) -> str:
        """Where the same page stands with some of its query otherwise (None: without it)."""
        said = {name: list(values) for name, values in self.query.items() if any(values) and name not in changed}
        said |= {name: [value] for name, value in changed.items() if value}
        return f"{self.path}?{urlencode(said, doseq=True)}" if said else self.path


@dataclass(frozen=True)
class Page:
    """`request` is what the visit asks of the books, by which its rights are judged; `values` what the template shows.
    Both may raise what use cases raise."""

    path: str
    title: str
    template: str
    request: Callable[[Visit], object]
    values: Callable[[Session, Context, Visit], dict[str, Any]]


def bill_of(request: Request) -> int:
    """The bill that an address names; one that is larger than any id names none."""
    said: int = request.path_params["bill"]
    return min(said, LARGEST_ID)


def may_ask(session: Session, context: Context, request: object) -> bool:
    """Whether who looks may ask for this."""
    try:
        check_rights(session, context, request)
    except NotAllowed:
        return False
    return True


def total_of(bill: Bill) -> str:
    """ "€1,249.50"; as it was read while the currency is unknown; "–" for none."""
    total = lifecycle.total_of(bill)
    return money(total) if total else str(bill.evidence.get("total", {}).get("value") or "–")


def name_of(bill: Bill) -> str:
    """Whom it is from, or that this is not known."""
    return bill.vendor or say("Unknown vendor")


def place_in_chat(session: Session, visit: Visit, bill: Bill) -> str:
    """Where the chat showed this person the bill's card last; "" for nowhere."""
    for sent in deliveries.deliveries_of(session, "web", visit.person.address, bill.id)[:MOST_LOOKED_AT]:
        if (reply := reply_sent(session, sent)) and reply.card:
            return f"/?{urlencode({'post': sent.sent_id})}#{quote(sent.sent_id)}"
    return ""
