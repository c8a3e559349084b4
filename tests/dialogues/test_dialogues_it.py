"""What "it" means: a card that was answered or shown here last, a list of one; else it is asked. Tables of (who, said,
parts of what is answered), and what is in the books afterwards. Olga owns the company, Ada approves, Max is a member;
each has a conversation of their own. It is Friday 21 March 2025."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from handlers.messages import Message
from storage.db.database import Database
from storage.models import Alarm, Bill
from tests.fakes.books.desk import NOW, Desk, paper
from tests.fakes.books.open_house import desk_of_three
from tests.fakes.books.small_company import ACME

PAPERS = {
    "acme": paper(**ACME),
    "globex": paper(
        vendor="Globex Ltd", number="2026-071", issue_date="2025-03-10", due_date="2025-03-20", currency="EUR",
        total="595.00",
    ),
    "bau": paper(
        vendor="Müller Bau GmbH", number="M-1", issue_date="2025-02-01", due_date="2025-05-05", currency="EUR",
        total="700.00",
    ),
    "it": paper(
        vendor="Müller Technik", number="MT-7", issue_date="2025-03-02", due_date="2025-05-06", currency="EUR",
        total="90.00",
    ),
}  # fmt: skip

Line = tuple[str, str, tuple[str, ...]]

WHICH = "Which one do you mean?"
ACME_CHOICE = "[Acme GmbH 2024-117 · €1,249.50]"

DIALOGUES: dict[str, tuple[list[Line], dict[str, str]]] = {
    "a colleague's draft is never it": (
        [
            ("max", "<acme>", ()),
            *(("olga", said, (WHICH, ACME_CHOICE)) for said in ("ok", "fine", "paid", "delete it")),
            ("olga", "passt", ("Welche meinst du?",)),
            *(("olga", said, (WHICH,)) for said in ("total is 5", "book it as travel", "snooze until Monday", "edit")),
            ("olga", "balance", ("Bank",)),
            ("olga", "fine", (WHICH,)),
        ],
        {"2024-117": "draft"},
    ),
    "the one choice is pressed": (
        [
            ("max", "<acme>", ()),
            ("olga", "delete it", (WHICH,)),
            ("olga", ACME_CHOICE, ("Set aside",)),
        ],
        {"2024-117": "void"},
    ),
    "ok to the one choice means it, but not twice ok": (
        [
            ("max", "<acme>", ()),
            ("olga", "ok", (WHICH,)),
            ("olga", "ok", (WHICH,)),
            ("olga", "delete it", (WHICH,)),
            ("olga", "yes", ("Set aside",)),
        ],
        {"2024-117": "void"},
    ),
    "a question in between ends it": (
        [
            ("olga", "<acme>", ()),
            ("olga", "balance", ("Bank",)),
            ("olga", "fine", (WHICH,)),
            ("olga", "what did we spend in March?", ()),
            ("olga", "delete it", (WHICH,)),
        ],
        {"2024-117": "draft"},
    ),
    "courtesies do not": (
        [
            ("olga", "<acme>", ()),
            ("olga", "thanks", ()),
            ("olga", "help", ()),
            ("olga", "hello", ()),
            ("olga", "show it", ("€1,249.50",)),
            ("olga", "blubber", ("didn't understand",)),
            ("olga", "ok", ("Confirmed and posted",)),
        ],
        {"2024-117": "confirmed"},
    ),
    "what others do elsewhere does not either": (
        [
            ("olga", "<acme>", ()),
            ("max", "<globex>", ()),
            ("max", "ok", ("Globex Ltd", "Confirmed")),
            ("olga", "ok", ("Acme GmbH", "Confirmed")),
        ],
        {"2024-117": "confirmed", "2026-071": "confirmed"},
    ),
    "a list of one is it": (
        [
            ("max", "<globex>", ()),
            ("max", "ok", ()),
            ("max", "<acme>", ()),
            ("olga", "what's overdue?", ("Globex Ltd",)),
            ("olga", "paid", ("Paid €595.00", "Globex Ltd")),
        ],
        {"2026-071": "paid", "2024-117": "draft"},
    ),
    "of a list of several it is asked": (
        [
            *(("max", said, ()) for said in ("<globex>", "ok", "<bau>", "ok", "<acme>")),
            ("olga", "what's due?", ("2 open bills",)),
            ("olga", "paid", (WHICH, "[Globex Ltd 2026-071 · €595.00] [Müller Bau GmbH M-1 · €700.00]")),
            ("olga", "the second", ("Paid €700.00",)),
        ],
        {"2026-071": "confirmed", "M-1": "paid", "2024-117": "draft"},
    ),
    "several cards at once are asked": (
        [
            *(("olga", said, ()) for said in ("<globex>", "ok", "<bau>", "ok")),
            ("olga", "what's due?", ("2 open bills",)),
            ("olga", "paid the first and the second", ("Paid €595.00", "Paid €700.00")),
            ("olga", "delete it", (WHICH,)),
        ],
        {"2026-071": "paid", "M-1": "paid"},
    ),
    "the second request is about the bill of the first": (
        [
            ("max", "<acme>", ()),
            ("max", "<globex>", ()),
            (
                "olga",
                "confirm the Acme bill and remind me on Friday",
                ("Confirmed", "28 Mar 2025", "Acme GmbH 2024-117"),
            ),
            ("olga", "delete it", ("Acme GmbH", "Set aside")),
        ],
        {"2024-117": "void", "2026-071": "draft"},
    ),
    "nothing is done where a part is not clear": (
        [
            ("max", "<acme>", ()),
            ("olga", "confirm and remind me on Friday", (WHICH,)),
            ("olga", ACME_CHOICE, ("Confirmed", "28 Mar 2025")),
        ],
        {"2024-117": "confirmed"},
    ),
    "a list and an order in one message": (
        [
            *(("max", said, ()) for said in ("<globex>", "ok", "<bau>", "ok")),
            ("olga", "<acme>", ()),
            ("olga", "what's due and confirm it", (WHICH, "no: Set aside")),
        ],
        {"2026-071": "confirmed", "M-1": "confirmed", "2024-117": "draft"},
    ),
    "a bill that is not there ends it": (
        [
            ("olga", "<acme>", ()),
            ("olga", "confirm the Zorro bill", ("I know nobody called “Zorro”.",)),
            ("olga", "ok", (WHICH,)),
        ],
        {"2024-117": "draft"},
    ),
    "what was refused is it": (
        [
            ("max", "<globex>", ()),
            ("olga", "<acme>", ()),
            ("olga", "ok", ("Confirmed",)),
            ("olga", "undo", ("Taken back",)),
            ("olga", "paid Globex 2.000 on 1 Jan 2030", ()),
        ],
        {"2024-117": "draft", "2026-071": "draft"},
    ),
    "answers to our question": (
        [
            *(("max", said, ()) for said in ("<globex>", "<bau>", "<acme>", "<it>")),
            ("olga", "ok", (WHICH,)),
            ("olga", "2026-071", ("Confirmed", "Globex Ltd")),
            ("olga", "balance", ()),
            ("olga", "ok", (WHICH,)),
            ("olga", "1249.50", ("Confirmed", "Acme GmbH")),
            ("olga", "balance", ()),
            ("olga", "delete it", (WHICH,)),
            ("olga", "the bigger one", ("Set aside", "Müller Bau GmbH")),
        ],
        {"2026-071": "confirmed", "2024-117": "confirmed", "M-1": "void", "MT-7": "draft"},
    ),
    "a distinguishing part of a name": (
        [
            *(("max", said, ()) for said in ("<bau>", "<it>")),
            ("olga", "confirm the Müller bill", (WHICH,)),
            ("olga", "technik", ("Confirmed", "Müller Technik")),
        ],
        {"M-1": "draft", "MT-7": "confirmed"},
    ),
    "the older one": (
        [
            *(("max", said, ()) for said in ("<bau>", "<it>")),
            ("olga", "confirm the Müller bill", (WHICH,)),
            ("olga", "the older one", ("Confirmed", "Müller Bau GmbH")),
            ("olga", "balance", ()),
            ("olga", "paid", (WHICH,)),
            ("olga", "700", ("Paid €700.00",)),
        ],
        {"M-1": "paid", "MT-7": "draft"},
    ),
    "a new request clears the question": (
        [
            *(("max", said, ()) for said in ("<bau>", "<it>")),
            ("olga", "delete it", (WHICH,)),
            ("olga", "balance", ("Bank",)),
            ("olga", "700", ("no: Set aside",)),
            ("olga", "technik", ("no: Set aside",)),
        ],
        {"M-1": "draft", "MT-7": "draft"},
    ),
    "ok while several are asked about is no confirmation": (
        [
            *(("max", said, ()) for said in ("<bau>", "<it>")),
            ("olga", "delete it", (WHICH,)),
            ("olga", "ok", (WHICH,)),
            ("olga", "90", ("Set aside", "Müller Technik")),
        ],
        {"M-1": "draft", "MT-7": "void"},
    ),
}


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return desk_of_three(database, tmp_path, PAPERS)


async def play_between(desk: Desk, lines: list[Line]) -> None:
    """Says each line as that person; "no: words" are those that the answer must not have."""
    for who, said, expected in lines:
        heard = (await desk.say(said, sender="owner" if who == "olga" else who)).replace("\xa0", " ")
        for words in expected:
            unwanted = words.removeprefix("no: ")
            fits = (words in heard) if words == unwanted else (unwanted not in heard)
            assert fits, f"after “{said}” of {who}, “{words}” does not fit:\n{heard}"


def states(desk: Desk) -> dict[str, str]:
    """Where each bill stands, by its number."""
    with desk.database.reading() as session:
        return {bill.number or "": str(bill.state) for bill in session.exec(select(Bill).order_by(Bill.id))}


@pytest.mark.parametrize("name", DIALOGUES)
async def test_it_is_what_was_shown_here(desk: Desk, name: str) -> None:
    lines, expected = DIALOGUES[name]
    await play_between(desk, lines)
    assert states(desk) == expected
    if "remind" not in str(lines):
        with desk.database.reading() as session:
            assert not session.exec(select(Alarm)).all()


async def test_a_reminder_is_a_card_that_was_shown(desk: Desk) -> None:
    await play_between(desk, [("olga", "<globex>", ()), ("olga", "ok", ()), ("olga", "balance", ())])
    clock = Message("clock:1", "terminal", "owner", "owner", NOW, now=NOW + timedelta(days=7), notice="reminder")
    assert "Globex Ltd" in await desk.hear(clock)
    await play_between(desk, [("olga", "paid", ("Paid €595.00",))])
    assert states(desk) == {"2026-071": "paid"}


async def test_two_in_one_conversation_see_the_same_card(desk: Desk) -> None:
    await desk.say("<acme>", sender="max")
    for n, said in enumerate(("balance", "fine")):
        heard = await desk.hear(Message(f"terminal:room-{n}", "terminal", "max", "owner", NOW, text=said))
    assert WHICH in heard
    assert states(desk) == {"2024-117": "draft"}
    await desk.say("show the Acme bill details", sender="max")
    await desk.say("2024-117", sender="max")
    heard = await desk.hear(
        Message("terminal:room-9", "terminal", "max", "owner", NOW, text="show me the details of Acme")
    )
    heard = await desk.hear(Message("terminal:room-10", "terminal", "max", "owner", NOW, text="fine"))
    assert "Confirmed by Olga" in heard
