"""Every format of bank statements is read for what it says, and refused with a reason where it says nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.bank_statement import StatementLine
from extraction.evidence import Reading
from extraction.files.media_type import detect_media_type
from extraction.pipeline.extract import extract_documents
from extraction.statements.tables.column_choices import chosen
from extraction.statements.tables.column_mapping import guess_columns
from extraction.statements.tables.csv_table import read_table
from extraction.statements.tables.table_statement import statement_of
from tests.fakes.books.bank_desk import RENT
from tests.fakes.documents import bank_statements as banks
from tests.fakes.documents.bank_statements import ACME_IBAN, IBAN, line

MARCH = (
    line(3, "-1249.50", "Rechnung 2024-117", counterparty="Acme GmbH", iban=ACME_IBAN),
    line(5, "500.00", "Danke", counterparty="Kunde AG"),
    line(20, "-9.90", "Kontofuehrung"),
)


def read_file(data: bytes) -> Reading:
    """Reads without OCR: a statement needs none."""
    return extract_documents(data, lambda picture, page: ())


@pytest.mark.parametrize("name", banks.WRITERS)
def test_the_same_movements_are_read_from_every_format(name):
    reading = read_file(banks.WRITERS[name](MARCH))
    assert reading.problem is None
    (statement,) = reading.statements
    assert [(each.booked_on, each.amount) for each in statement.booked] == [(m.booked_on, m.amount) for m in MARCH]
    first = statement.booked[0]
    assert first.text == "Rechnung 2024-117"
    assert first.counterparty == "Acme GmbH"
    assert statement.difference == 0
    assert reading.documents[0].kind == "statement"


@pytest.mark.parametrize("name", ["camt", "mt940", "csv"])
def test_the_other_sides_account_is_read(name):
    (statement,) = read_file(banks.WRITERS[name](MARCH)).statements
    assert statement.booked[0].iban == ACME_IBAN


@pytest.mark.parametrize("version", ["02", "04", "06", "08", "10"])
def test_versions_of_camt(version):
    (statement,) = read_file(banks.camt053(MARCH, version=version)).statements
    assert statement.format == f"camt.053.001.{version}"
    assert (statement.account, statement.currency, statement.bank) == (IBAN, "EUR", "Sparkasse")
    assert (statement.opening, statement.closing) == (Decimal("1000.00"), Decimal("240.60"))


def test_a_statement_that_does_not_add_up_says_by_how_much():
    (statement,) = read_file(banks.camt053(MARCH, closing="250.60")).statements
    assert statement.difference == Decimal("10.00")


def test_pending_movements_do_not_count():
    pending = StatementLine(date(2025, 3, 30), Decimal("-5.00"), "vorgemerkt", pending=True)
    (statement,) = read_file(banks.camt053((*MARCH, pending))).statements
    assert len(statement.lines) == 4
    assert len(statement.booked) == 3
    assert statement.difference == 0


@pytest.mark.parametrize(
    ("field", "amount", "day"),
    [
        (":61:2503030303D12,5NTRFNONREF", "-12.5", "2025-03-03"),
        (":61:2503030303RC12,NTRFNONREF", "-12", "2025-03-03"),  # the reversal of a credit takes it away
        (":61:250303RD12,50NTRFNONREF", "12.50", "2025-03-03"),
        (":61:2412310102CR1.000,00N051NONREF//REF1", "1000.00", "2025-01-02"),  # booked in the new year
        (":61:1602300301DR6,00N024NONREF", "-6.00", "2016-03-01"),  # 30 February
    ],
)
def test_lines_of_mt940(field, amount, day):
    (statement,) = read_file(f":20:X\n:25:1\n:60F:C250301EUR0,\n{field}\n".encode()).statements
    assert statement.lines[0].amount == Decimal(amount)
    assert statement.lines[0].booked_on.isoformat() == day


def test_statements_of_two_accounts_without_field_20():
    one = ":25:{}\n:28:1/01\n:60F:C250301EUR{},00\n:61:2503040304D10,00NTRFNONREF\n:86:rent\n:62F:C250304EUR{},00\n-\n"
    data = "ABNANL2A\n940\nABNANL2A\n" + one.format("1", 30, 20) + "ABNANL2A\n940\n" + one.format("2", 50, 40)
    found = read_file(data.encode()).statements
    assert [(each.account, len(each.lines), each.difference) for each in found] == [("1", 1, 0), ("2", 1, 0)]


def test_mt940_in_the_code_page_of_dos():
    fields = (":20:X", ":25:1", ":60F:C250301EUR0,", ":61:250303C1,NTRFNONREF", ":NS:01Miete für März", "15Empfänger")
    data = "\n".join([*fields, ":62F:C250303EUR1,", ""])
    (line_,) = read_file(data.encode("cp850")).statements[0].lines
    assert (line_.text, line_.counterparty) == ("Miete für März", "Empfänger")


def test_the_other_side_of_a_payment_that_came_back_is_not_ourselves():
    data = banks.camt053([line(12, "50.00", "Rückgabe", counterparty="Acme GmbH")]).decode()
    data = data.replace("<Svcr>", "<Ownr><Nm>Linden GmbH</Nm></Ownr><Svcr>")
    returned = data.replace(
        "<Dbtr><Nm>Acme GmbH</Nm></Dbtr>", "<Dbtr><Nm>Linden GmbH</Nm></Dbtr><Cdtr><Nm>Acme GmbH</Nm></Cdtr>"
    )
    (line_,) = read_file(returned.encode()).statements[0].lines
    assert line_.counterparty == "Acme GmbH"


def test_balances_among_the_movements_of_ofx_are_none():
    saldo = line(3, "500.00", "Saldo do dia")
    data = banks.ofx([RENT, saldo], closing="500.00").decode().replace("<FITID>1-2025-03-03", "<FITID>")
    (statement,) = read_file(data.encode()).statements
    assert [each.amount for each in statement.lines] == [RENT.amount]
    assert [(row.why, row.amount) for row in statement.left_out] == [("balance", Decimal("500.00"))]


@pytest.mark.parametrize(
    ("content", "text", "name", "reference"),
    [
        ("166?00GUTSCHRIFT?20EREF+R-123 SVWZ+Rechnung 20?2124-117 danke?32Acme?33 GmbH",
         "Rechnung 2024-117 danke", "Acme GmbH", "R-123"),
        ("/TRTP/SEPA/EREF/R-1/NAME/Acme BV/REMI/USTD//factuur 117/", "factuur 117", "Acme BV", "R-1"),
        ("free text\nof two lines", "free text of two lines", "", ""),
    ],
)  # fmt: skip
def test_what_banks_say_in_field_86(content, text, name, reference):
    data = f":20:X\n:25:1\n:60F:C250301EUR0,\n:61:250303D1,NTRFNONREF\n:86:{content}\n:62F:D250303EUR1,\n"
    (movement,) = read_file(data.encode()).statements[0].lines
    assert (movement.text, movement.counterparty, movement.reference) == (text, name, reference)


@pytest.mark.parametrize(
    ("table", "amounts", "days"),
    [
        ("Date,Description,Debit,Credit,Balance\n03/21/2025,ACME,12.50,,87.50\n03/22/2025,IN,,5.00,92.50\n",
         ["-12.50", "5.00"], ["2025-03-21", "2025-03-22"]),
        ('"Datum";"Naam";"Rekening";"Af Bij";"Bedrag (EUR)"\n"20250321";"Acme";"NL91ABNA0417164300";"Af";"1249,50"\n',
         ["-1249.50"], ["2025-03-21"]),
        ("Buchungstag;Text;Soll;Haben\n21.03.2025;Miete;1.900,00;\n22.03.2025;Kunde;;200,00\n",
         ["-1900.00", "200.00"], ["2025-03-21", "2025-03-22"]),
        ('"Kontostand vom 21.03.2025:";"1.234,56 €"\n""\n"Buchungsdatum";"Verwendungszweck";"IBAN";"Betrag (€)"\n'
         '"21.03.25";"Rechnung";"DE89370400440532013000";"-9,90"\n', ["-9.90"], ["2025-03-21"]),
        ("Date\tName\tAmount\n2025-03-21 10:11:12\tAcme\t(20.00)\n", ["-20.00"], ["2025-03-21"]),
        ("Date|Name|Amount\n21 Mar 2025|Acme|20.00 DR\n", ["-20.00"], ["2025-03-21"]),
    ],
)  # fmt: skip
def test_tables_as_banks_export_them(table, amounts, days):
    (statement,) = read_file(table.encode()).statements
    assert [str(each.amount) for each in statement.lines] == amounts
    assert [each.booked_on.isoformat() for each in statement.lines] == days
    assert statement.difference == 0


def test_a_date_that_could_be_read_in_two_orders_is_uncertain():
    table = read_table("Date,Payee,Amount\n03/04/2025,A,-1.00\n05/04/2025,B,-2.00\n")
    assert table is not None
    found = guess_columns(table)
    assert found.order_uncertain
    other = chosen(table, "m")
    assert statement_of(table, found.mapping).lines[0].booked_on == date(2025, 4, 3)
    assert statement_of(table, other).lines[0].booked_on == date(2025, 3, 4)


def test_a_second_column_of_amounts_is_an_alternative():
    table = read_table("Date,Payee,Amount,Fee\n2025-03-04,A,-1.00,-0.10\n")
    assert table is not None
    (other,) = guess_columns(table).others
    assert table.header[other.amount or 0] == "Fee"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>', "broken_xml"),
        (banks.camt053(MARCH).replace(b"1249.50", b"12x9.50"), "camt_damaged"),
        (b":20:X\n:25:1\n:61:gibberish\n", "mt940_damaged"),
        (b":20:X\n:25:1\n:28C:1/1\n", "statement_empty"),
        (b"OFXHEADER:100\n\n<OFX><BANKMSGSRSV1></STMTRS>", "ofx_damaged"),
        (b"OFXHEADER:100\n\n<OFX><INVSTMTRS><CURDEF>USD<X></X></INVSTMTRS></OFX>", "ofx_investments"),
        (b"!Type:Bank\nPgarbage\nT5\n^\n", "qif_damaged"),
        (b"!Type:Bank\nDgarbage\nT5\n^\n", "csv_columns"),
        (b"Dear Olga,\nplease find our invoice, as agreed, below.\n", "unsupported_text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, code):
    reading = read_file(data)
    assert reading.problem is not None
    assert reading.problem.code == code
    assert not reading.statements


@given(st.text())
def test_no_text_at_all_breaks_the_reader(text):
    read_file(text.encode("utf-8", errors="surrogatepass"))


@pytest.mark.parametrize(
    "head", [b":20:X\n:61:", b"!Type:Bank\nD", b"Date,Amount\n", b"Rechnung Nr. 7\n", b"<p>Invoice"]
)
def test_a_nul_breaks_nothing(head):
    read_file(head + b"\x00Summe 12,00 EUR\x00")


@given(st.binary())
def test_no_bytes_after_the_beginning_of_a_statement_break_it(tail):
    for head in (b":20:X\n:61:", b"<OFX>", b"!Type:Bank\nD", b"Date,Amount\n"):
        read_file(head + tail)


def test_an_invoice_in_xml_is_no_statement():
    assert detect_media_type(
        b'<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
    ) == ("application/xml")
