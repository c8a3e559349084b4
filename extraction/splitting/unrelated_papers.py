"""Papers that lie beside a bill on one picture and are none: a business card, a coaster, the envelope."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.evidence import ReadDocument


def without_unrelated_papers(documents: Sequence[ReadDocument]) -> tuple[ReadDocument, ...]:
    """The documents of a file, without papers that show no amount while another on the same picture does."""
    return tuple(document for document in documents if not _is_stray(document, documents))


def unrelated_papers_notice(papers: int) -> str:
    """What the sender should know of so many papers that were left out; "" for none."""
    if not papers:
        return ""
    return (
        "Another paper on the picture shows no bill and was left out."
        if papers == 1
        else (f"{papers} more papers on the picture show no bill and were left out.")
    )


def _is_stray(document: ReadDocument, documents: Sequence[ReadDocument]) -> bool:
    # Only papers on one picture have their page number in common.
    beside = [other for other in documents if other is not document and set(other.pages) & set(document.pages)]
    return "total" not in document.fields and any("total" in other.fields for other in beside)
