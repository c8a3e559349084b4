"""A third of every set is counted only, and which third that is follows from the vendors' names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from extraction.bench.accuracy import Asked, bench_read
from extraction.bench.datasets import samples_of
from extraction.bench.sealed import is_of, is_sealed, vendor_key

OPEN, SEALED = "Zebra Shop", "Tea House"
VENDORS = [f"Vendor{number} Ltd" for number in range(3000)]


def test_about_a_third_of_the_vendors_is_sealed() -> None:
    assert 900 < sum(is_sealed({"vendor": vendor}) for vendor in VENDORS) < 1100


def test_every_document_is_of_one_part() -> None:
    truths = [{"vendor": vendor} for vendor in VENDORS[:50]]
    assert all(is_of("open", truth) != is_of("sealed", truth) and is_of("all", truth) for truth in truths)


@pytest.mark.parametrize("other", ["ACME STORES LTD", "acme stores (Ipoh)", "A.C.M.E. Stores No. 7"])
def test_branches_of_a_chain_are_one_vendor(other: str) -> None:
    assert vendor_key({"vendor": other}) == vendor_key({"vendor": "Acme Stores"})


def test_a_document_without_a_vendor_is_one_of_its_own() -> None:
    assert vendor_key({"file": "files/a.pdf"}) == "files/a.pdf"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A set with an open and a sealed document, neither of which says anything."""
    folder = tmp_path / "german_receipts"
    rows = [{"file": f"{name}.png", "vendor": name, "total": "6.60"} for name in (OPEN, SEALED)]
    folder.mkdir()
    (folder / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    for row in rows:
        Image.new("RGB", (200, 200), "white").save(folder / row["file"])
    return folder


def test_a_part_is_read_by_itself(data: Path) -> None:
    assert [sample.truth["vendor"] for sample in samples_of(data, part="open")] == [OPEN]
    assert [sample.truth["vendor"] for sample in samples_of(data, part="sealed")] == [SEALED]


@pytest.mark.ocr
def test_what_is_missed_on_sealed_documents_is_counted_and_never_shown(data: Path, tmp_path: Path) -> None:
    pictures, console = tmp_path / "missed", Console(width=120)
    with console.capture() as shown:
        figures = bench_read(data, console=console, asked=Asked(failures=pictures))
    assert figures.shares["total"] == (0, 2)
    assert [OPEN in picture.name for picture in pictures.iterdir()] == [True, True]  # its total and its vendor
    assert SEALED not in shown.get()
