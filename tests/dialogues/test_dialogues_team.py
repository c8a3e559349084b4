"""Several people in one conversation: who is asked answers, and by the buttons of the question that was asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from handlers.messages import Message, reply_key
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.messages import deliveries
from tests.dialogues.test_dialogues_it import PAPERS, WHICH, states
from tests.fakes.books.desk import Desk
from tests.fakes.books.open_house import add_people

DRAFTS = {"2024-117": "draft", "2026-071": "draft", "M-1": "draft", "MT-7": "draft"}


class Room(Desk):
    """Everybody speaks in one room; `last` is the key of what was said last."""

    last = ""

    def _message(self, sender: str, **values: object) -> Message:
        message = replace(super()._message(sender, **values), conversation="room")
        self.last = message.key
        return message

    async def press(self, sender: str, bill: str, asked_by: str) -> str:
        """Presses the button of a bill under the question that a message was answered with."""
        key, choice = reply_key(asked_by, 0), self._button(next(each for each in self._offered if bill in each))
        with self.database.transaction() as session:
            deliveries.record_delivery(
                session, key=key, channel="terminal", conversation="room", sent_id=key, bill_id=None, final=True,
                now=self.now,
            )  # fmt: skip
        return await self.hear(self._message(sender, choice=choice, answers=key))


@pytest.fixture
async def room(database: Database, tmp_path: Path) -> Room:
    """Four drafts of Max's, and nothing in focus."""
    room = Room(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    add_people(database)
    for said in ("<acme>", "<globex>", "<bau>", "<it>", "balance"):
        await room.say(said, sender="max")
    return room


async def test_who_is_asked_answers(room: Room) -> None:
    assert WHICH in await room.say("delete it")
    await room.say("technik", sender="max")
    assert states(room) == DRAFTS
    await room.say("delete it")
    await room.say("technik")
    assert states(room) == {**DRAFTS, "MT-7": "void"}


async def test_what_would_be_taken_back_is_agreed_to_by_the_asker(room: Room) -> None:
    for said in ("confirm the Acme bill", "undo", "confirm the Acme bill", "balance", "undo", "undo"):
        await room.say(said)
    before = states(room)
    await room.say("ok", sender="max")
    assert states(room) == before


async def test_a_button_of_an_earlier_question_does_not_answer_a_later_one(room: Room) -> None:
    await room.say("due 15 May")
    earlier = room.last
    await room.say("delete it")
    later = room.last
    assert "Set aside" not in await room.press("owner", "M-1", earlier)
    assert states(room) == DRAFTS
    await room.say("balance")
    await room.say("delete it")
    assert "Set aside" in await room.press("owner", "M-1", room.last)
    assert later != earlier and states(room) == {**DRAFTS, "M-1": "void"}


@pytest.mark.parametrize("between", ["what's open for Zorro or Globex?", "make Max an approver", "globex called"])
async def test_what_is_about_others_ends_what_it_means(room: Room, between: str) -> None:
    await room.say("show me the details of Acme", sender="max")
    await room.say(between, sender="max")
    assert "Confirmed" not in await room.say("ok", sender="max")
    assert states(room) == DRAFTS


async def test_chatter_is_no_answer(room: Room) -> None:
    for said in ("no", "globex nicht bezahlt", "confirm", "lunch at 12?"):
        await room.say(said)
        assert states(room) == DRAFTS
