"""A language model for phrasings that the grammar does not know: it chooses, and adds nothing of its own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.processing.conversation import Conversation
from bot.processing.language_model import LanguageModel
from handlers.requests import Balance, Due, Remind, Spend
from handlers.understand.model_choice import Choice, choice_of, offered, request_of_choice
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from tests.fakes.books.desk import Desk, Papers, paper
from tests.fakes.books.grammar_scene import SCENE
from tests.fakes.books.small_company import ACME
from tests.fakes.servers.language_model import Model, model_server

PAPERS = {"acme": paper(**ACME)}
ODD = "yo what kind of dough went to acme recently, like in march"


@pytest.fixture
async def model() -> AsyncIterator[Model]:
    async with model_server() as model:
        yield model


@pytest.fixture
async def desk(database: Database, tmp_path: Path, model: Model) -> Desk:
    store = DocumentStore(tmp_path / "documents", bytes(32))
    desk = Desk(database, store, PAPERS)
    phrasing = LanguageModel(model.url, "small", "secret", seconds=0.5)
    desk.conversation = Conversation(
        database,
        store,
        Papers(PAPERS),
        desk._status,
        ZoneInfo("Europe/Berlin"),
        "EUR",
        lambda: desk.now,
        phrasing.choose,
    )
    await desk.say("<acme>")
    await desk.say("confirm")
    return desk


async def test_a_phrasing_that_nobody_knows_is_answered_by_what_the_model_chooses(desk: Desk, model: Model) -> None:
    model.content = json.dumps({"request": "spend", "slots": {"rest": "in march"}})
    assert "Spent €1,050.00 in March 2025" in await desk.say(ODD)
    assert model.asked[0]["messages"][-1] == {"role": "user", "content": ODD}
    assert model.asked[0]["model"] == "small"
    assert model.authorizations == ["Bearer secret"]


async def test_the_model_is_not_asked_about_what_is_known(desk: Desk, model: Model) -> None:
    for said in ("what's due?", "confirm", "total is banana", "[Undo]"):
        await desk.say(said)
    assert not model.asked


@pytest.mark.parametrize(
    "content",
    [
        '{"request": "none", "slots": {}}',
        '{"request": "spend", "slots": {"rest": "in April"}}',  # not what the person said
        '{"request": "spend", "slots": {"rest": "over 500"}}',
        '{"request": "undo", "slots": {}}',  # would change the books
        '{"request": "drop table", "slots": {}}',
        '{"request": "spend", "slots": "march"}',
        '["spend"]',
        "I think they want to know about spending.",
        "",
    ],
)
async def test_a_choice_that_is_not_in_the_words_is_not_taken(desk: Desk, model: Model, content: str) -> None:
    model.content = content
    assert "didn't understand" in await desk.say(ODD)
    assert "1 open bill, €1,249.50" in await desk.say("what's due?")


async def test_a_model_that_fails_or_is_slow_costs_no_answer(desk: Desk, model: Model) -> None:
    model.status = 500
    assert "didn't understand" in await desk.say(ODD)
    model.status, model.seconds = 200, 30.0
    assert "didn't understand" in await desk.say(ODD)


async def test_a_model_that_is_away_costs_no_answer() -> None:
    assert await LanguageModel("http://127.0.0.1:1/v1", seconds=2.0).choose(ODD) is None


@pytest.mark.parametrize(
    ("said", "choice", "request_made"),
    [
        ("gimme the damage for travel in february", Choice("spend", {"rest": "travel in february"}),
         Spend(date(2025, 2, 1), date(2025, 2, 28), "travel", label="in February 2025, on Travel")),
        ("stuff I gotta settle by friday", Choice("due", {"rest": "by friday"}),
         Due(until=date(2025, 3, 28), label="by Fri 28 Mar 2025")),
        ("how fat is the sparkasse", Choice("balance", {"account": "sparkasse"}), Balance("bank-2")),
        ("ping me tomorrow re the rent", Choice("remind", {"what": "tomorrow re the rent"}),
         Remind(date(2025, 3, 22), text="re the rent")),
        ("ping me at 9 re the rent", Choice("remind", {"what": "tomorrow"}), None),
        ("settle acme with 500", Choice("prepay", {"rest": "acme with 500"}), None),
    ],
)  # fmt: skip
def test_slots_are_the_person_s_own_words_read_by_the_grammar(said, choice, request_made):
    assert request_of_choice(said, choice, SCENE) == request_made


def test_only_what_is_offered_can_be_chosen():
    assert {"spend", "due", "balance", "find", "remind", "undo"} <= offered().keys()
    assert choice_of({"request": "spend", "slots": {"rest": "x", "empty": " "}}) == Choice("spend", {"rest": "x"})
    assert choice_of({"request": "format the disk", "slots": {}}) is None
