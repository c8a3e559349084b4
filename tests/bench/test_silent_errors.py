"""What confidence promises is printed by field, with the interval that so few documents leave."""

from __future__ import annotations

import pytest
from rich.console import Console

from extraction.bench.errors.silent_errors import OPEN_DATE, table_of_silent_errors, wilson
from extraction.bench.metrics import Outcome


@pytest.mark.parametrize(
    ("hits", "out_of", "low", "high"),
    [  # R's prop.test(x, n, correct = FALSE)
        (0, 100, 0.0, 0.0370),
        (3, 208, 0.0049, 0.0416),
        (50, 100, 0.4038, 0.5962),
        (31, 31, 0.8897, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_an_interval_is_wilsons(hits: int, out_of: int, low: float, high: float) -> None:
    assert wilson(hits, out_of) == pytest.approx((low, high), abs=1e-4)


def rows_of(*outcomes: Outcome) -> dict[str, list[str]]:
    console = Console(width=120)
    with console.capture() as shown:
        console.print(table_of_silent_errors(outcomes))
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in shown.get().splitlines() if "│" in line]
    return {row[0]: row[1:] for row in cells}


def test_a_field_says_how_many_are_shown_without_doubt_and_how_many_of_those_are_wrong() -> None:
    sure_and_right = Outcome({"total": True}, 0.1, {"total": 0.97})
    sure_and_wrong = Outcome({"total": False}, 0.1, {"total": 0.97})
    doubted = Outcome({"total": False}, 0.1, {"total": 0.6})
    missing = Outcome({"total": False}, 0.1)
    rows = rows_of(sure_and_right, sure_and_wrong, doubted, missing)
    assert rows["total"] == ["4", "50.0% (2)", "15.0% – 85.0%", "50.0% (1)", "9.5% – 90.5%"]


def test_a_date_of_two_readings_is_counted_apart() -> None:
    known = Outcome({"date": True}, 0.1, {"date": 0.97})
    either = Outcome({"date": True}, 0.1, {"date": 0.97}, open_date=True)
    rows = rows_of(known, either, either)
    assert (rows["date"][0], rows[OPEN_DATE][0]) == ("1", "2")


def test_where_nothing_is_shown_without_doubt_nothing_is_said_of_its_errors() -> None:
    assert rows_of(Outcome({"total": True}, 0.1, {"total": 0.3}))["total"][3:] == ["–", ""]
