"""Messages end to end: words in, reply out, as the conversation serves them; only reading a document is left aside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date
from itertools import count
from pathlib import Path
from statistics import median

from sqlalchemy import event
from sqlmodel import col, select

from bot.bench.books.filling import NOW
from bot.bench.books.names import mistyped, vendor_name
from bot.processing.conversation import Conversation
from extraction.evidence import Evidence, ReadDocument, Reading
from extraction.files.zip_archive import Unpacked
from handlers.messages import Attachment, Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Bill, BillState

TIMES = 9
VENDOR = 1_017
"""One of those whose names the messages say; few vendors of the books come before it."""


@dataclass(frozen=True)
class Told:
    """A kind of message: its words, of which "{vendor}", "{typo}" and "{number}" are filled in; None sends a
    document."""

    name: str
    words: str | None


KINDS = (
    Told("thanks", "thanks"),
    Told("balance", "balance"),
    Told("what is due", "what is due?"),
    Told("a vendor's open bills", "what do we owe {vendor}?"),
    Told("the same, mistyped", "what do we owe {typo}?"),
    Told("a bill by its number", "show bill {number}"),
    Told("a search for words", "find {number}"),
    Told("spend by category", "how much did we spend on travel this year?"),
    Told("nothing that is understood", "zxcv qwertz asdfgh"),
    Told("a payment", "we paid {number}"),
    Told("a document", None),
)


@dataclass(frozen=True)
class Cost:
    """What one kind took at the median: milliseconds, those of them that a processor worked for this process (less than
    all on a busy machine), and statements of SQL."""

    name: str
    milliseconds: float
    processor: float
    statements: int


def measure_messages(database: Database, folder: Path, sender: str, times: int = TIMES) -> list[Cost]:
    """Each kind so many times, from words to replies, by a person with this address of the terminal."""
    numbers, at = _numbers(database, 4 * times), count()
    papers = _Papers(folder)
    conversation = Conversation(database, papers.store, papers, _say_nothing, UTC, "EUR", lambda: NOW)

    async def told(kind: Told) -> Cost:
        took, worked, asked = [], [], []
        for n in range(times):
            values = {
                "vendor": vendor_name(VENDOR),
                "typo": mistyped(vendor_name(VENDOR)),
                "number": numbers[next(at) % len(numbers)],
            }
            files = (await papers.new(n),) if kind.words is None else ()
            key = f"bench:{kind.name}:{n}:{time.time_ns()}"
            said = (kind.words or "").format(**values)
            message = Message(key, "terminal", sender, sender, NOW, "Olga", said, files)
            with statements(database) as counted:
                began, ran = time.perf_counter(), time.process_time()
                await conversation.respond(message)
                worked.append((time.process_time() - ran) * 1000)
                took.append((time.perf_counter() - began) * 1000)
            asked.append(counted[0])
        return Cost(kind.name, median(took), median(worked), int(median(asked)))

    async def all_kinds() -> list[Cost]:
        return [await told(kind) for kind in KINDS]

    return asyncio.run(all_kinds())


@contextmanager
def statements(database: Database) -> Iterator[list[int]]:
    """How many statements of SQL are executed meanwhile, as the only number of a list."""
    counted = [0]

    def count_one(*_: object) -> None:
        counted[0] += 1

    event.listen(database.engine, "before_cursor_execute", count_one)
    try:
        yield counted
    finally:
        event.remove(database.engine, "before_cursor_execute", count_one)


class _Papers:
    """A reader for which everything was read already: what a document costs beside reading it."""

    def __init__(self, folder: Path) -> None:
        self.store = DocumentStore(folder, bytes(32))
        self._readings: dict[bytes, Reading] = {}

    async def new(self, n: int) -> Attachment:
        data = f"paper {n} {time.time_ns()}".encode()
        values = {
            "vendor": vendor_name(VENDOR + n),
            "number": f"NEW-{time.time_ns() % 10**9}",
            "issue_date": date(2025, 12, 1).isoformat(),
            "due_date": date(2025, 12, 31).isoformat(),
            "currency": "EUR",
            "total": f"{100 + n}.19",
        }
        read = {name: Evidence(value, 0.97, "text") for name, value in values.items()}
        self._readings[data] = Reading((ReadDocument("invoice", (1,), read),), media_type="image/jpeg")
        return Attachment("scan.jpg", "image/jpeg", await self.store.put(data))

    async def read(self, data: bytes, name: str = "") -> Reading:
        return self._readings[data]

    async def unpack(self, data: bytes, name: str = "") -> Unpacked:
        return Unpacked()

    async def join(self, pictures: tuple[bytes, ...]) -> bytes:
        return b""

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        return b"\x89PNG\r\n\x1a\n" + data


def _numbers(database: Database, most: int) -> list[str]:
    """Numbers of open bills."""
    query = select(Bill.number).where(Bill.state == BillState.CONFIRMED).order_by(col(Bill.id).desc()).limit(most)
    with database.reading() as session:
        return [number for number in session.exec(query).all() if number]


async def _say_nothing(message: Message, text: str) -> None:
    return None
