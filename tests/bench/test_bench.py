"""The bench counts by rules that are written down."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from rich.console import Console

from extraction.bench.accuracy import table_of
from extraction.bench.calibration import field_outcomes as told_of
from extraction.bench.calibration import plot, table_by_threshold
from extraction.bench.correctness import same_date, same_number, same_total, same_vendor
from extraction.bench.datasets import NoTruth, samples_of, spread
from extraction.bench.metrics import count, outcome_of
from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence, Problem, ReadDocument, Reading

TRUTH: dict[str, Any] = {"file": "a.pdf", "kind": "invoice", "total": "100.00", "vendor": "Acme GmbH", "number": "A 1"}


def reading(**values: tuple[str, float]) -> Reading:
    fields = {name: Evidence(value, confidence, "text") for name, (value, confidence) in values.items()}
    return Reading((ReadDocument("invoice", (1,), fields),), seconds=2.0)


@pytest.mark.parametrize(
    ("value", "truth", "right"),
    [
        ("100", {"total": "100.00"}, True),
        ("85.00", {"total": "100.00", "total_alt": ["85.00"]}, True),
        ("100.01", {"total": "100.00", "printed_total": "100.01"}, True),
        ("100.01", {"total": "100.00"}, False),
    ],
)
def test_a_total_is_right_as_a_decimal_or_as_its_alternative(value: str, truth: dict[str, Any], right: bool) -> None:
    assert same_total(value, truth) is right


def test_any_reading_of_an_ambiguous_date_is_right() -> None:
    truth = {"issue_date": "2018-04-05", "date_readings": ["2018-04-05", "2018-05-04"]}
    assert same_date("2018-05-04", truth)
    assert not same_date("2018-05-05", truth)


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("ACME GMBH", True),
        ("Acme", True),  # one contains the other
        ("Acme GrnbH", False),  # 2 of 9 letters differ: 76 %
        ("Acme GmbB", True),  # 1 of 8 letters differs: 88 %
        ("Acm", False),  # too short to tell
        ("Beta GmbH", False),
    ],
)
def test_a_vendor_is_right_within_the_written_tolerance(value: str, right: bool) -> None:
    assert same_vendor(value, TRUTH) is right


def test_a_number_is_right_without_its_blanks_and_only_then() -> None:
    assert same_number("a1", TRUTH)
    assert not same_number("A-1", TRUTH)


def test_figures_count_what_the_truth_has() -> None:
    good = reading(total=("100.00", 0.99), vendor=("Acme GmbH", 0.9), number=("A1", 0.9))
    bad = reading(total=("10.00", 0.99), vendor=("Acme GmbH", 0.9), number=("A1", 0.9))
    doubted = reading(total=("10.00", CONFIDENCE_THRESHOLD - 0.01))
    unread = Reading(problem=Problem("broken_pdf", "broken"), seconds=1.0)
    figures = count(outcome_of(found, TRUTH) for found in (good, bad, doubted, unread))
    assert figures.documents == 4
    assert figures.shares == {
        "total": (1, 4),
        "vendor": (2, 4),
        "number": (2, 4),
        "all of these": (1, 4),
        "kind": (3, 4),
    }
    assert figures.unnoticed == (1, 4)  # the doubted one would have been shown
    assert figures.sure == (2, 4)
    assert figures.unreadable == {"broken_pdf": 1}
    assert figures.seconds == 2.0


def test_further_fields_are_counted_by_themselves() -> None:
    truth = TRUTH | {"iban": "DE89370400440532013000", "customer": "Beta AG", "tax": "16.00", "due_date": "2025-04-02"}
    found = reading(
        total=("100.00", 0.99),
        vendor=("Acme GmbH", 0.9),
        number=("A1", 0.9),
        iban=("de89 3704 0044 0532 0130 00", 0.9),
        buyer=("BETA AG", 0.9),
        tax=("15.97", 0.9),
    )
    shares = count([outcome_of(found, truth)]).shares
    assert shares["all of these"] == (1, 1)
    assert {column: shares[column] for column in ("IBAN", "buyer", "tax", "due date")} == {
        "IBAN": (1, 1),
        "buyer": (1, 1),
        "tax": (0, 1),
        "due date": (0, 1),
    }


def test_the_table_shows_shares_with_their_counts() -> None:
    console = Console(width=100, record=True, quiet=True)
    console.quiet = False
    with console.capture() as shown:
        console.print(table_of("receipts", count([outcome_of(reading(total=("100.00", 0.99)), TRUTH)])))
    assert "right: total" in shown.get()
    assert "100.0% (1 of 1)" in shown.get()
    assert "no doubt shown" in shown.get()


def test_a_limit_takes_documents_evenly_spread() -> None:
    assert spread(range(10), 4) == [0, 2, 5, 7]
    assert spread(range(3), 5) == [0, 1, 2]
    assert spread(range(3), None) == [0, 1, 2]


def test_a_folder_without_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoTruth, match=r"no truth\.jsonl"):
        samples_of(tmp_path)


def test_a_broken_line_of_truth_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "truth.jsonl").write_text(json.dumps({"file": "a.pdf"}) + "\n{\n")
    with pytest.raises(NoTruth, match="line 2"):
        samples_of(tmp_path)


def test_the_thresholds_show_what_is_covered_and_what_is_wrong_of_it() -> None:
    outcomes = [
        outcome_of(reading(total=("100.00", 0.99), vendor=("Acme GmbH", 0.6)), TRUTH),
        outcome_of(reading(total=("10.00", 0.92), vendor=("Beta AG", 0.97)), TRUTH),
    ]
    console = Console(width=120)
    with console.capture() as shown:
        console.print(table_by_threshold(outcomes))
    row = next(line for line in shown.get().splitlines() if line.startswith("│ 0.9 "))
    assert [cell.strip() for cell in row.split("│")[2:6]] == [
        "100.0% (2 of 2)",
        "50.0% (1)",
        "25.0% (1 of 4)",  # two vendors and two numbers, of which none was found
        "100.0% (1)",
    ]


def test_confidence_is_drawn_against_what_was_right(tmp_path: Path) -> None:
    outcomes = [outcome_of(reading(total=(value, 0.9)), TRUTH) for value in ("100.00", "100.00", "10.00")]
    plot(outcomes, tmp_path / "plot.png", "receipts")
    with Image.open(tmp_path / "plot.png") as drawn:
        assert drawn.size == (720, 720)
    marks = [told.right for told in told_of(outcomes) if told.column == "total"]
    assert marks == [True, True, False]
