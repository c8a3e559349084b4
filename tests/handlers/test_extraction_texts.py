"""What reading says in English reaches people in their language."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import extraction
from extraction.evidence import Problem
from extraction.files.media_type import _WHY_NOT
from handlers.language.translation import speaking
from handlers.wording.extraction_texts import translate_extraction_text

APART = ("extraction.bench", "extraction.samples", "extraction.ocr", "extraction.process.read_command")


def problems() -> Iterator[str]:
    """The text of every problem that a module of extraction has at hand."""
    for found in pkgutil.walk_packages(extraction.__path__, "extraction."):
        if not found.name.startswith(APART):
            module = importlib.import_module(found.name)
            yield from (value.message for value in vars(module).values() if isinstance(value, Problem))
    yield from (message for _, message in _WHY_NOT.values())


PROBLEMS = sorted(set(problems()))


@pytest.mark.parametrize("said", PROBLEMS)
def test_a_problem_is_told_in_german_and_left_as_it_is_in_english(said: str):
    assert translate_extraction_text(said) == said
    with speaking("de"):
        german = translate_extraction_text(said)
    assert german != said and not {"This", "Please", "the", "file"} & set(german.replace(".", " ").split())


def test_there_are_problems():
    assert len(PROBLEMS) > 20


@pytest.mark.parametrize(
    ("said", "german"),
    [
        ('from "30 days net"', "aus „30 days net“"),
        ("14 days, as you corrected last time", "14 Tage, wie du letztes Mal korrigiert hast"),
        ("the print says 1,249.50", "gedruckt steht 1,249.50"),
        ("€50.00 was prepaid, €70.00 is to be paid", "€50.00 wurde angezahlt, €70.00 ist zu zahlen"),
        ("Total 120.00: 70.00 EUR is to be paid.", "Gesamtbetrag 120.00: 70.00 EUR ist zu zahlen."),
        ("Only the first 5 of 9 pages were read.", "Nur die ersten 5 von 9 Seiten wurden gelesen."),
        ("This XML file is an order.", "Diese XML-Datei ist eine Bestellung."),
        ("2025-02-12 or 2025-12-02", "12. Feb. oder 2. Dez. 2025"),
        ("2026-02-11 or 2011-02-26", "11. Feb. 2026 oder 26. Feb. 2011"),
        ("148.89 is new, 68.42 was brought forward", "davon sind 148.89 neu, 68.42 sind Vortrag"),
        ("“$” without a country", "„$“ ohne Land"),
        ("something new", "something new"),
    ],
)
def test_what_is_filled_in_stays(said: str, german: str):
    with speaking("de"):
        assert translate_extraction_text(said) == german


def test_days_between_which_nothing_tells_are_both_named():
    assert translate_extraction_text("2025-02-12 or 2025-12-02") == "12 Feb or 2 Dec 2025"
