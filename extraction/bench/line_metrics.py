"""When the lines and tax rates that were read count as right.

Truth is "line_items" (description, quantity, total) and "taxes" (rate, net, tax) of a data set, else what the e-invoice
says that was taken out of the PDF. Lines are right when there are as many and each has the total, the quantity
(where both say one) and the description, by the rule for vendors; rates when each has its tax, and its net where both
say one. E-invoices whose amounts are not printed tell nothing of reading the print.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from extraction.bench.correctness import Truth, alike
from extraction.errors import Unreadable
from extraction.evidence import Page, ReadDocument
from extraction.fields.layout.document_layout import lay_out
from extraction.files.media_type import PDF, detect_media_type
from extraction.files.pages import open_pages

COLUMNS = ("lines", "tax rates")

Rows = Sequence[Mapping[str, Any]]


def stated_inside(data: bytes) -> dict[str, Any]:
    """The truth of lines and rates by the e-invoice inside a PDF; empty where there is none."""
    if detect_media_type(data) != PDF:
        return {}
    try:
        with open_pages(data, PDF) as file:
            documents = file.attached().documents
    except Unreadable:
        return {}
    if not documents:
        return {}
    lines, taxes = map(asdict, documents[0].lines), map(asdict, documents[0].taxes)
    return {"line_items": list(lines), "taxes": list(taxes)}


def lines_right(document: ReadDocument | None, pages: Sequence[Page], truth: Truth) -> dict[str, bool]:
    """For each of `COLUMNS` that the truth has, and that is printed on the pages, whether it was read right."""
    told = {"lines": truth.get("line_items", ()), "tax rates": truth.get("taxes", ())}
    sheet = lay_out(pages)
    printed = {abs(span.value) for spans in sheet.amounts for span in spans}
    amount = {"lines": "total", "tax rates": "tax"}
    return {
        column: document is not None and _RIGHT[column](document, rows)
        for column, rows in told.items()
        if rows and {abs(Decimal(row[amount[column]] or 0)) for row in rows} <= printed
    }


def _same_lines(document: ReadDocument, rows: Rows) -> bool:
    read = [asdict(line) for line in document.lines]
    return len(read) == len(rows) and all(
        _equal(found["total"], row["total"])
        and _agree(found["quantity"], row["quantity"])
        and (not row["description"] or alike(found["description"], row["description"]))
        for found, row in zip(read, rows, strict=True)
    )


def _same_taxes(document: ReadDocument, rows: Rows) -> bool:
    read = [asdict(line) for line in document.taxes]
    return len(read) == len(rows) and all(
        _equal(found["rate"], row["rate"]) and _equal(found["tax"], row["tax"]) and _agree(found["net"], row["net"])
        for found, row in zip(read, sorted(rows, key=lambda row: Decimal(row["rate"])), strict=True)
    )


_RIGHT = {"lines": _same_lines, "tax rates": _same_taxes}


def _equal(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and Decimal(one) == Decimal(other)


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or Decimal(one) == Decimal(other)
