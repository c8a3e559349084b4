"""A language model for phrasings that nobody here knows, over HTTP: what it is told, and what good answers do."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from handlers.messages import Message
from storage.db.database import Database
from storage.people import people
from storage.people.access import flags
from tests.fakes.books.desk import NOW
from tests.fakes.books.office import MARCH, ODD, Office, open_office
from tests.fakes.books.small_company import TODAY
from tests.fakes.servers.language_model import Model, call, model_server


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    async with model_server() as model:
        yield model


@pytest.fixture
async def desk(database: Database, tmp_path: Path, model: Model) -> Office:
    return await open_office(database, tmp_path, model)


# --- what it is told ---


async def test_it_is_told_the_message_the_day_and_the_tools_and_nothing_of_the_books(
    desk: Office, model: Model
) -> None:
    model.answers("Spend", vendor="acme", **MARCH)
    assert "Spent €1,050.00 this month, with Acme GmbH" in await desk.say(ODD)
    (asked,) = model.asked
    assert [message["content"] for message in asked["messages"]][1:] == [ODD]
    assert asked["model"] == "small" and asked["tool_choice"] == "required" and asked["temperature"] == 0
    assert model.authorizations == ["Bearer secret"]
    told = json.dumps({**asked, "messages": asked["messages"][:1]})
    assert f"Today is Friday, {TODAY.isoformat()}. The message is in English." in told
    for known in ("Acme GmbH", "Globex", "1,249", "1249.50", "2024-117", "Olga"):
        assert known not in told


async def test_it_is_not_asked_about_what_is_known_nor_about_letters(desk: Office, model: Model) -> None:
    desk.where = "bills"
    for said in ("what's due?", "total is banana", "[Edit]", "balance", " ".join(["lorem"] * 80)):
        await desk.say(said)
    assert not model.asked


async def test_it_is_shown_nothing_of_a_company_for_which_it_is_switched_off(desk: Office, model: Model) -> None:
    model.answers("Spend", vendor="acme", **MARCH)
    with desk.database.transaction() as session:
        flags.turn(session, "language-model", on=False, now=NOW)
    assert "Spent" not in await desk.say(ODD)
    assert not model.asked
    with desk.database.transaction() as session:
        flags.turn(session, "language-model", on=True, now=NOW)
    assert "Spent €1,050.00 this month" in await desk.say(f"{ODD} again")


async def test_its_question_is_asked_and_the_answer_is_read_with_what_was_said_before(
    desk: Office, model: Model
) -> None:
    model.answers("ask_back", question="Which month do you mean?")
    heard = await desk.say("yo what kind of dough went to acme recently")
    assert heard == "I have done nothing yet. One question first: Which month do you mean?"
    model.answers("Spend", vendor="Acme", **MARCH)
    assert "Spent €1,050.00 this month, with Acme GmbH" in await desk.say("well, like in march, dude")
    assert model.asked[1]["messages"][-1]["content"].startswith("yo what kind of dough went to acme recently well,")


async def test_what_one_person_was_asked_is_not_told_with_what_another_says(desk: Office, model: Model) -> None:
    with desk.database.transaction() as session:
        code = people.invite(session, "Ben", invited_by=1, now=NOW)
        people.redeem(session, code, "terminal", "ben", NOW, "Ben")
    model.answers("ask_back", question="Which month do you mean?")
    await desk.say("yo what kind of dough went to acme recently")
    await desk.hear(Message("terminal:ben", "terminal", "elsewhere", "ben", NOW, "Ben", text="blorp the frobnicator"))
    assert model.asked[-1]["messages"][-1]["content"] == "blorp the frobnicator"


# --- it answers well ---

WELL: list[tuple[str, str, dict[str, Any], str]] = [
    ("plonk me all that begs for coin by 10 april", "Due", {"until": "2025-04-10"}, "€1,249.50"),
    ("how plump be ye kasse matey", "Balance", {"account": "kasse"}, "nothing booked yet"),
    ("anything that acme wants from us dough-wise", "Owed", {"side": "payable", "party": "acme"}, "€1,249.50"),
    ("biggies north of 700 that dropped in march", "Find", {"at_least": "700", **MARCH}, "Acme GmbH"),
    ("whats chewing on my desk, boss", "Waiting", {}, "Globex"),
    ("sprengte acme im märz unser säckel, digga", "Spend", {"vendor": "acme", **MARCH}, "1.050,00"),
    ("ey was müssen wir bis 10. april blechen", "Due", {"until": "2025-04-10"}, "1.249,50"),
    ("wie prall ist denn die kasse so gefüllt", "Balance", {"account": "Kasse"}, "noch nichts gebucht"),
    ("rück mal raus was acme von uns kriegt digga", "Owed", {"party": "Acme GmbH"}, "1.249,50"),
    ("wühl mal nach acme zeug aus märz", "Find", {"vendor": "acme", **MARCH}, "Acme GmbH"),
]


@pytest.mark.parametrize(("said", "tool", "arguments", "answered"), WELL, ids=[row[0] for row in WELL])
async def test_questions_are_answered(desk: Office, model: Model, said, tool, arguments, answered) -> None:
    model.answers(tool, **arguments)
    before = desk.changes()
    heard = (await desk.say(said)).replace("\xa0", " ")
    assert len(model.asked) == 1
    assert answered in heard
    assert desk.changes() == before


@pytest.mark.parametrize("form", ["{}", "```json\n{}\n```", '{{"tool_calls": [{}]}}'])
async def test_servers_that_know_no_tools_write_the_call(desk: Office, model: Model, form: str) -> None:
    model.content = form.format(
        json.dumps({"name": "Spend", "parameters": {"vendor": "acme", "person": None, **MARCH}})
    )
    assert "Spent €1,050.00 this month, with Acme GmbH" in await desk.say(ODD)


async def test_several_questions_are_answered_in_turn(desk: Office, model: Model) -> None:
    model.calls = [call("Balance", account="kasse"), call("Owed", party="acme")]
    heard = await desk.say("dude how fat is the kasse plus the dough that acme wants")
    assert "nothing booked yet" in heard and "€1,249.50" in heard


CHANGES: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("acme got its dough yesterday outta the kasse", "Pay", {"vendor": "acme", "on": "2025-03-20", "account": "kasse"},
     "Book all that is open paid to Acme GmbH on 20 Mar 2025 from Cash?\n[Yes] [Change]", "Paid"),
    ("globex thingamajig hath me blessing", "Confirm", {"bill_hint": "globex"},
     "Confirm the bill “Globex Ltd” and book it?\n[Yes] [Change]", "Confirmed"),
    ("mach bei globex glatte 600,50 draus", "Amend",
     {"changes": [{"field": "total", "value": "600.50"}], "bill_hint": "globex"},
     "Die Rechnung „Globex Ltd“ ändern: Gesamtbetrag auf 600,50?\n[Ja] [Ändern]", "600,50"),
    ("globex hat gestern glatt 100 gekriegt", "Prepay", {"vendor": "Globex", "amount": "100", "on": "2025-03-20"},
     "100,00 an Globex Ltd als Anzahlung buchen, am 20. März 2025?\n[Ja] [Ändern]", "100,00"),
    ("schubs 50 EUR vonner bank inne kasse", "Transfer",
     {"amount": "50", "source": "bank", "target": "Kasse", "currency": "EUR"},
     "50,00 € von Bank nach Kasse umbuchen, heute?\n[Ja] [Ändern]", "50,00"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "tool", "arguments", "card", "done"), CHANGES, ids=[row[0] for row in CHANGES])
async def test_a_change_is_a_button_to_press(desk: Office, model: Model, said, tool, arguments, card, done) -> None:
    model.answers(tool, **arguments)
    before = desk.changes()
    assert (await desk.say(said)).replace("\xa0", " ") == card
    assert desk.changes() == before
    yes = "[Ja]" if "[Ja]" in card else "[Yes]"
    assert done in (await desk.say(yes)).replace("\xa0", " ")
    assert desk.changes() > before
    assert len(model.asked) == 1
