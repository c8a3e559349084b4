"""The same invoice as PDF and as XML in one message: one bill, with both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extraction.evidence import ReadDocument
from extraction.fields.layout.value_location import alphanumeric_key
from extraction.pipeline.merge_sources import merge_einvoice
from handlers.documents.received import Received


def in_one(received: Sequence[Received]) -> list[Received]:
    """The files, each e-invoice put into the printed one that says the same.

    The same are they where their numbers are, or, where the print shows none, total and date of issue. What the
    e-invoice says goes before what was read of the print, as where it lies inside the PDF.
    """
    kept = list(received)
    for stated in received:
        if not _is_einvoice(stated):
            continue
        places = [n for n, printed in enumerate(kept) if printed is not stated and _same_bill(stated, printed)]
        if len(places) == 1:
            kept[places[0]] = _joined(kept[places[0]], stated)
            kept = [file for file in kept if file is not stated]
    return kept


def _is_einvoice(file: Received) -> bool:
    return len(file.papers) == 1 and not file.reading.pages and _total_source(file) == "xml"


def _total_source(file: Received) -> str:
    found = file.papers[0].document.fields.get("total")
    return found.source if found else ""


def _same_bill(stated: Received, printed: Received) -> bool:
    if len(printed.papers) != 1 or not printed.reading.pages:
        return False
    one, other = stated.papers[0].document, printed.papers[0].document
    numbers = [alphanumeric_key(document.value("number") or "") for document in (one, other)]
    if all(numbers):
        return numbers[0] == numbers[1]
    return _said_alike(one, other, "total") and _said_alike(one, other, "issue_date")


def _said_alike(one: ReadDocument, other: ReadDocument, name: str) -> bool:
    return one.value(name) is not None and one.value(name) == other.value(name)


def _joined(printed: Received, stated: Received) -> Received:
    paper = printed.papers[0]
    (document,) = merge_einvoice([paper.document], [stated.papers[0].document], printed.reading.pages)
    return replace(printed, papers=(replace(paper, document=document),), forms=(*printed.forms, stated.attachment))
