"""Each trick of the corpus is read or refused in whole sentences, within the limits, and takes no process with it."""

from __future__ import annotations

from random import Random

import pytest

from bot.bench.hostile.measure import inputs, measure, tricks
from bot.bench.hostile.mutations import mutated
from bot.bench.hostile.throwing import Outcome, refusal_of
from extraction.evidence import Problem

QUICK = {
    "forms within forms, 8^12 shown", "20,000 lines of amounts", "pages in a circle", "a page without end",
    "WebP of 144 million pixels", "PNG that says to be endless", "TIFF in a circle", "TIFF whose width is a text",
    "XML: a billion laughs", "XML: 1 million elements within each other", "ZIP: archives within archives",
    "p7m: a length that is none", "CSV: one cell of 20 MB", "CSV: the year 9999", "MT940: the year 0",
    "OFX: no amount", "QIF: no amount", "CAMT: infinity",
}  # fmt: skip
"""Some of each kind that are quickly made; `billify bench hostile` throws all."""


@pytest.mark.ocr
async def test_no_trick_is_lost_or_takes_a_process_with_it():
    measured = await measure(each for each in tricks(QUICK.__contains__) if not each.mail)
    assert not measured.bad, measured.bad
    assert measured.inputs == len(QUICK)
    assert max(kind.worst_memory_mb for kind in measured.kinds) < 1536
    assert max(kind.worst_processor_seconds for kind in measured.kinds) < 20


@pytest.mark.parametrize(
    ("text", "outcome"),
    [("This PDF is damaged. Please send it again.", "refused"), ("KeyError: 5", "unclear"), ("broken", "unclear")],
)
def test_what_nobody_understands_is_unclear(text: str, outcome: Outcome):
    assert refusal_of(Problem("any", text)) == outcome


def test_equal_seeds_try_the_same():
    assert mutated(b"Total 5,00 EUR", Random(7)) == mutated(b"Total 5,00 EUR", Random(7))
    assert len({mutated(b"Total 5,00 EUR", Random(seed)) for seed in range(50)}) > 40
    made = inputs(seed=1)
    assert next(made).kind == "tricks: PDF"
