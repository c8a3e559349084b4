"""Data sets with their truth: a folder with `truth.jsonl`, one object a line, and the files that it names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from extraction.bench.sealed import Part, is_of, is_sealed

T = TypeVar("T")


class NoTruth(Exception):
    """The folder is no data set; the text says what is missing."""


@dataclass(frozen=True)
class Sample:
    """A document of a data set and what is true of it."""

    path: Path
    truth: dict[str, Any]

    @property
    def sealed(self) -> bool:
        """Whether it is counted only (see extraction.bench.sealed)."""
        return is_sealed(self.truth)


def samples_of(folder: Path, limit: int | None = None, part: Part = "all") -> list[Sample]:
    """The documents of a part of a data set in its order; with `limit`, that many, evenly spread, the same each time.

    Raises: NoTruth when there is no `truth.jsonl`, or a line of it is no JSON object with a `file`.
    """
    listing = folder / "truth.jsonl"
    if not listing.is_file():
        raise NoTruth(f"{folder} has no truth.jsonl. Name a data set, such as ../shared/data/sroie.")
    samples = []
    for number, line in enumerate(listing.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            truth = json.loads(line)
            samples.append(Sample(folder / truth["file"], truth))
        except (ValueError, KeyError, TypeError) as error:
            raise NoTruth(f'{listing}, line {number}: expected a JSON object with a "file".') from error
    return spread([sample for sample in samples if is_of(part, sample.truth)], limit)


def spread(items: Sequence[T], limit: int | None) -> list[T]:
    """`limit` of the items at even distances, all of them for None or where there are no more."""
    if limit is None or limit >= len(items):
        return list(items)
    return [items[position * len(items) // limit] for position in range(limit)]
