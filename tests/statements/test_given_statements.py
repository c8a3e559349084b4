"""Statements of banks, as test suites of other projects keep them: all are imported, or refused with a reason."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from extraction.pipeline.extract import extract_documents
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Entry, Movement, Posting
from tests.fakes.books.bank_desk import BankDesk

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "statements"
TRUTH = FOLDER / "truth.jsonl"
TRIED = FOLDER.parent / "tried" / "statements"
"""Small ones that were misread once."""
pytestmark = pytest.mark.skipif(not TRUTH.exists(), reason="the statements lie beside the project's folder, not in it")

NOT_ACTIVE = {"DEM"}
"""Currencies of yesterday."""


def cases() -> list[dict[str, Any]]:
    return [json.loads(row) for row in TRUTH.read_text("utf-8").splitlines()] if TRUTH.exists() else []


@pytest.mark.parametrize("truth", cases(), ids=lambda truth: Path(truth["file"]).stem)
def test_what_the_file_says(truth):
    reading = extract_documents((FOLDER / truth["file"]).read_bytes(), lambda picture, page: ())
    if truth.get("investment"):
        assert reading.problem is not None
        assert reading.problem.code == "ofx_investments"
        return
    assert reading.problem is None, reading.problem
    lines = [line for statement in reading.statements for line in statement.lines]
    if "transactions" in truth:
        assert len(lines) == truth["transactions"]
        assert sum((line.amount for line in lines), Decimal(0)) == Decimal(truth["sum_transactions"])
    if "balances_reconcile" in truth:
        assert all(not statement.difference for statement in reading.statements) is truth["balances_reconcile"]
    first, last = reading.statements[0], reading.statements[-1]
    for name, found in (("opening_balance", first.opening), ("closing_balance", last.closing)):
        if name in truth:
            assert found == Decimal(truth[name])
    assert last.currency == truth.get("currency", last.currency)
    assert last.account == truth.get("iban", truth.get("account", last.account))


@pytest.mark.parametrize("truth", cases(), ids=lambda truth: Path(truth["file"]).stem)
async def test_twice_the_same_is_imported_once(truth, blank_sqlite, tmp_path):
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    desk = BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)))
    data = (FOLDER / truth["file"]).read_bytes()
    said = await answered(desk, data)
    before = kept(database)
    again = await answered(desk, data)
    assert kept(database) == before
    if truth.get("investment") or truth.get("currency") in NOT_ACTIVE:
        assert not before["movements"]
        assert "investment account" in said or "no currency of today" in said
    elif before["movements"]:
        assert "Imported" in said
        assert "Nothing new" in again
    else:
        assert "no movements" in said or "pending" in said


async def answered(desk: BankDesk, data: bytes) -> str:
    """Sends it, and says of each account that it asks about that it is a new one."""
    said = [await desk.send(data)]
    while "[A new bank account]" in said[-1]:
        said.append(await desk.say("[A new bank account]"))
    return "\n".join(said)


def kept(database: Database) -> Counter[str]:
    with database.reading() as session:
        return Counter(
            movements=len(session.exec(select(Movement)).all()),
            entries=len(session.exec(select(Entry)).all()),
            postings=len(session.exec(select(Posting)).all()),
        )


RIGHT = {
    "i_csv_fr_space.csv": "1234.56 -89.90 -1500.00 -25.99 -9.90",
    "i_csv_nordea_se.csv": "-1250.00 5000.00 -99.00",
    "i_csv_triodos2031.csv": "-1005.00 2420.00",
    "i_csv_swedbank79.csv": "-13.44 200.00",
    "i_csv_card571.csv": "-25.24 52.42 -89.7 -8.01",
    "i_csv_dkb.csv": "-49.99 1190.00",
    "i_csv_paypal248.csv": "1067.75 48.40 -1000.00",
    "i_abn_no20.sta": "200.00 -300.00",
    "i_ns_23.sta": "5000.00 20000.00 20000.00 20000.00 20000.00 20000.00 20000.00",
    "i_ofx_bb_saldo99.ofx": "-250.00 500.00",
    "i_ofx_usthousand.ofx": "1400.82 -12.50",
    "i_ofx_ezbook243.ofx": "-20.00 -314.70",
    "i_qif_1718.qif": "-135.00 -1250.00",
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_was_misread_once(name):
    reading = extract_documents((TRIED / name).read_bytes(), lambda picture, page: ())
    lines = [line for statement in reading.statements for line in statement.lines]
    assert [line.amount for line in lines] == list(map(Decimal, RIGHT[name].split()))
    assert not any(row.is_missing for statement in reading.statements for row in statement.left_out)


def test_what_else_was_misread():
    def read(name):
        return extract_documents((TRIED / name).read_bytes(), lambda picture, page: ()).statements

    assert [line.counterparty for line in read("i_csv_dkb.csv")[0].lines] == ["Vodafone GmbH", "Kunde AG"]
    accounts = [(each.account, each.closing) for each in read("i_abn_no20.sta")]
    assert accounts == [("NL62ABNA0400000001", Decimal("1200.00")), ("NL91ABNA0417164300", Decimal("4700.00"))]
    assert read("i_ns_23.sta")[0].lines[0].counterparty == "Empfänger"
    assert read("i_ofx_bb_saldo99.ofx")[0].closing == Decimal("1250.00")
    assert [line.booked_on.isoformat() for line in read("i_qif_1718.qif")[0].lines] == ["2018-06-04", "2018-06-25"]
