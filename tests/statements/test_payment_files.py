"""Payment files for the bank: what is in them, what is not and why, and how their bills come to be paid."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import pytest
import xmlschema
from sepaxml import validation
from sqlmodel import select

from handlers.banking.credit_transfer import sepa_text
from storage.bank import bank_accounts
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.models import Bill, BillState, PaymentInstruction, PaymentOrder
from storage.people import company
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, IBAN, line

SCHEMA = Path(validation.__file__).parent / "schemas" / "pain.001.001.09.xsd"
NAMES = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
PAPERS = {
    "acme": paper(**ACME, iban=ACME_IBAN),
    "umlaut": paper(
        vendor="Müller & Söhne KG", number="R/1", issue_date="2025-03-01", due_date="2025-03-10", currency="EUR",
        total="80.00", iban="DE75512108001245126199", payment_reference="RF18 5390 0754 7034",
    ),
    "dollars": paper(
        vendor="Globex Inc", number="G-1", issue_date="2025-03-01", currency="USD", total="10.00", iban=ACME_IBAN
    ),
    "no-iban": paper(vendor="Initech", number="I-1", issue_date="2025-03-01", currency="EUR", total="5.00"),
    "bad-iban": paper(
        vendor="Hooli", number="H-1", issue_date="2025-03-01", currency="EUR", total="5.00",
        iban="DE89370400440532013001",
    ),
}  # fmt: skip


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> BankDesk:
    """A company with a name and an IBAN, and a confirmed bill of Acme's."""
    made = BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        bank_accounts.name_account(session, accounts.account(session, "bank"), IBAN, "EUR")
        company.describe(session, name="Öl- und Gas-Handel Groß GmbH")
    await made.say("<acme>")
    await made.say("[Confirm]")
    return made


async def file_of(desk: BankDesk) -> Element:
    """The file that the last answer brought, checked against its schema."""
    (attachment,) = desk.replies[0].attachments
    assert attachment.sha256 is not None
    data = await desk.store.get(attachment.sha256)
    xmlschema.XMLSchema(str(SCHEMA)).validate(data.decode())
    return fromstring(data)


def texts(root: Element, path: str) -> list[str | None]:
    return [found.text for found in root.findall(f".//{'/'.join(f'p:{name}' for name in path.split('/'))}", NAMES)]


async def test_the_file_pays_what_is_open_when_it_is_due(desk: BankDesk):
    await desk.say("<umlaut>")
    await desk.say("[Confirm]")
    said = await desk.say("payment file")
    assert "Here is the payment file with 2 transfers, €1,329.50, from Bank:" in said
    assert "• Acme GmbH 2024-117 · €1,249.50 on 2 Apr 2025" in said
    root = await file_of(desk)
    assert texts(root, "InstdAmt") == ["80.00", "1249.50"]
    assert texts(root, "Cdtr/Nm") == ["Mueller + Soehne KG", "Acme GmbH"]
    assert texts(root, "CdtrAcct/Id/IBAN") == ["DE75512108001245126199", ACME_IBAN]
    assert texts(root, "Ustrd") == ["RF18 5390 0754 7034", "2024-117"]
    assert texts(root, "ReqdExctnDt/Dt") == ["2025-03-21", "2025-04-02"], "today for what is overdue, else the due date"
    assert set(texts(root, "Dbtr/Nm")) == {"Oel- und Gas-Handel Gross GmbH"}
    assert texts(root, "GrpHdr/CtrlSum") == ["1329.50"]


async def test_what_is_left_out_is_said_with_the_reason(desk: BankDesk):
    for name in ("dollars", "no-iban", "bad-iban"):
        await desk.say(f"<{name}>")
        await desk.say("[Confirm]")
    said = await desk.say("payment file")
    assert "with 1 transfer" in said
    assert "Globex Inc G-1 · US$10.00: it is in USD, and the file pays in euros" in said
    assert "Initech I-1 · €5.00: it names no IBAN" in said
    assert "Hooli H-1 · €5.00: its IBAN DE89370400440532013001 isn't valid" in said
    said = await desk.say("payment file")
    assert "There is no bill to pay by a file." in said
    assert "Acme GmbH 2024-117 · €1,249.50: it is in the payment file of 21 Mar 2025" in said


