"""What one says about data that is kept: a file about a person, erasing one, holds; and what the clock discards."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, select

from bot.application import home
from bot.background.tidying import clean_up
from bot.processing.companies import Companies
from bot.processing.jobs import Jobs
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Audit, Bill, Document, Inbound, Person, Post, Role
from storage.people import people
from storage.privacy import retention
from storage.privacy.retention import DISCARDED, Periods
from storage.sealing.columns import seal_columns
from storage.sealing.key_ring import KeyRing
from tests.fakes.books.desk import NOW, Desk, paper, play

ACME = paper(vendor="Acme GmbH", number="A-1", issue_date="2025-03-01", currency="EUR", total="119.00")
PAPERS = {"acme": ACME, "spam": paper(vendor="Spam Ltd", number="S-1", currency="EUR", total="5.00")}
ADDRESS = "xaver.zweig@lindenhof.example"
IBAN = "DE89370400440532013000"


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """Olga owns; Xaver Zweig is a member, on the terminal and by mail; Ida another."""
    seal_columns(database.engine, KeyRing([bytes(32)]))
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        owner = people.ensure_owner(session, "Olga", [("terminal", "owner")], NOW)
        for name, address in (("Xaver Zweig", "xzweig"), ("Ida Ohm", "ida")):
            code = people.invite(session, name, invited_by=owner.id, now=NOW)
            person = people.redeem(session, code, "terminal", address, NOW)
            assert person is not None
        xaver = people.find_person(session, "terminal", "xzweig")
        assert xaver is not None
        people.link_address(session, xaver.id, "mail", ADDRESS, by=xaver.id, now=NOW)
    return desk


def dump(database: Database) -> str:
    """Every row of every table, sealed texts opened, and as they lie there."""
    with database.reading() as session:
        opened = [
            tuple(row) for table in SQLModel.metadata.sorted_tables for row in session.execute(select(table)).all()
        ]
        tables = [table.name for table in SQLModel.metadata.sorted_tables]
        raw = [tuple(row) for name in tables for row in session.execute(text(f'SELECT * FROM "{name}"')).all()]
    return "\n".join(map(repr, [*opened, *raw]))


def archive(desk: Desk) -> zipfile.ZipFile:
    ((attachment,),) = [reply.attachments for reply in desk.replies]
    assert attachment.sha256 is not None
    return zipfile.ZipFile(io.BytesIO(desk.store.fetch(attachment.sha256)))


@pytest.mark.parametrize(
    ("said", "sender"),
    [
        ("everything about me", "xzweig"), ("send me my data", "xzweig"), ("alles über mich", "xzweig"),
        ("schick mir meine Daten", "xzweig"), ("everything about Xaver Zweig", "owner"),
        ("what do you know about Xaver Zweig?", "owner"), ("alles über Xaver Zweig", "owner"),
    ],
)  # fmt: skip
async def test_all_about_a_person_is_a_file(desk: Desk, said: str, sender: str) -> None:
    await desk.say("<acme>", sender="xzweig")
    await desk.say("speak German", sender="ida")
    await desk.say(said, sender=sender)
    found = archive(desk)
    data = json.loads(found.read("data.json"))
    assert [one["name"] for one in data["profile"]] == ["Xaver Zweig"]
    assert {one["address"] for one in data["identities"]} == {"xzweig", ADDRESS}
    assert any("Acme GmbH" in json.dumps(one["replies"]) for one in data["messages"])
    assert {"drafted", "linked"} <= {one["action"] for one in data["what they did"]}
    (document,) = [name for name in found.namelist() if name != "data.json"]
    assert found.read(document) == b"acme" and "code_sha256" not in found.read("data.json").decode()


@pytest.mark.parametrize("said", ["everything about Olga", "erase Ida Ohm", "lösche Ida Ohm", "erase me"])
async def test_a_member_neither_reads_nor_erases_others(desk: Desk, said: str) -> None:
    heard = await desk.say(said, sender="xzweig")
    assert "Only the owner" in heard or "Nur der Inhaber" in heard or "Nur" in heard, heard
    assert not any(reply.attachments or reply.choices for reply in desk.replies)


@pytest.mark.parametrize("said", ["erase Xaver Zweig", "lösche alles über Xaver Zweig", "forget Xaver Zweig"])
async def test_who_is_erased_is_nowhere_and_the_books_stay(desk: Desk, database: Database, said: str) -> None:
    await desk.say("<acme>", sender="xzweig")
    for line in (
        "confirm", "call me Xaver Z. Zweig", "remind me tomorrow at 9 about acme", "call me Xaver Zweig",
        f"pay me back to {IBAN}", "pay me back to DE02 1203 0000 0000 2020 51",
    ):  # fmt: skip
        await desk.say(line, sender="xzweig")
    await desk.say("what happened to the Acme bill?")
    await desk.say("who is here?")
    with database.transaction() as session:
        conversation = {"channel": "terminal", "conversation": "xzweig", "changed_at": NOW}
        session.add(Post(key="terminal:p", message=f'{{"text": "{ADDRESS}"}}', **conversation))
        session.add(
            Post(key="web:o", message='{"text": "ask xaver zweig"}', **{**conversation, "conversation": "owner"})
        )
    before = dump(database)
    assert "Xaver Zweig" in before and ADDRESS in before and IBAN in before

    asked = await desk.say(said)
    assert "Xaver Zweig" in dump(database), "it is asked first"
    assert "[Erase]" in asked or "[Löschen]" in asked
    await desk.say("[Erase]" if "[Erase]" in asked else "[Löschen]")

    after = dump(database)
    theirs = re.compile(f"xaver|zweig|{IBAN}|DE02120300000000202051", re.IGNORECASE)
    assert not [line for line in after.splitlines() if theirs.search(line)]
    with database.reading() as session:
        bill = session.exec(select(Bill)).one()
        gone = session.get_one(Person, bill.created_by)
        assert (gone.name, gone.role) == ("a former colleague", Role.MEMBER) and bill.confirmed_at is not None
        assert people.find_person(session, "terminal", "xzweig") is None
        assert session.exec(select(Post)).one().message == '{"text": "ask a former colleague"}'
        step = session.exec(select(Audit).where(Audit.action == "erased person")).one()
        assert step.details == {"person": gone.id}
    await play(
        desk,
        [
            ("who is here?", ["Olga", "Ida Ohm", "no: former"]),
            ("what happened to the Acme bill?", ["a former colleague"]),
        ],
    )
    assert "erased already" in await desk.say("[Erase]" if "[Erase]" in asked else "[Löschen]") or "lösche" in said
    assert "Acme" not in await desk.say("what's due?", sender="xzweig"), "they are a stranger now"


async def test_the_only_owner_cannot_be_erased(desk: Desk) -> None:
    assert "only owner" in await desk.say("erase me")


async def test_what_is_kept_longer_is_said_listed_and_undone(desk: Desk) -> None:
    await desk.say("<acme>")
    await play(
        desk,
        [
            ("legal holds", ["Nothing is kept longer"]),
            ("keep everything of Acme", ["all documents of Acme GmbH"]),
            ("keep everything of Acme", ["kept already"]),
            ("what is on legal hold?", ["Acme GmbH"]),
            ("undo", ["that documents are kept"]),
            ("legal holds", ["Nothing is kept longer"]),
            ("put a legal hold on Acme", ["all documents of Acme GmbH"]),
            ("release the hold on Acme", ["is not on hold", "release the legal hold on Acme GmbH"]),
            ("release the legal hold on Acme", ["as long as usual"]),
            ("legal holds", ["Nothing is kept longer"]),
            ("undo", ["no longer kept"]),
            ("legal holds", ["Acme GmbH"]),
            ("beende die Aufbewahrungssperre für Acme", ["wie üblich"]),
            ("bewahre alles von Acme auf", ["Ich bewahre alle Belege von Acme GmbH auf"]),
        ],
    )
    assert "Only the owner" in await desk.say("release the legal hold on Acme", sender="ida")


@pytest.mark.parametrize(
    ("said", "day", "kept"),
    [
        (("<acme>", "confirm", "paid on 5 March from bank"), date(2035, 12, 31), True),
        (("<acme>", "confirm", "paid on 5 March from bank"), date(2036, 1, 2), False),
        (("<acme>", "confirm", "paid on 5 March from bank", "keep everything of Acme"), date(2036, 1, 2), True),
        (("<acme>", "confirm"), date(2036, 1, 2), True),  # not paid yet
        (("<acme>",), date(2036, 1, 2), True),  # nobody has decided
        (("<acme>", "not an invoice"), date(2026, 3, 20), True),
        (("<acme>", "not an invoice"), date(2026, 3, 23), False),
        (("<acme>", "not an invoice", "keep everything of Acme"), date(2026, 3, 23), True),
    ],
)
async def test_originals_go_when_their_period_is_over(
    desk: Desk, database: Database, said: tuple[str, ...], day: date, kept: bool
) -> None:
    for line in said:
        await desk.say(line)
    now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    for sha256 in await database.run(retention.sweep, Periods(), now):
        await desk.store.discard(sha256)
    with database.reading() as session:
        document = session.exec(select(Document)).one()
        told = session.exec(select(Audit).where(Audit.action == DISCARDED)).all()
        assert (document.discarded_at is None) is kept and len(told) == (0 if kept else 1)
        assert session.exec(select(Bill)).one().total_minor == 11900, "the books stay"
    if kept:
        assert desk.store.fetch(document.sha256) == b"acme"
        return
    with pytest.raises(FileNotFoundError):
        desk.store.fetch(document.sha256)
    if "confirm" in said:
        assert "discarded" in await desk.say("show the original of Acme")
    await desk.say("<acme>")
    assert desk.store.fetch(document.sha256) == b"acme", "sent again, it is kept anew"


async def test_what_was_said_goes_when_its_period_is_over(desk: Desk, database: Database, tmp_path: Path) -> None:
    await desk.say("balance")
    jobs = Jobs(f"sqlite:///{tmp_path / 'work.db'}", "test", KeyRing([bytes(32)]))
    jobs.prepare()
    for days, there in ((9, True), (11, False), (12, False)):
        await clean_up(
            database, desk.store, jobs, Companies(database), NOW + timedelta(days=days), Periods(chat_days=10)
        )
        with database.reading() as session:
            assert (session.exec(select(Inbound)).one().replies != "[]") is there
    jobs.close()


def test_every_table_and_folder_is_documented() -> None:
    said = (Path(__file__).parents[2] / "docs" / "data-protection.md").read_text()
    tables = {name for name in SQLModel.metadata.tables if f"`{name}`" not in said}
    folders = {name for name in (home.TERMINAL, home.FAULTS, home.MAIL, home.DOCUMENTS) if f"`{name}/`" not in said}
    assert not tables and not folders
    named = set(re.findall(r"`([a-z]+)`", said.partition("## Tables")[2].partition("## Files")[0]))
    assert named == set(SQLModel.metadata.tables), "and none that is no more"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET details = '{}'",
        "UPDATE audit SET details = '{\"erased\": false}'",
        "UPDATE audit SET action = 'paid', details = '{\"erased\": true}'",
        "UPDATE audit SET person_id = NULL, details = '{\"erased\": true}'",
        "DELETE FROM audit",
    ],
)
async def test_the_audit_lets_nothing_else_pass(desk: Desk, database: Database, change: str) -> None:
    with pytest.raises(DBAPIError, match="only ever added to"), database.transaction() as session:
        session.connection().exec_driver_sql(change)
