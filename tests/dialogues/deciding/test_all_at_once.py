"""Many bills decided about with one word: shown first, done by one button or a yes, taken back by one undo. Tables of
(who, said, parts of what is answered), and what is in the books afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import select

from storage.db.database import Database
from storage.models import Bill, Entry
from tests.dialogues.test_dialogues_it import Line, play_between, states
from tests.fakes.books.desk import Desk, paper
from tests.fakes.books.open_house import desk_of_three
from tests.fakes.books.small_company import ACME


def _bill(vendor: str, number: str, total: str, **more: str) -> dict[str, str]:
    return {
        "vendor": vendor, "number": number, "issue_date": "2025-03-10", "due_date": "2025-04-20", "currency": "EUR",
        "total": total, **more,
    }  # fmt: skip


PAPERS = {
    "acme": paper(**ACME),
    "globex": paper(**_bill("Globex Ltd", "2026-071", "595.00")),
    "small": paper(**_bill("Initech AG", "I-5", "90.00")),
    "doubtful": paper(doubtful={"total": "several amounts may be it"}, **_bill("Hooli GmbH", "H-9", "70.00")),
    "dollars": paper(**_bill("Umbrella Inc", "U-2", "50.00", currency="USD")),
    "nameless": paper(number="N-1", issue_date="2025-03-01", due_date="2025-04-01", currency="EUR", total="10.00"),
}
SENT: list[Line] = [("olga", f"<{name}>", ()) for name in ("acme", "globex", "small")]
CONFIRM = "Shall I confirm these 3 bills, €1,934.50 in all?"
DRAFTS = {"2024-117": "draft", "2026-071": "draft", "I-5": "draft"}
CONFIRMED = dict.fromkeys(DRAFTS, "confirmed")

DIALOGUES: dict[str, tuple[list[Line], dict[str, str]]] = {
    "shown first, then confirmed by the button": (
        [
            *SENT,
            ("olga", "confirm all without doubts", (CONFIRM, "Globex Ltd 2026-071", "[Confirm all 3]")),
            ("olga", "[Confirm all 3]", ("3 bills confirmed, €1,934.50 in all.", "[Undo]")),
        ],
        CONFIRMED,
    ),
    "nothing is done by asking": ([*SENT, ("olga", "confirm all", (CONFIRM,))], DRAFTS),
    "yes is the button": (
        [*SENT, ("olga", "confirm everything", (CONFIRM,)), ("olga", "yes", ("3 bills confirmed",))],
        CONFIRMED,
    ),
    "another question ends the yes": (
        [*SENT, ("olga", "confirm all", (CONFIRM,)), ("olga", "balance", ()), ("olga", "yes", ("no: confirmed",))],
        DRAFTS,
    ),
    "one undo takes all of it back, and a second nothing more": (
        [
            *SENT,
            ("olga", "confirm all", ()),
            ("olga", "[Confirm all 3]", ()),
            ("olga", "undo", ("Taken back",)),
            ("olga", "undo", ("no: Taken back.",)),
        ],
        DRAFTS,
    ),
    "the button takes it back as well": (
        [*SENT, ("olga", "confirm all", ()), ("olga", "[Confirm all 3]", ()), ("olga", "[Undo]", ("Taken back",))],
        DRAFTS,
    ),
    "ok after it undoes nothing": (
        [*SENT, ("olga", "confirm all", ()), ("olga", "[Confirm all 3]", ()), ("olga", "ok", ("no: aken back",))],
        CONFIRMED,
    ),
    "what is doubtful or incomplete stays to be looked at": (
        [
            *SENT,
            ("olga", "<doubtful>", ()),
            ("olga", "<nameless>", ()),
            ("olga", "confirm all", (CONFIRM, "no: Hooli", "2 more are left for you to look at", "[What is waiting")),
            ("olga", "[Confirm all 3]", ("3 bills confirmed",)),
        ],
        CONFIRMED | {"H-9": "draft", "N-1": "draft"},
    ),
    "bounds, vendors and exceptions narrow it down": (
        [
            *SENT,
            ("olga", "confirm everything under 200", ("Shall I confirm this bill, €90.00?", "[Confirm it]")),
            ("olga", "confirm all except Acme", ("these 2 bills, €685.00",)),
            ("olga", "confirm all invoices from Globex", ("this bill, €595.00",)),
            ("olga", "[Confirm it]", ("1 bill confirmed, €595.00.",)),
            ("olga", "confirm all over 5000", ("No such bill is ready",)),
        ],
        DRAFTS | {"2026-071": "confirmed"},
    ),
    "amounts of other currencies are not compared": (
        [
            *SENT,
            ("olga", "<dollars>", ()),
            ("olga", "confirm everything under 200", ("€90.00", "no: Umbrella", "1 bill in another currency")),
        ],
        DRAFTS | {"U-2": "draft"},
    ),
    "what changed meanwhile is shown anew": (
        [
            *SENT,
            ("olga", "confirm all", (CONFIRM,)),
            ("max", "show me the details of Globex", ()),
            ("max", "total is 600", ()),
            ("olga", "[Confirm all 3]", ("I did nothing yet", "€1,939.50 in all")),
        ],
        DRAFTS,
    ),
    "duplicates are discarded, and come back": (
        [
            *SENT,
            ("max", "<acme>", ("already here",)),
            ("max", "<small>", ("already here",)),
            ("olga", "what is waiting for me?", ("[Confirm all without doubts]", "[Discard all duplicates]")),
            (
                "olga",
                "[Discard all duplicates]",
                ("Shall I discard these 2 duplicates, €1,339.50 in all?", "[Discard all 2]"),
            ),
            ("olga", "[Discard all 2]", ("2 duplicates discarded.",)),
            ("olga", "undo", ("Taken back",)),
            ("olga", "discard all duplicates", ("these 2 duplicates",)),
        ],
        {"2024-117": "held", "2026-071": "draft", "I-5": "held"},
    ),
    "duplicates alone are discarded at once": (
        [
            *SENT,
            ("olga", "discard everything", ("Which bills do you mean?",)),
            ("olga", "delete all", ("Which bills",)),
        ],
        DRAFTS,
    ),
    "a member confirms no one else's": (
        [
            ("max", "<small>", ()),
            ("olga", "<acme>", ()),
            ("olga", "members may confirm their own bills", ()),
            ("max", "confirm all", ("this bill, €90.00", "no: Acme")),
            ("max", "[Confirm it]", ("1 bill confirmed",)),
        ],
        {"I-5": "confirmed", "2024-117": "draft"},
    ),
    "in German": (
        [
            *SENT,
            ("olga", "alle ohne Zweifel bestätigen", ("Soll ich diese 3 Rechnungen bestätigen",)),
            ("olga", "ja", ("3 Rechnungen bestätigt",)),
        ],
        CONFIRMED,
    ),
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return desk_of_three(database, tmp_path, PAPERS)


@pytest.mark.parametrize("name", DIALOGUES)
async def test_many_bills_are_decided_about_at_once(name: str, desk: Desk) -> None:
    lines, expected = DIALOGUES[name]
    await play_between(desk, lines)
    found = states(desk)
    assert {number: found.get(number) for number in expected} == expected


async def test_bills_are_approved_under_a_limit(desk: Desk) -> None:
    await play_between(
        desk,
        [
            ("olga", "bills from 50 need approval by an approver", ()),
            *SENT,
            ("olga", "confirm all", ()),
            ("olga", "[Confirm all 3]", ()),
            ("max", "approve all", ("no: [Approve",)),
            ("ada", "approve everything under 600", ("Do you approve these 2 bills, €685.00 in all?", "no: Acme")),
            ("ada", "[Approve all 2]", ("2 bills approved, €685.00 in all.",)),
            ("ada", "approve all", ("this bill, €1,249.50",)),
            ("ada", "undo", ("Taken back",)),
            ("ada", "approve all", ("these 3 bills",)),
        ],
    )


async def test_what_is_confirmed_together_is_booked_once_each(desk: Desk) -> None:
    await play_between(
        desk, [*SENT, ("olga", "confirm all", ()), ("olga", "[Confirm all 3]", ()), ("olga", "[Confirm all 3]", ())]
    )
    with desk.database.reading() as session:
        assert len(session.exec(select(Entry)).all()) == 3
        assert [bill.open_minor for bill in session.exec(select(Bill).order_by("id"))] == [124950, 59500, 9000]
