"""Makes up a dialogue as it goes, from a seed, and lets it be judged line by line."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from handlers.messages import Reply
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import spoken
from tests.fakes.chaos.company import ARRIVING, PEOPLE, TEAM, Button, ChaosDesk, quick
from tests.fakes.chaos.oracle import Line, Oracle
from tests.fakes.chaos.sight import bare
from tests.fakes.chaos.snapshot import Camera, Difference
from tests.fakes.chaos.wishes import (
    ASSENTS,
    COLLEAGUES,
    CORRECTIONS,
    COURTESIES,
    HEDGES,
    NAMES,
    ORDERS,
    PRONOUNS,
    QUESTIONS,
    SETTINGS,
    UNDOS,
    Said,
    Wish,
)

POOLS: dict[str, tuple[Sequence[Said], int]] = {
    "question": (QUESTIONS, 20),
    "assent": ([(word, None) for word in ASSENTS], 14),
    "pronoun": (PRONOUNS, 16),
    "undo": (UNDOS, 9),
    "name": ([(name, None) for name in NAMES], 9),
    "order": (ORDERS, 14),
    "correction": (CORRECTIONS, 6),
    "setting": (SETTINGS, 4),
    "hedge": (HEDGES, 10),
    "colleague": (COLLEAGUES, 7),
    "courtesy": (COURTESIES, 4),
    "paper": ([(f"<{name}>", None) for name in ARRIVING], 6),
    "button": ([], 9),
}
"""What is drawn from, and how often."""
SAYS: dict[str, Wish | None] = {text: wish for pool, _ in POOLS.values() for text, wish in pool}


class Unasked(AssertionError):
    """Something changed that nobody asked for."""


class Dialogue:
    """One dialogue over a copy of the company's ledger. `counted` tells how much of what was asked for was done."""

    def __init__(self, seed: int, ledger: Path, documents: Path, folder: Path, counted: Counter[str]) -> None:
        self.random = Random(seed)
        self.seed = seed
        file = Path(shutil.copy(ledger, folder / f"{seed}.db"))
        self.file, self.counted = file, counted
        self.database = quick(Database(f"sqlite:///{file}"))
        self.desk = ChaosDesk(self.database, DocumentStore(documents, bytes(32)), first=1000)
        self.camera = Camera(file)
        self.oracle = Oracle()
        self.buttons: dict[str, list[Button]] = {}
        self.record: list[str] = []
        who = self.random.sample(sorted(PEOPLE), self.random.choice((2, 2, 3)))
        together = self.random.random() < 0.4
        self.places = [(each, TEAM if together or self.random.random() < 0.15 else each) for each in who]

    async def play(self) -> None:
        """Raises: Unasked where a message changed what it must not."""
        try:
            before = self.camera.books()
            for _ in range(self.random.randint(6, 12)):
                line = self._line()
                grants = self.oracle.grants(line, before)
                replies = await self.desk.tell(line.who, line.where, line.said, button=line.button)
                key = f"terminal:{line.where}-{self.desk.said}"
                difference = Difference(before, self.camera.books())
                self._write(line, replies)
                if reason := self.oracle.judged(line, grants, difference, key):
                    raise Unasked(self._failure(reason, grants, difference))
                self._count(line, bool(grants), bool(difference.rows))
                self.oracle.heard(line, grants, difference.after, replies, key)
                self._keep_buttons(line, replies, key)
                before = difference.after
        finally:
            self.camera.close()
            self.database.close()
            self.file.unlink()

    def _line(self) -> Line:
        who, where = self.random.choice(self.places)
        standing = self.buttons.get(where, [])
        kinds = [kind for kind in POOLS if kind != "button" or standing]
        kind = self.random.choices(kinds, [POOLS[each][1] for each in kinds])[0]
        if kind == "button":
            late = standing if self.random.random() < 0.5 else standing[-4:]
            button = self.random.choice(late)
            said = bare(button.id).removeprefix("say:")
            return Line(who, where, f"[{button.label}] ({button.id})", SAYS.get(said.lower(), SAYS.get(said)), button)
        said, wish = self.random.choice(POOLS[kind][0])
        return Line(who, where, said, wish)

    def _keep_buttons(self, line: Line, replies: Sequence[Reply], key: str) -> None:
        standing = self.buttons.setdefault(line.where, [])
        for n, reply in enumerate(replies):
            if not reply.quiet:
                standing += [Button(f"{key}#{n}", choice.id, choice.label) for choice in reply.choices]

    def _write(self, line: Line, replies: Sequence[Reply]) -> None:
        heard = "\n".join(spoken(reply) for reply in replies if not reply.quiet).replace("\n", "\n      ")
        self.record.append(f"{line}\n      {heard}")

    def _failure(self, reason: str, grants: Sequence[object], difference: Difference) -> str:
        said = "\n".join(self.record)
        meant = f" (asked for: {', '.join(map(str, grants))[:600]})" if grants else ""
        return f"dialogue {self.seed}: {reason}{meant}\n{said}\nchanged:\n{difference.told()}"

    def _count(self, line: Line, asked: bool, changed: bool) -> None:
        self.counted["said"] += 1
        self.counted["asked"] += asked
        self.counted["done"] += asked and changed
