"""What a bench counts: how many fields were right, how long it took, how many errors went unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

from extraction.bench.correctness import FURTHER, RULES, Truth
from extraction.bench.line_metrics import COLUMNS as LINES
from extraction.bench.line_metrics import lines_right
from extraction.evidence import CONFIDENCE_THRESHOLD, ReadDocument, Reading


@dataclass(frozen=True)
class Outcome:
    """One document: which columns of the truth were read right, and how sure each value was.

    `right` and `further` have only the columns that the truth has, `confidence` those of them that were found.
    `unreadable` is the code of the problem, "" if there was none; `open_date`: the truth has two readings of the date.
    """

    right: dict[str, bool]
    seconds: float
    confidence: dict[str, float] = field(default_factory=dict)
    same_kind: bool | None = None
    unreadable: str = ""
    further: dict[str, bool] = field(default_factory=dict)
    open_date: bool = False

    def sure(self, column: str = "total", threshold: float = CONFIDENCE_THRESHOLD) -> bool:
        """Whether the column has a value that needs no check."""
        return self.confidence.get(column, -1.0) >= threshold

    def unnoticed(self, column: str = "total", threshold: float = CONFIDENCE_THRESHOLD) -> bool:
        """Whether the column is wrong and no doubt of it would have been shown."""
        return self.sure(column, threshold) and (self.right | self.further).get(column) is False


@dataclass
class Figures:
    """Outcomes counted. `shares[column]` is right and out of how many.

    "all of these" means every column of `RULES` that the truth has.
    """

    documents: int = 0
    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    seconds: float = 0.0
    unnoticed: tuple[int, int] = (0, 0)
    sure: tuple[int, int] = (0, 0)
    unreadable: Counter[str] = field(default_factory=Counter)


def outcome_of(reading: Reading, truth: Truth) -> Outcome:
    """What reading one file got right. Of several documents in it the first counts."""
    document = reading.documents[0] if reading.documents else None
    further = {column: rule for column, rule in FURTHER.items() if rule[1] in truth}
    fields = {column: name for column, (name, _) in RULES.items() if name in truth}
    fields |= {column: name for column, (name, _, _) in further.items()}
    found = (
        {column: document.fields[name] for column, name in fields.items() if name in document.fields}
        if document
        else {}
    )
    return Outcome(
        right={column: _right(document, column, truth) for column, (name, _) in RULES.items() if name in truth},
        seconds=reading.seconds,
        confidence={column: one.confidence for column, one in found.items()},
        same_kind=_same_kind(document, truth),
        unreadable=reading.problem.code if reading.problem else "",
        further={column: _right_further(document, column, truth) for column in further}
        | lines_right(document, reading.pages, truth),
        open_date=len(truth.get("date_readings", ())) > 1,
    )


def count(outcomes: Iterable[Outcome]) -> Figures:
    """The figures of a data set."""
    done = list(outcomes)
    columns = [column for column in RULES if any(column in outcome.right for outcome in done)]
    shares = {
        column: _share(outcome.right[column] for outcome in done if column in outcome.right) for column in columns
    }
    if columns:
        shares["all of these"] = _share(all(outcome.right.values()) for outcome in done if outcome.right)
    for column in (*FURTHER, *LINES):
        if given := [outcome.further[column] for outcome in done if column in outcome.further]:
            shares[column] = _share(given)
    kinds = [outcome.same_kind for outcome in done if outcome.same_kind is not None]
    if kinds:
        shares["kind"] = _share(kinds)
    totals = [outcome for outcome in done if "total" in outcome.right]
    return Figures(
        documents=len(done),
        shares=shares,
        seconds=median(outcome.seconds for outcome in done) if done else 0.0,
        unnoticed=_share(outcome.unnoticed() for outcome in totals),
        sure=_share(outcome.sure() for outcome in totals),
        unreadable=Counter(outcome.unreadable for outcome in done if outcome.unreadable),
    )


def _right(document: ReadDocument | None, column: str, truth: Truth) -> bool:
    name, rule = RULES[column]
    value = document.value(name) if document else None
    return value is not None and rule(value, truth)


def _right_further(document: ReadDocument | None, column: str, truth: Truth) -> bool:
    name, _, rule = FURTHER[column]
    value = document.value(name) if document else None
    return value is not None and rule(value, truth)


def _same_kind(document: ReadDocument | None, truth: Truth) -> bool | None:
    """Whether the kind is right; None where the truth does not say (einvoice names a format, no kind)."""
    if truth.get("kind") not in {"invoice", "receipt", "credit_note", "statement", "other"}:
        return None
    return document is not None and document.kind == truth["kind"]


def _share(found: Iterable[bool]) -> tuple[int, int]:
    values = list(found)
    return sum(values), len(values)
