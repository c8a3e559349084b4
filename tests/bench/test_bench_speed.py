"""The race of readers: real processes read a real picture, and a rival that is missing is told how to be had."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console

from extraction.bench import competitors
from extraction.bench.correctness import printed_total
from extraction.bench.datasets import NoTruth
from extraction.bench.speed import Course, bench_speed, table_of
from extraction.bench.throughput import bench_throughput
from tests.fakes.documents.document_files import encoded, pdf, photograph


@pytest.fixture
def receipts(tmp_path: Path) -> Path:
    """A data set of one photograph, whose total is printed as 1,249.50, and of a text that is no picture."""
    (tmp_path / "photo.jpg").write_bytes(encoded(photograph(), "JPEG"))
    (tmp_path / "note.txt").write_text("not for OCR")
    rows = [{"file": "photo.jpg", "total": "1249.50"}, {"file": "note.txt", "total": "1.00"}]
    (tmp_path / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


@pytest.mark.ocr
def test_billify_is_timed_cold_and_warm_in_a_process_of_its_own(receipts: Path) -> None:
    course = bench_speed(receipts, console=Console(quiet=True), names=["Billify"])["Billify"]
    assert (course.out, course.failures, course.totals) == ("", 0, [True])
    assert len(course.warm) == 1
    assert course.cold > course.warm[0] > 0  # the cold read also loads the networks
    assert course.memory > 100_000_000


@pytest.mark.ocr
def test_a_folder_is_read_by_one_reader_and_by_one_for_each_processor(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        (tmp_path / name).write_bytes(pdf())
    alone, together = bench_throughput(tmp_path, Console(quiet=True)).values()
    assert (alone.files, alone.documents, together.files, together.documents) == (3, 3, 3, 3)
    assert alone.an_hour > 0 and together.processors_used > 0


def test_a_rival_that_is_not_installed_is_a_row_that_says_how_to_install_it(
    receipts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # which the rival's process inherits: it finds no program there
    courses = bench_speed(receipts, console=Console(quiet=True), names=["Tesseract"])
    assert courses["Tesseract"].out.startswith("not installed: ")
    assert "install" in courses["Tesseract"].out.removeprefix("not installed: ")
    monkeypatch.setattr(competitors, "find_spec", lambda name: None)
    with pytest.raises(competitors.NotInstalled, match=r"billify\[rivals\]"):
        competitors.rapidocr()


def test_the_table_compares_with_billify() -> None:
    courses = {
        "Billify": Course(cold=4.0, warm=[1.0, 3.0, 1.0], memory=900_000_000, totals=[True, True]),
        "EasyOCR": Course(cold=9.0, warm=[12.0], memory=2_500_000_000, totals=[True, False], failures=1),
        "RapidOCR": Course(out="not installed: pip install 'billify[rivals]'"),
    }
    console = Console(width=160)
    with console.capture() as shown:
        console.print(table_of("receipts", courses))
    rows = {line.split("│")[1].strip(): line for line in shown.get().splitlines() if "│" in line}
    assert all(part in rows["Billify"] for part in ("4.0", "1.00", "0.90", "2 of 2"))
    assert all(part in rows["EasyOCR"] for part in ("12.0", "2.50", "1 of 2, 1 failed"))
    assert "pip install" in rows["RapidOCR"]


def test_a_set_without_pictures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "truth.jsonl").write_text("")
    with pytest.raises(NoTruth, match="no pictures"):
        bench_speed(tmp_path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Total 1,249.50", True),
        ("1.249,50 EUR", True),
        ("1 249,50", True),
        ("1'249.50", True),
        ("1249 . 50", True),
        ("11,249.50", False),
        ("1,249.505", False),
        ("1,249", False),
    ],
)
def test_a_printed_total_is_found_in_any_convention(text: str, found: bool) -> None:
    assert bool(printed_total("1249.50").search(text)) is found
