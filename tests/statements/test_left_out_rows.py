"""A row that cannot be read is told of, and the balances say what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from extraction.pipeline.extract import extract_documents
from storage.models import Movement
from tests.fakes.books.bank_desk import BankDesk

HEAD = b"Datum;Text;Betrag;Saldo\n"
WHOLE = (
    HEAD + b"04.03.2025;Kaffee;-12,50;487,50\n14.03.2025;Kunde;1.234,56;1.722,06\n20.03.2025;Miete;-1.000,00;722,06\n"
)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("14.03.2025;Kunde;1.2x4,56;1.722,06", "amount"),
        ("14.03.2025;Kunde;;1.722,06", "amount"),
        ("34.03.2025;Kunde;1.234,56;1.722,06", "date"),
        (";Kunde;1.234,56;1.722,06", "date"),
        ("14.03.2025;Kunde;Nord;1.234,56;1.722,06", "amount"),
        ("14.03.2025;Saldo;1.234,56;", "balance"),
        ("offen;Kunde;1.234,56;", "pending"),
        ("31.03.2025;Summe;222,06;", "total"),
    ],
)
def test_each_kind_of_row_says_why_it_is_left_out(row, why):
    data = WHOLE.replace(b"14.03.2025;Kunde;1.234,56;1.722,06", row.encode())
    (statement,) = extract_documents(data, lambda picture, page: ()).statements
    assert [(left.row, left.why) for left in statement.left_out] == [(3, why)]
    assert len(statement.lines) == 2
    assert statement.left_out[0].text.split(" · ")[0] == row.strip(";").split(";")[0]


@pytest.mark.parametrize("text", ["Saldo Rechnung 15", "Total Energies 1234", "Kontostand GmbH Miete", "Summe Nord"])
def test_what_somebody_paid_is_no_balance(text):
    (statement,) = extract_documents(WHOLE.replace(b"Miete", text.encode()), lambda picture, page: ()).statements
    assert len(statement.lines) == 3 and not statement.left_out


def test_notes_below_a_table_are_no_rows():
    (statement,) = extract_documents(WHOLE + b"\nOhne Gewaehr;;;\nDisclaimer\n", lambda picture, page: ()).statements
    assert not statement.left_out


def test_a_sign_that_is_not_known_is_not_guessed():
    data = b"Datum;Text;Betrag;S/H\n" + b"04.03.2025;Kaffee;12,50;S\n" * 9 + b"05.03.2025;Kunde;5,00;?\n"
    (statement,) = extract_documents(data, lambda picture, page: ()).statements
    assert [left.why for left in statement.left_out] == ["direction"]
    assert {line.amount for line in statement.lines} == {Decimal("-12.50")}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_it_is_shown_before_and_after_the_import(desk: BankDesk):
    data = WHOLE.replace(b"1.234,56;1", b"1.2x4,56;1")
    shown = "⚠ 1 row could not be read and is not imported:\n• row 3: “14.03.2025 · Kunde · 1.2x4,56 · 1.722,06”"
    assert shown in await desk.send(data)
    said = await desk.say("ok")
    assert shown in said
    assert "⚠ The balances say that €1,234.56 is missing, and 1 row could not be read." in said
    with desk.database.reading() as session:
        assert len(session.exec(select(Movement)).all()) == 2
