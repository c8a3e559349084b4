"""Confirmed bills in Xero, over HTTP: signed in by a browser, let in by tokens that are renewed and lie sealed."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from storage.events import accounting
from tests.accounting.conftest import Office
from tests.fakes.accounting.xero import Xero
from tests.fakes.books.desk import play


def _connect(office: Office, zero: Xero, seconds: int = 1800) -> None:
    ends = (office.now + timedelta(seconds=seconds)).isoformat()
    tokens = {"access": zero.access, "refresh": zero.refresh, "ends": ends, "client_id": "app-1"}
    addresses = {"url": zero.url, "token_url": f"{zero.url}/token"}
    office.connect("xero", {**tokens, **addresses}, travel="493", other="429")


async def test_bills_and_credit_notes_arrive_with_their_documents(office: Office, zero: Xero) -> None:
    _connect(office, zero, seconds=10**9)
    await play(office.desk, [("<acme>", []), ("confirm", ["Confirmed"]), ("<back>", []), ("confirm", ["Confirmed"])])
    assert await office.push() == 2
    ((id_, invoice),) = zero.kept["Invoices"].items()
    assert (invoice["Type"], invoice["Status"], invoice["InvoiceNumber"]) == ("ACCPAY", "AUTHORISED", "A-1")
    assert (invoice["Contact"], invoice["Date"], invoice["DueDate"]) == (
        {"Name": "Acme GmbH"}, "2025-03-03", "2025-04-02",
    )  # fmt: skip
    (line,) = invoice["LineItems"]
    assert (line["UnitAmount"], line["TaxAmount"], line["AccountCode"]) == (1249.5, 199.5, "429")
    (note,) = zero.kept["CreditNotes"].values()
    assert (note["Type"], note["CreditNoteNumber"]) == ("ACCPAYCREDIT", "C-9")
    assert zero.files[id_] == {"acme.jpg": b"acme"}


async def test_an_answer_that_was_lost_makes_no_second_bill(office: Office, zero: Xero) -> None:
    _connect(office, zero, seconds=10**9)
    await play(office.desk, [("<acme>", []), ("confirm", ["Confirmed"])])
    zero.lose = 1
    await office.push()
    office.later(minutes=1)
    await office.push()
    assert len(zero.kept["Invoices"]) == 1 and zero.files


async def test_what_is_undone_here_is_voided_there_and_made_anew(office: Office, zero: Xero) -> None:
    _connect(office, zero, seconds=10**9)
    await play(office.desk, [("<acme>", []), ("confirm", ["Confirmed"])])
    await office.push()
    await office.desk.say("undo")
    await office.push()
    assert [one["Status"] for one in zero.kept["Invoices"].values()] == ["VOIDED"]
    await office.desk.say("confirm")
    await office.push()
    assert sorted(one["Status"] for one in zero.kept["Invoices"].values()) == ["AUTHORISED", "VOIDED"]


async def test_vat_that_is_declared_otherwise_is_left_to_people(office: Office, zero: Xero) -> None:
    """Which tax that is in Xero nobody told, so nothing is made there."""
    _connect(office, zero, seconds=10**9)
    said = [("<cloud>", []), ("it is reverse charge from Ireland", []), ("confirm", ["Confirmed"])]
    await play(office.desk, said)
    assert await office.push() == 1 and not zero.kept["Invoices"]
    assert "reverse charge" in await office.desk.say("our accounting software")


async def test_tokens_are_renewed_kept_and_sealed(office: Office, zero: Xero) -> None:
    """Xero's refresh tokens are good once: the new one must be there before anything is asked with its token."""
    _connect(office, zero, seconds=-1)
    zero.seconds = -1  # each is over as soon as it was given
    await play(office.desk, [("<acme>", []), ("confirm", ["Confirmed"]), ("<hotel>", []), ("confirm", ["Confirmed"])])
    assert await office.push() == 2 and len(zero.kept["Invoices"]) == 2 and zero.renewals > 2
    with office.desk.database.transaction() as session:
        (connection,) = accounting.connections(session)
        assert zero.refresh in connection.access
        raw = session.execute(text("select access from accountingconnection")).scalar_one()
    assert raw.startswith("sealed:") and "refresh" not in raw


async def test_a_sign_in_that_is_over_is_said(office: Office, zero: Xero) -> None:
    _connect(office, zero, seconds=-1)
    zero.refresh = "another"
    await play(office.desk, [("<acme>", []), ("confirm", ["Confirmed"])])
    await office.push()
    assert "no longer lets me in" in await office.desk.say("our accounting software")


@pytest.mark.timeout(120)
async def test_the_command_connects_it_in_a_browser(zero: Xero, tmp_path: Path) -> None:
    command = [
        "-m", "bot.cli", "connect", "accounting", "xero", "--client-id", "app-1",
        "--category", "other=General Expenses",
        "--url", zero.url, "--grants-url", f"{zero.url}/token", "--authorize-url", f"{zero.url}/authorize",
    ]  # fmt: skip
    around = {**os.environ, "BILLIFY_HOME": str(tmp_path)}
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=around, stderr=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stderr
    told = ""
    while "authorize?" not in told:
        line = (await process.stderr.readline()).decode()
        assert line, told
        told += line
    address = next(word for word in told.split() if "authorize?" in word)
    async with httpx.AsyncClient(follow_redirects=True) as browser:
        assert "close this window" in (await browser.get(address)).text
    rest = (await process.stderr.read()).decode()
    assert await process.wait() == 0, rest
    assert "Xero (Our Ltd)" in rest and "Not yet known" not in rest
