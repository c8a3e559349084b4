"""What is read from real text layers, measured; skips where the data sets are absent."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from extraction.bench.datasets import samples_of
from extraction.bench.metrics import count, outcome_of
from extraction.bench.strip_attachments import without_attachments
from extraction.evidence import Word
from extraction.pipeline.extract import extract_documents

DATA = Path(__file__).parents[4] / "shared" / "data"
LIMIT = 25


def without_ocr(picture: NDArray[np.uint8], page: int) -> tuple[Word, ...]:
    """Leaves a scanned page unread: only text layers are measured here, without the e-invoices inside them."""
    return ()


def figures_of(name: str) -> dict[str, float]:
    """Shares by column, and the share of wrong totals that go unnoticed, over `LIMIT` documents of a set."""
    if not (DATA / name).is_dir():
        pytest.skip(f"the data set {name} is not here")
    figures = count(
        outcome_of(extract_documents(without_attachments(sample.path.read_bytes()), without_ocr), sample.truth)
        for sample in samples_of(DATA / name, LIMIT)
    )
    shares = {column: right / out_of for column, (right, out_of) in figures.shares.items()}
    wrong, totals = figures.unnoticed
    return {**shares, "unnoticed": wrong / totals if totals else 0.0}


@pytest.mark.parametrize(
    ("name", "floors", "unnoticed"),
    [
        ("fcc_tv_invoices", {"total": 0.95, "date": 0.93, "vendor": 0.91, "number": 0.91, "kind": 0.95}, 0.02),
        ("einvoice_pdf", {"total": 0.95, "date": 0.84, "vendor": 0.87, "number": 0.91}, 0.02),
        ("fcc_orders_not_invoices", {"kind": 0.94}, 0.0),
    ],
)
def test_text_layers_of_real_documents_are_read(name: str, floors: dict[str, float], unnoticed: float) -> None:
    figures = figures_of(name)
    assert {column: figures[column] for column in floors if figures[column] < floors[column]} == {}
    assert figures["unnoticed"] <= unnoticed
