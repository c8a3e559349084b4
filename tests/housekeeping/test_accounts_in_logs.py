"""No account, password or token in any log line, in errors or in the list of processes, whatever people ask for and
however it fails."""

from __future__ import annotations

import io
import logging
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_type_hints

import psutil
import pytest
import typer
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

import bot.commands.command_line  # noqa: F401 - makes the commands known
from bot.commands.command import app
from bot.processing import answering
from config.logging import set_up
from extraction.process.isolated import IsolatedProcess
from handlers.messages import Reply
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Account, Bill, VendorIban
from tests.fakes.books.bank_desk import BankDesk
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.documents import bank_statements as bank

OURS, THEIRS, OTHER, WIFES = (
    "DE02120300000000202051", "DE89370400440532013000", "AT611904300234573201", "BE68539007547034",
)  # fmt: skip
PAPERS = {
    "acme": paper(**ACME | {"iban": THEIRS}),
    "again": paper(**ACME | {"iban": OTHER}),
    "globex": paper(**ACME | {"vendor": "Globex Ltd", "number": "G-9", "iban": WIFES}),
}
SAID = (
    f"our IBAN is {OURS}", "<acme>", "confirm", f"the IBAN of 2024-117 is {OTHER}", "trust it",
    "what is the IBAN of Acme?", "wie ist die IBAN von Acme?", "<again>", "<globex>", f"IBAN is {WIFES.lower()}",
    "die IBAN ist AT61 1904 3002 3457 3201 EUR 5", "IBAN ist DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000",
    "IBAN is DE89-3704-0044-0532-0130-00", "IBAN is DE89 3704 0044 0532 0130 01", f"the IBAN of Globex is {OURS}",
    "confirm", f"add bank account Savings {WIFES}", f"neues Bankkonto Rücklage {OTHER}", f"find {THEIRS}",
    f"who is {THEIRS}?", f"paid to {OTHER}", f"pay 20 to {WIFES}", "make the payment file", "Zahlungsdatei erstellen",
    "how do I pay 2024-117?", "QR code", "<statement>", "history of 2024-117", "what changed today?",
    f"keep everything of {OTHER}", "everything about me", "undo", "rückgängig",
)  # fmt: skip
"""Every kind of request in which an account stands, as it is said and as it should not be."""

STATEMENT = bank.camt053((
    bank.line(13, "-1249.50", f"Rechnung 2024-117 {OTHER}", counterparty="Acme GmbH"),
    bank.line(14, "-20.00", "Spende", counterparty=f"Frau {WIFES}"),
))  # fmt: skip
SECRET = re.compile(
    "|".join(
        "".join(rf"{sign}[^A-Za-z0-9]{{0,3}}" for sign in account[4:-4]) for account in (OURS, THEIRS, OTHER, WIFES)
    )
)
"""What stands between their first and last four signs, however it is written."""


@pytest.fixture(params=["text", "json"])
def written(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that is logged, as it is logged, by us down to the last detail."""
    lines = io.StringIO()
    before = logging.getLogRecordFactory(), logging.root.handlers[:], logging.root.level
    monkeypatch.setattr("sys.stderr", lines)
    set_up("DEBUG", request.param)
    yield lines
    logging.setLogRecordFactory(before[0])
    logging.root.handlers[:], logging.root.level = before[1:]


def _errors(written: io.StringIO) -> int:
    """How many errors were logged, in either form."""
    return max(written.getvalue().count("Traceback"), written.getvalue().count('"level": "ERROR"'))


def leaked(written: io.StringIO) -> list[str]:
    """The places in the log at which an account stands."""
    lines = written.getvalue()
    return [lines[max(found.start() - 40, 0) : found.end() + 20] for found in SECRET.finditer(lines)]


async def played(database: Database, folder: Path) -> BankDesk:
    """Everything said by the owner."""
    desk = BankDesk(database, DocumentStore(folder, bytes(32)), PAPERS)
    for said in SAID:
        await (desk.send(STATEMENT, "march.xml") if said == "<statement>" else desk.say(said))
    return desk


async def test_a_played_dialogue_logs_no_account(database: Database, tmp_path: Path, written: io.StringIO) -> None:
    desk = await played(database, tmp_path / "documents")
    with desk.database.reading() as session:
        known = {each.iban for each in session.exec(select(VendorIban))} | {b.iban for b in session.exec(select(Bill))}
        ours = {each.iban for each in session.exec(select(Account))}
    assert {THEIRS, OTHER} <= known and OURS in ours, "the accounts were really spoken of"
    logging.getLogger("bot.x").info("an account: %s", THEIRS)
    assert "an account: " in written.getvalue(), "it is really written"
    assert not leaked(written)


async def test_nor_does_one_in_which_everything_fails(
    database: Database, tmp_path: Path, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the worker logs it: with the traceback, of an error that repeats all that was asked for."""

    def fails(*asked: object, **more: object) -> tuple[Reply, ...]:
        raise RuntimeError(f"{asked} {more}")

    monkeypatch.setattr(answering, "serve", fails)
    desk = BankDesk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    failed = 0
    for said in SAID:
        try:
            await (desk.send(STATEMENT, "march.xml") if said == "<statement>" else desk.say(said))
        except RuntimeError:
            logging.getLogger("bot.processing").exception("message %s failed", said)
            failed += 1
    assert failed > len(SAID) / 2 and _errors(written) >= failed
    assert not leaked(written)


def test_a_statement_that_fails_tells_nothing_of_what_it_was_given(database: Database) -> None:
    """Not even what nobody would know for a secret: whose bill it is."""
    with database.transaction() as session, pytest.raises(DBAPIError) as error:
        session.connection().execute(text("SELECT :vendor FROM nowhere"), {"vendor": "Frau Sommer"})
    assert "nowhere" in str(error.value) and "Sommer" not in str(error.value)


def test_no_command_takes_a_secret_as_a_word() -> None:
    """What stands behind a command, everybody on the machine sees in the list of processes."""
    told = re.compile(r"(?i)password|token|secret|iban|(?<!api_)key(?!s)")
    names = [
        f"{group.name or ''} {command.name or command.callback.__name__}: {parameter}"
        for group in [typer.models.TyperInfo(app), *app.registered_groups]
        for command in (group.typer_instance.registered_commands if group.typer_instance else ())
        if command.callback
        for parameter, kind in get_type_hints(command.callback).items()
        if kind is not bool  # a flag: to print the key, say
    ]
    assert len(names) > 30 and not [name for name in names if told.search(name.rpartition(":")[2])]


async def test_what_reads_is_told_nothing_by_its_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BILLIFY_MODEL_KEY", "hunter2")
    reading = IsolatedProcess("tester", _nothing, memory_mb=1000)
    try:
        process = psutil.Process(await reading.call(f"reading {THEIRS}", 5, os.getpid))
        lines = [" ".join(each.cmdline()) for each in (process, *process.parents(), *process.children())]
    finally:
        await reading.close()
    assert process.pid != os.getpid() and not any("hunter2" in line or SECRET.search(line) for line in lines)


def _nothing() -> None:
    """What a process needs to begin with."""
