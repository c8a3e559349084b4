"""Two companies in one installation: the same papers, the same people's names, and neither knows of the other."""

from __future__ import annotations

from sqlmodel import SQLModel, select

from handlers.messages import Message
from storage import models
from storage.db.tenancy import OfCompany, acting_for
from storage.models import Bill, Company, Person
from storage.people import companies
from tests.companies.conftest import OfOne
from tests.fakes.books.desk import NOW, play

Desks = tuple[OfOne, OfOne]
TABLES = [
    table
    for name in models.__all__
    if isinstance(table := getattr(models, name), type) and issubclass(table, OfCompany)
]

OURS = [
    ("<acme>", ["Acme GmbH · €1,249.50"]),
    ("confirm", ["Confirmed"]),
    ("<globex>", ["Globex Ltd · €80.00"]),
    ("bank had 5000 on 1 March", ["5,000.00"]),
    ("paid acme", ["Paid"]),
    ("send me the digest on fridays", []),
    ("invite Max", ["join "]),
    ("bills over 1000 need approval", ["1,000"]),
]
ASKED_OF_NOTHING = [
    ("what's due", ["Nothing"]),
    ("find acme", ["no: 1,249.50"]),
    ("what do we owe globex", ["no: 80.00"]),
    ("balance", ["no: 5,000"]),
    ("what did we pay in march", ["no: 1,249.50"]),
    ("how much did we spend this year", ["no: 1,0"]),
    ("what's waiting", ["no: Globex"]),
    ("who is here", ["no: Max"]),
    ("what needs approval", ["no: 1,000"]),
    ("trial balance", ["no: 1,249.50"]),
    ("undo", ["no: Acme", "no: 1,249.50"]),
]


async def test_what_one_does_the_other_never_hears_of(desks: Desks) -> None:
    ours, theirs = desks
    await play(ours, OURS)
    await play(theirs, ASKED_OF_NOTHING)
    await play(theirs, OURS)  # the same papers are no duplicates of the other company's
    await play(ours, [("find acme", ["1,249.50"]), ("balance", ["3,750.50"])])


async def test_reading_everything_as_the_other_finds_nothing_of_ours(desks: Desks) -> None:
    ours, _ = desks
    await play(ours, OURS)
    with acting_for(1), ours.database.reading() as session:
        kept = {table: session.exec(select(table)).all() for table in TABLES}
    assert {Bill, Person, models.Audit, models.Entry, models.Posting, models.Document} <= {
        t for t, rows in kept.items() if rows
    }
    with acting_for(2), ours.database.reading() as session:
        for table, rows in kept.items():
            assert all(row.company_id == 2 for row in session.exec(select(table)).all()), table
            for row in rows:
                key = tuple(
                    getattr(row, column.name, None)
                    for column in SQLModel.metadata.tables[table.__tablename__].primary_key
                )
                assert session.get(table, key if len(key) > 1 else key[0]) is None, table


async def test_buttons_of_one_do_nothing_in_the_other(desks: Desks) -> None:
    ours, theirs = desks
    await ours.say("<acme>")
    draft = dict(ours._offered)
    await play(ours, [("<globex>", []), ("confirm", ["Confirmed"]), ("bank had 5000 on 1 March", [])])
    assert {"Confirm", "Not an invoice"} <= draft.keys() and "Undo" in ours._offered
    before = _books(ours)
    for n, choice in enumerate({*draft.values(), *ours._offered.values()}):
        await theirs.hear(Message(f"terminal:press{n}", "terminal", "owner", "owner", NOW, choice=choice))
        assert _books(ours) == before, choice
    with acting_for(2), ours.database.reading() as session:
        assert not session.exec(select(Bill)).all() and not session.exec(select(models.Entry)).all()


def _books(desk: OfOne) -> list[tuple[str, int]]:
    with acting_for(desk.company_id), desk.database.reading() as session:
        return [(str(bill.state), bill.open_minor) for bill in session.exec(select(Bill)).all()]


async def test_whose_a_message_is(desks: Desks) -> None:
    """By what it came in by, else by its sender and what they chose; a stranger's by the code that it says."""
    ours, theirs = desks
    code = (await theirs.say("invite Max")).partition("join ")[2].split()[0]
    with acting_for(None), ours.database.transaction() as session:
        whose = companies.whose
        assert whose(session, "terminal", "owner", conversation="owner") == 1
        companies.choose(session, "terminal", "owner", 2)
        assert whose(session, "terminal", "owner", conversation="owner") == 2
        assert whose(session, "terminal", "owner", conversation="elsewhere") == 1
        companies.choose(session, "telegram", "5", 2)
        assert whose(session, "telegram", "unknown", conversation="5") == 1, "a stranger chooses nothing"
        for said in (f"join {code}", code.replace("-", " "), code.lower(), f"hi, {code}!"):
            assert whose(session, "telegram", "unknown", text=said) == 2, said
        assert whose(session, "telegram", "unknown", text="join AAAA-BBBB-CCCC") == 1
        companies.bind(session, "slack", "T2", 2)
        assert whose(session, "slack", "T2/U1", places=("T2",)) == 2


async def test_somebody_in_two_companies_says_for_which_they_speak(desks: Desks) -> None:
    ours, _ = desks
    await play(
        ours,
        [
            ("which companies am i in", ["Lindenhof", "Mühle"]),
            ("switch to acme", ["no company called acme", "Mühle"]),
            ("switch to lindenhof", ["You speak for Lindenhof."]),
            ("wechsle zur Mühle", ["Mühle"]),
        ],
    )
    with acting_for(None), ours.database.reading() as session:
        assert companies.whose(session, "terminal", "owner", conversation="owner") == 2
        assert [each.name for each in session.exec(select(Company)).all()] == ["Lindenhof", "Mühle"]