async def test_a_bill_in_a_file_says_so_until_it_is_withdrawn(desk: BankDesk):
    await desk.say("payment file")
    assert "In the payment file of 21 Mar 2025" in await desk.say("details of Acme")
    assert "Withdrawn: the payment file of 21 Mar 2025 with 1 bill." in await desk.say("withdraw the payment file")
    assert "In the payment file" not in await desk.say("details of Acme")
    assert "with 1 transfer" in await desk.say("payment file")
    await desk.say("withdraw the payment file")
    assert "There is no payment file to withdraw." in await desk.say("withdraw the payment file")


async def test_only_the_banks_statement_makes_it_paid(desk: BankDesk):
    await desk.say("payment file")
    with desk.database.reading() as session:
        assert session.exec(select(Bill)).one().state is BillState.CONFIRMED
        end_to_end = session.exec(select(PaymentInstruction)).one().end_to_end_id
    paid = line(20, "-1249.50", "SEPA", counterparty="A. C. M. E. Holding", reference=end_to_end)
    assert "1 booked" in await desk.send(banks.camt053([paid]))
    with desk.database.reading() as session:
        assert session.exec(select(Bill)).one().state is BillState.PAID


async def test_only_what_is_due_or_of_one_vendor(desk: BankDesk):
    await desk.say("<umlaut>")
    await desk.say("[Confirm]")
    await desk.say("payment file for bills due this week")
    assert texts(await file_of(desk), "InstdAmt") == ["80.00"]
    await desk.say("payment file for Acme")
    assert texts(await file_of(desk), "InstdAmt") == ["1249.50"]


async def test_a_discount_in_time_is_taken(desk: BankDesk):
    with desk.database.transaction() as session:
        bill = session.exec(select(Bill)).one()
        bill.discount_minor, bill.discount_until = 2499, date(2025, 3, 25)
    said = await desk.say("payment file")
    assert "€1,224.51 on 25 Mar 2025" in said
    with desk.database.reading() as session:
        assert session.exec(select(PaymentInstruction)).one().amount_minor == 122451


async def test_without_our_iban_or_name_it_asks_for_them(database: Database, tmp_path: Path):
    desk = BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    assert "Say “our IBAN is DE…”" in await desk.say("payment file")
    with database.transaction() as session:
        bank_accounts.name_account(session, accounts.account(session, "bank"), IBAN, "EUR")
    assert "Say “our name is …”" in await desk.say("payment file")
    with database.reading() as session:
        assert not session.exec(select(PaymentOrder)).all()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Müller & Söhne", "Mueller + Soehne"),
        ("Łódź *Café* #7", "Lodz Cafe 7"),
        ("Straße_9", "Strasse 9"),
        ("RE-1/2 (a), b.", "RE-1/2 (a), b."),
    ],
)
def test_only_characters_that_every_bank_takes(text, plain):
    assert sepa_text(text) == plain


async def test_wherever_money_goes_the_account_stands_with_who_gave_it_and_whether_it_is_new(desk: BankDesk):
    """On the card, when it is confirmed, beside the code to pay by and in the answer with the file."""
    printed = "printed on the document, first seen on this bill"
    for said in ("show Acme", "how do I pay Acme by QR code?", "payment file for Acme"):
        assert f"DE89 3704 0044 0532 0130 00, {printed}" in await desk.say(said), said
    assert "DE75 5121 0800 1245 1261 99, printed on the document, new for this vendor" in await desk.say("<umlaut>")
    corrected = await desk.say("the IBAN is DE12 5001 0517 0648 4898 90")
    assert "DE12 5001 0517 0648 4898 90, corrected by Olga, new for this vendor" in corrected
    assert "corrected by Olga" in await desk.say("[Confirm]")
