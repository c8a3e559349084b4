"""What every use case is handed: who asks, when, and about what. Frozen; nothing is looked up behind its back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from extraction.evidence import Reading
from handlers.last_answer import Last
from handlers.messages import Reply
from storage.models import Role


@dataclass(frozen=True)
class Asker:
    """The person who wrote, known to the company."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True)
class OtherCompany:
    """A company of this installation, by its id, that the asker is in as well."""

    id: int
    name: str


class ToBeRead(Exception):
    """A use case cannot go on before the file of this SHA-256 was read. Its transaction is taken back, the file is read
    while nobody waits for it, and it is served anew with what was read (`Context.readings`)."""

    def __init__(self, sha256: str, name: str) -> None:
        super().__init__(name)
        self.sha256, self.name = sha256, name


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
    gives the bytes back. Both are harmless to repeat, so they may be called within the transaction. `elsewhere` looks
    up the other companies that know the asker where they write. `readings` are files that were read for this, by their
    SHA-256 (see `ToBeRead`); `made` are the answers, by their requests, that were made before the transaction began.
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
    elsewhere: Callable[[], tuple[OtherCompany, ...]] = tuple
    readings: Mapping[str, Reading] = field(default_factory=dict)
    made: Mapping[object, tuple[Reply, ...]] = field(default_factory=dict)

    def reading_of(self, sha256: str, name: str) -> Reading:
        """What the reader's process says of a file that is kept. Raises: ToBeRead, where it did not say it yet."""
        if sha256 not in self.readings:
            raise ToBeRead(sha256, name)
        return self.readings[sha256]
