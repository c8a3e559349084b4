"""A miss is counted by its reason, and shown with what was chosen and what is right."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from extraction.bench.datasets import Sample
from extraction.bench.errors.error_analysis import (
    LEFT_OPEN,
    MISREAD,
    NOT_DETECTED,
    NOT_READ,
    NOT_UNDERSTOOD,
    OTHER_CHOSEN,
    Miss,
)
from extraction.bench.errors.error_analysis import misses_of as find
from extraction.bench.errors.error_report import table_of_misses, write_misses
from extraction.evidence import Evidence, Kind, ReadDocument, Reading
from tests.fakes.documents.drawn_pages import page_of

RECEIPT = """
CORNER SHOP
12/03/2018 10:44
BREAD             2.20
MILK              4.40
TOTAL             6.60
"""


def misses(page: str, truth: dict[str, object], **values: str) -> Sequence[Miss]:
    fields = {name: Evidence(value, 0.9, "ocr", 1, (0, 0, 10, 10)) for name, value in values.items()}
    kind: Kind = "receipt"
    return find(Reading((ReadDocument(kind, (1,), fields),), pages=(page_of(page, "ocr"),)), truth)


@pytest.mark.parametrize(
    ("page", "truth", "values", "reason"),
    [
        (RECEIPT, {"total": "6.60"}, {"total": "4.40"}, OTHER_CHOSEN),
        (RECEIPT, {"total": "6.60"}, {}, LEFT_OPEN),
        (RECEIPT, {"total": "6.80"}, {"total": "6.60"}, MISREAD),
        (RECEIPT, {"total": "917.35"}, {"total": "6.60"}, NOT_DETECTED),
        (RECEIPT.replace("6.60", "06.60.77"), {"total": "6.60"}, {}, NOT_UNDERSTOOD),
        (RECEIPT, {"issue_date": "2018-03-17"}, {"issue_date": "2018-03-12"}, MISREAD),
        (RECEIPT, {"vendor": "Hamburger Bahnhofsmission"}, {}, NOT_DETECTED),
    ],
)
def test_why_a_value_was_missed(page: str, truth: dict[str, object], values: dict[str, str], reason: str) -> None:
    (miss,) = misses(page, truth, **values)
    assert miss.reason == reason


def test_what_is_right_is_no_miss() -> None:
    assert misses(RECEIPT, {"total": "6.60", "vendor": "Corner Shop"}, total="6.6", vendor="CORNER SHOP") == []


def test_a_file_that_was_not_read_misses_all_that_its_truth_has() -> None:
    assert [miss.reason for miss in find(Reading(), {"total": "1.00", "vendor": "Acme"})] == [NOT_READ, NOT_READ]


def test_a_picture_shows_what_was_chosen_in_red_and_what_is_right_in_green(tmp_path: Path) -> None:
    sheet = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(sheet, "PNG")
    miss = Miss("total", OTHER_CHOSEN, "6.60", "4.40", (1, (100, 100, 200, 130)), (1, (100, 300, 200, 330)))
    write_misses(tmp_path, Sample(Path("17.png"), {}), sheet.getvalue(), None, [miss])
    (drawn,) = tmp_path.iterdir()
    assert drawn.name == "total-wrong-candidate-17.png"
    with Image.open(drawn) as picture:
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20) or []}
    assert {(200, 30, 30), (20, 140, 60)} <= colours


def test_misses_are_counted_by_column_and_reason() -> None:
    table = table_of_misses([Miss("total", MISREAD, "1.00"), Miss("total", MISREAD, "2.00"), Miss("date", MISREAD, "")])
    assert [list(column.cells) for column in table.columns] == [["misread"], ["2"], ["1"]]
