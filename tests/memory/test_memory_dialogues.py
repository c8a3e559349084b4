"""Somebody corrects a vendor's invoice; next month's is read right, and nobody else's is touched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from extraction.evidence import ReadDocument, Reading, Word
from extraction.pipeline.extract import extract_documents
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk
from tests.fakes.documents.document_files import pdf


def nordlicht(number: str, delivered: str, issued: str, due: str, total: str = "119,00") -> tuple[str, ...]:
    """A printer's invoice that is hard to read: its number is a "Beleg", and three dates bear unusual names."""
    return (
        "Nordlicht Druck GmbH",
        "Hafenweg 4, 20457 Hamburg",
        "Rechnung",
        f"Beleg {number}",
        "Kunde 88123",
        f"Lieferung: {delivered}",
        f"Erstellt: {issued}",
        f"Bezahlen bis spätestens {due}",
        f"Gesamtbetrag EUR {total}",
    )


def maple(vendor: str, number: str, issued: str, total: str) -> tuple[str, ...]:
    """An invoice in dollars that does not say whose."""
    return (vendor, "Queen Street 12", f"Invoice {number}", f"Date {issued}", f"Total $ {total}")


LETTERS = {
    "november": nordlicht("ND-2024-0311", "28.10.2024", "04.11.2024", "18.11.2024"),
    "december": nordlicht("ND-2024-0418", "29.11.2024", "02.12.2024", "16.12.2024", "238,00"),
    "january": nordlicht("ND-2025-0002", "27.12.2024", "02.01.2025", "16.01.2025", "59,50"),
    "february": nordlicht("ND-2025-0099", "29.01.2025", "03.02.2025", "17.02.2025", "71,40"),
    "another": ("Elbe Papier GmbH", *nordlicht("EP-77", "27.02.2025", "03.03.2025", "17.03.2025")[1:]),
    "maple november": maple("Maple Office Supplies Inc.", "5512", "2024-11-04", "96.05"),
    "maple december": maple("Maple Office Supplies Inc.", "5698", "2024-12-03", "41.20"),
    "maple january": maple("Maple Office Supplies Inc.", "5702", "2025-01-06", "12.20"),
    "oak": maple("Oak Office Supplies Inc.", "88", "2025-01-07", "10.00"),
    "acne november": maple("ACNE TOOLS GMBH", "17", "2024-11-04", "50.00"),
    "acne december": maple("ACNE TOOLS GMBH", "18", "2024-12-03", "51.00"),
    "acne january": maple("ACNE TOOLS GMBH", "19", "2025-01-06", "52.00"),
}


class Letters:
    """Reads the letters above by their names, as the reader process would."""

    async def read(self, data: bytes, name: str = "") -> Reading:
        return extract_documents(pdf(LETTERS[data.decode()]), _no_ocr)

    async def picture(self, data: bytes, document: ReadDocument) -> bytes:
        return b"\x89PNG\r\n\x1a\n" + data


def _no_ocr(picture: NDArray[np.uint8], page: int) -> tuple[Word, ...]:
    raise AssertionError("these have a text layer")


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    desk = Desk(database, DocumentStore(tmp_path / "documents", b"k" * 32), {})
    desk.read_by(Letters())
    return desk


FIRST = "number ND-2024-0311, issued 4 November 2024, due 18 November 2024"
DOUBTED = "Please check: number (as you corrected last time), issue date (as you corrected last time), due date (as you"


async def test_next_months_invoice_is_read_right_and_asked_about_once(desk: Desk) -> None:
    assert "ND-2024-0311" not in await desk.say("<november>")
    assert "Due 18 Nov 2024" in await desk.say(FIRST)
    december = await desk.say("<december>")
    assert "Nordlicht Druck GmbH · €238.00 · Invoice ND-2024-0418" in december
    assert "Issued 2 Dec 2024 · Due 16 Dec 2024" in december
    assert DOUBTED in december  # one correction may be wrong
    await desk.say("confirm")
    january = await desk.say("<january>")
    assert "Invoice ND-2025-0002" in january
    assert "Issued 2 Jan 2025 · Due 16 Jan 2025" in january
    assert "Please check" not in january  # two documents agree


async def test_another_vendors_invoice_is_read_as_before(desk: Desk) -> None:
    before = await desk.say("<another>")
    await desk.say("not an invoice")
    await desk.say("<november>")
    await desk.say(FIRST)
    await desk.say("confirm")
    after = await desk.say("<another>")
    assert [line for line in before.splitlines() if "Elbe" in line or "Issued" in line] == [
        line for line in after.splitlines() if "Elbe" in line or "Issued" in line
    ]
    assert "as you corrected" not in after


async def test_a_correction_that_was_undone_is_forgotten(desk: Desk) -> None:
    await desk.say("<november>")
    await desk.say(FIRST)
    assert "Taken back" in await desk.say("undo")
    december = await desk.say("<december>")
    assert "ND-2024-0418" not in december
    assert "as you corrected" not in december


async def test_so_is_one_of_a_document_that_was_thrown_away(desk: Desk) -> None:
    await desk.say("<november>")
    await desk.say(FIRST)
    await desk.say("not an invoice")
    assert "ND-2024-0418" not in await desk.say("<december>")


async def test_one_wrong_correction_spoils_nothing_for_good(desk: Desk) -> None:
    await desk.say("<november>")
    await desk.say("issued 28 Oct 2024, number ND-2024-0311")  # wrong: that is when it was delivered
    await desk.say("confirm")
    december = await desk.say("<december>")
    assert "Issued 29 Nov 2024" in december
    assert "issue date" in december.partition("Please check: ")[2]
    await desk.say("issued 2 December 2024")
    await desk.say("confirm")
    january = await desk.say("<january>")
    assert "Issued 2 Jan 2025" in january
    assert "issue date (as you corrected last time)" in january  # the latest two disagree
    await desk.say("confirm")
    february = await desk.say("<february>")
    assert "Issued 3 Feb 2025" in february
    assert "issue date" not in february


async def test_the_currency_behind_a_sign_is_the_usual_one(desk: Desk) -> None:
    assert "US$96.05" in await desk.say("<maple november>")
    assert "CA$96.05" in await desk.say("currency is CAD")
    december = await desk.say("<maple december>")
    assert "CA$41.20" in december
    assert "currency (as you corrected last time)" in december
    await desk.say("confirm")
    january = await desk.say("<maple january>")
    assert "CA$12.20" in january
    assert "currency" not in january
    assert "US$10.00" in await desk.say("<oak>")


async def test_a_misread_name_is_put_right(desk: Desk) -> None:
    assert "ACNE TOOLS GMBH" in await desk.say("<acne november>")
    await desk.say("vendor is Acme Tools GmbH")
    december = await desk.say("<acne december>")
    assert "Acme Tools GmbH" in december
    assert "vendor (as you corrected last time)" in december
    await desk.say("confirm")
    january = await desk.say("<acne january>")
    assert "Acme Tools GmbH" in january
    assert "vendor" not in january


async def test_terms_that_stand_nowhere_are_remembered(desk: Desk) -> None:
    await desk.say("<maple november>")
    assert "Due 25 Nov 2024" in await desk.say("due 25 November 2024")
    december = await desk.say("<maple december>")
    assert "Due 24 Dec 2024" in december  # again 21 days
    assert "due date (21 days, as you corrected last time)" in december
