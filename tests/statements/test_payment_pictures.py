"""The picture that a banking app pays a bill with: made, and read again by the project's own reader of codes."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extraction.payment_qr import detect_payment_codes
from extraction.payment_qr.payment import Payment
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.documents.bank_statements import ACME_IBAN

LONG_NAME = "Donaudampfschifffahrtsgesellschaft für Überseehandel und Spedition mit beschränkter Haftung"
PAPERS = {
    "acme": paper(**ACME, iban=ACME_IBAN),
    "reference": paper(**{**ACME, "payment_reference": "RF18539007547034"}, iban=ACME_IBAN),
    "umlaut": paper(**{**ACME, "vendor": LONG_NAME}, iban=ACME_IBAN),
    "swiss": paper(**ACME, iban="CH9300762011623852957"),
    "dollars": paper(**{**ACME, "currency": "USD"}, iban=ACME_IBAN),
    "no-iban": paper(**ACME),
    "bad-iban": paper(**ACME, iban="DE89370400440532013001"),
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> BankDesk:
    return BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)


async def decoded(desk: BankDesk) -> Payment:
    """What the picture in the last answer says, read like any other on an invoice."""
    (attachment,) = desk.replies[0].attachments
    assert (attachment.name, attachment.media_type) == ("pay.png", "image/png")
    assert attachment.sha256 is not None
    picture = np.asarray(Image.open(io.BytesIO(await desk.store.get(attachment.sha256))).convert("RGB"))
    (code,) = detect_payment_codes(picture, 1)
    return code.payment


async def test_the_code_pays_what_is_open(desk: BankDesk):
    await desk.say("<acme>")
    assert "[Pay by QR]" in await desk.say("[Confirm]")
    assert "to pay €1,249.50 to Acme GmbH" in await desk.say("[Pay by QR]")
    paid = await decoded(desk)
    assert (paid.iban, paid.creditor, paid.currency, paid.amount) == (ACME_IBAN, "Acme GmbH", "EUR", Decimal("1249.50"))
    assert paid.message == "2024-117"
    await desk.say("paid Acme 500")
    await desk.say("qr for Acme")
    assert (await decoded(desk)).amount == Decimal("749.50")


async def test_a_structured_reference_stays_one(desk: BankDesk):
    await desk.say("<reference>")
    await desk.say("[Confirm]")
    await desk.say("qr code")
    assert (await decoded(desk)).reference == "RF18539007547034"


async def test_a_long_name_is_cut_as_the_standard_says(desk: BankDesk):
    await desk.say("<umlaut>")
    await desk.say("[Confirm]")
    await desk.say("qr code")
    assert (await decoded(desk)).creditor == LONG_NAME[:70]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("swiss", "QR-bill, which I can't make"),
        ("dollars", "in euros, and this bill is in USD"),
        ("no-iban", "I need the vendor's IBAN"),
        ("bad-iban", "DE89370400440532013001 isn't valid"),
    ],
)
async def test_where_there_can_be_no_code_it_says_why(desk: BankDesk, name, why):
    await desk.say(f"<{name}>")
    assert "[Pay by QR]" not in await desk.say("[Confirm]")
    assert why in await desk.say("qr code")
    assert not desk.replies[0].attachments


async def test_a_draft_cannot_be_paid_yet(desk: BankDesk):
    await desk.say("<acme>")
    assert "Only a confirmed bill" in await desk.say("qr code")
