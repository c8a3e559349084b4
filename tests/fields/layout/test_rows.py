"""Words become rows that know where their characters stand."""

from __future__ import annotations

from extraction.evidence import Page, Word
from extraction.fields.layout.rows import CELL, rows_of


def page(*words: tuple[str, float, float]) -> Page:
    """Words of letters 6 wide and 10 high at (x, y)."""
    drawn = tuple(Word(text, (x, y, x + 6 * len(text), y + 10)) for text, x, y in words)
    return Page(1, 400, 400, drawn, "text")


def test_a_wide_gap_is_a_border_between_columns() -> None:
    (row,) = rows_of([page(("Total", 0, 0), ("due", 34, 0), ("12.50", 200, 0))])
    assert row.text == f"Total due{CELL}12.50"
    assert [row.text[start:end] for start, end in row.cells()] == ["Total due", "12.50"]


def test_a_tilted_row_stays_one() -> None:
    words = [(f"w{n}", 30.0 * n, 3.0 * n) for n in range(10)]  # falls 27 over the row, nearly three heights
    assert [row.text.split() for row in rows_of([page(*words)])] == [[text for text, _, _ in words]]


def test_words_on_top_of_each_other_are_rows_of_their_own() -> None:
    rows = rows_of([page(("second", 0, 12), ("first", 0, 0))])
    assert [row.text for row in rows] == ["first", "second"]


def test_a_part_of_a_word_has_its_share_of_the_box() -> None:
    (row,) = rows_of([page(("RM12.50", 60, 0))])
    assert row.box_of(2, 7) == (72.0, 0.0, 102.0, 10.0)
