"""`billify bench talk`: how many phrasings of a set are understood as they are meant, and how long it takes.

A third of a set, drawn by its words, is sealed: it is counted, and never listed, so that nothing is made to fit it. In
the same run the phrases alone, without the classifier, are counted beside.

A set is a file of JSON lines. The first says against what the phrasings are understood ({"today", "currency",
"vendors", "customers", "accounts", "categories", "people", "numbers"}); each other is {"said", "language", "label",
"slots"}, `label` and `slots` as `talk_labels` names requests, "ask": true where asking back is right. A phrasing
that is none of Billify's business has the label "none".
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Literal
from zlib import crc32

from rich.console import Console
from rich.table import Table

from bot.bench.talk_labels import label_and_slots
from bot.bench.talk_meaning import is_meant
from handlers import requests as asked
from handlers.errors import BillifyError
from handlers.language.translation import LANGUAGES, say, speaking
from handlers.understand.interpreter import understand, understand_by_phrases
from handlers.understand.text.sentence_context import KnownNames, SentenceContext
from storage.bills.names.vendor_index import VendorIndex
from storage.bills.vendors import match_key

Understand = Callable[[str, SentenceContext], object]
Outcome = Literal["right", "asked", "not understood", "wrong"]
OUTCOMES: tuple[Outcome, ...] = ("right", "asked", "not understood", "wrong")

SETTINGS = frozenset({
    "reminders", "digest", "quiet", "language", "zone", "here", "invite", "appoint", "require", "own_approval",
    "profile", "remind", "snooze", "rules",
})  # fmt: skip
ORDERS = frozenset({
    "confirm", "amend", "paid", "received", "pay", "hold", "payment_file", "withdraw_file", "payment_code", "prepay",
    "allocate", "transfer", "approve", "refuse", "categorise", "not_an_invoice", "undo", "undo_other", "book_movement",
    "open", "add_account", "rename", "close", "reopen", "export",
})  # fmt: skip


@dataclass(frozen=True)
class Phrasing:
    """What somebody said on a day, and what it means; `ask` where it means two things. `slots` are those that were
    said."""

    said: str
    language: str
    label: str
    slots: Mapping[str, Any] = field(default_factory=dict)
    ask: bool = False
    today: date = date.max

    @property
    def sealed(self) -> bool:
        """Whether it is of the third that nobody looks at."""
        return crc32(self.said.encode()) % 3 == 0

    @property
    def kind(self) -> str:
        """To which row of the table it belongs."""
        if self.label in ("none", "several"):
            return self.label
        return "settings" if self.label in SETTINGS else "orders" if self.label in ORDERS else "questions"


@dataclass(frozen=True)
class Heard:
    """What became of a phrasing, with what was understood, and the seconds it took."""

    phrasing: Phrasing
    outcome: Outcome
    understood: str
    seconds: float


def bench_talk(file: Path | None, *, as_json: bool, show: frozenset[str]) -> None:
    """Prints the table; `show` are outcomes whose phrasings are listed. Raises: BillifyError for a file that is no
    set.
    """
    scene, phrasings = read_set(file)
    heard = [hear(phrasing, scene, understand) for phrasing in phrasings]
    rival = [hear(phrasing, scene, understand_by_phrases) for phrasing in phrasings]
    if as_json:
        print(json.dumps(summary(heard) | {"phrases_alone": _counts(rival)}, ensure_ascii=False))
        return
    console = Console(highlight=False)
    console.print(_table(heard, rival))
    for each in heard:
        if each.outcome in show and not each.phrasing.sealed:
            phrasing = each.phrasing
            wanted = f"{phrasing.label} {dict(phrasing.slots)}"
            console.print(
                f"{each.outcome}: {phrasing.said!r}\n   meant {wanted}\n   heard {each.understood}", markup=False
            )


def read_set(file: Path | None) -> tuple[SentenceContext, list[Phrasing]]:
    """The scene and the phrasings of a file, or of the set that ships. Raises: BillifyError."""
    source = file or files("bot.bench").joinpath("phrasings.jsonl")
    try:
        lines = [json.loads(line) for line in source.read_text("utf-8").splitlines() if line.strip()]
        head = lines.pop(0) if lines and "said" not in lines[0] else read_head()
        scene = scene_of(head)
        return scene, [
            Phrasing(
                one["said"],
                one.get("language", "en"),
                one["label"],
                one.get("slots", {}),
                one.get("ask", False),
                scene.today,
            )
            for one in lines
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BillifyError(
            f"{file} is no set of phrasings: {error!r}. `billify bench talk --help` says what it holds."
        ) from None


def read_head() -> dict[str, Any]:
    """The company of the set that ships."""
    with files("bot.bench").joinpath("phrasings.jsonl").open(encoding="utf-8") as lines:
        head: dict[str, Any] = json.loads(lines.readline())
    return head


def scene_of(head: Mapping[str, Any]) -> SentenceContext:
    """Against what phrasings are understood."""
    customers, vendors = head.get("customers", []), head.get("vendors", [])
    names = KnownNames(
        vendors=VendorIndex({match_key(name): name for name in (*vendors, *customers)}),
        accounts=dict(head.get("accounts", {})),
        categories=_categories(),
        category_words={word: row["code"] for row in _expenses() for word in row.get("words", ())},
        kept=dict(head.get("kept", {})),
        people=tuple(head.get("people", ())),
        customers=frozenset(customers),
        payees=frozenset(vendors),
        numbers=frozenset(head.get("numbers", ())),
    )
    return SentenceContext(date.fromisoformat(head["today"]), head.get("currency", "EUR"), names=names)


def _categories() -> dict[str, str]:
    """What people may call the expense categories of the chart that a ledger begins with."""
    expenses = {row["code"]: row["name"] for row in _expenses()}
    called = {code: code for code in expenses}
    for language in LANGUAGES:
        with speaking(language):
            called |= {say(name): code for code, name in expenses.items()}
    return called


def _expenses() -> list[dict[str, Any]]:
    """The expense accounts of the chart that a ledger begins with."""
    chart = tomllib.loads(files("config").joinpath("chart.toml").read_text("utf-8"))["account"]
    return [row for row in chart if row["type"] == "expense"]


def hear(phrasing: Phrasing, scene: SentenceContext, understand: Understand) -> Heard:
    """Understands a phrasing, and says whether it was meant so."""
    with speaking("de" if phrasing.language == "de" else "en"):
        started = perf_counter()
        request = understand(phrasing.said, scene)
        seconds = perf_counter() - started
        outcome = judged(phrasing, request, lambda text: understand(text, scene))
    return Heard(phrasing, outcome, f"{request}", seconds)


def judged(phrasing: Phrasing, request: object, again: Callable[[str], object]) -> Outcome:
    """What became of it. Asking helps where one of what is offered means what was meant, or no answer is right."""
    label, slots = label_and_slots(request)
    if label == "unknown":
        offered = request.suggestions if isinstance(request, asked.Unknown) else ()
        if phrasing.label == "none":
            return "right"
        return "asked" if any(_meant(phrasing, *label_and_slots(again(text))) for text in offered) else "not understood"
    if label == "unclear" or isinstance(request, asked.Proposed):
        if phrasing.ask or phrasing.label == "none":
            return "right"
        if isinstance(request, asked.Proposed):
            return "asked" if _meant(phrasing, label, slots) else "wrong"
        return "asked"
    return "right" if phrasing.label != "none" and _meant(phrasing, label, slots) else "wrong"


def _meant(phrasing: Phrasing, label: str, slots: Mapping[str, Any]) -> bool:
    return is_meant(label, slots, phrasing.label, phrasing.slots, phrasing.today)


def summary(heard: Iterable[Heard]) -> dict[str, Any]:
    """The table as plain values: counts by outcome, of all, by language and by kind, and milliseconds."""
    heard = list(heard)
    times = sorted(each.seconds * 1000 for each in heard)
    return {
        "phrasings": len(heard),
        "outcomes": _counts(heard),
        "languages": {name: _counts(each for each in heard if each.phrasing.language == name) for name in LANGUAGES},
        "sealed": _counts(each for each in heard if each.phrasing.sealed),
        "kinds": {
            kind: _counts(each for each in heard if each.phrasing.kind == kind)
            for kind in sorted({each.phrasing.kind for each in heard})
        },
        "labels": {
            label: _counts(each for each in heard if each.phrasing.label == label)
            for label in sorted({each.phrasing.label for each in heard})
        },
        "milliseconds": {
            "median": round(median(times), 2) if times else 0.0,
            "p95": round(times[int(len(times) * 0.95)], 2) if times else 0.0,
            "most": round(times[-1], 2) if times else 0.0,
        },
    }


def _counts(heard: Iterable[Heard]) -> dict[str, int]:
    counted = Counter(each.outcome for each in heard)
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def _table(heard: list[Heard], rival: list[Heard]) -> Table:
    told = summary(heard)
    table = Table("", "phrasings", *OUTCOMES, title="What is understood")
    rows = {"all": told["outcomes"], "sealed third": told["sealed"], **told["languages"], **told["kinds"]}
    rows["all, by phrases alone"] = _counts(rival)
    for name, counts in rows.items():
        number = sum(counts.values())
        if number:
            table.add_row(name, str(number), *(f"{100 * counts[outcome] / number:.1f} %" for outcome in OUTCOMES))
    times = told["milliseconds"]
    table.caption = f"{times['median']} ms at the median, {times['p95']} ms for 95 in 100, {times['most']} ms at most"
    return table
