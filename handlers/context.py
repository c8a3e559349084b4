"""What every use case is handed: who asks, when, and about what. Frozen; nothing is looked up behind its back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from handlers.last_answer import Last
from storage.models import Role


@dataclass(frozen=True)
class Asker:
    """The person who wrote, known to the company."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True)
class Context:
    """One message's circumstances.

    `key` is the message's, and names what it changes; `now` is aware UTC, and `today` the date of `zone`, which is the
    asker's time zone. `currency` is the company's own (ISO 4217). `bill` is the id of the bill that "it" means here,
    None when there is none; `pointed` says that the message answers its card. `card` is the key of the reply whose
    button was pressed, and `card_sent` when it was sent; None when none was or it is not known. `last` is what was
    asked and listed last here. `proven`, `aligned` and `expired` are as of the message (`handlers.messages.Message`);
    `scope` are the bills that it may change, None for all. `shared` says that others than the asker read the
    conversation.

    `keep` puts the bytes of a file that a reply carries into the document store and returns their SHA-256; `fetch`
    gives the bytes back. Both are harmless to repeat, so they may be called within the transaction.
    """

    asker: Asker
    key: str
    channel: str
    conversation: str
    now: datetime
    today: date
    zone: tzinfo
    currency: str
    keep: Callable[[bytes], str]
    fetch: Callable[[str], bytes]
    bill: int | None = None
    pointed: bool = False
    card: str | None = None
    card_sent: datetime | None = None
    proven: bool = True
    aligned: bool = True
    expired: bool = False
    scope: frozenset[int] | None = None
    shared: bool = False
    last: Last = field(default_factory=Last)
