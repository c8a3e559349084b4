"""What people get for what only Telegram has: groups, commands of its own, stickers, photos that it shrinks."""

from __future__ import annotations

import pytest
from sqlmodel import select

from handlers.messages import Message
from handlers.people.room_greeting import HEARS_ALL, HEARS_ITS_NAME
from storage.models import Bill
from storage.people import identities
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.two_chats import GROUP, TELEGRAM, TwoChats

STICKER = {"file_id": "s", "file_unique_id": "s", "width": 1, "height": 1, "type": "regular"}
STICKER |= {"is_animated": False, "is_video": False}
PLACE = {"latitude": 48.2, "longitude": 16.4}


def german(who: str) -> dict:
    return {"from": {"id": TELEGRAM[who], "is_bot": False, "first_name": who.capitalize(), "language_code": "de-AT"}}


@pytest.mark.parametrize("who", ["olga", "stranger"])
@pytest.mark.parametrize(("locale", "notice", "words"), [
    ("en", HEARS_ITS_NAME, ("@billify_bot", "privacy mode", "administrator")),
    ("de", HEARS_ITS_NAME, ("@billify_bot", "Privatsphäre-Modus", "Administrator")),
    ("de", HEARS_ALL, ("übergehe, was mich nicht meint", "lies jede Datei hier")),
])  # fmt: skip
async def test_a_group_is_told_how_to_speak_to_us(chats: TwoChats, who, locale, notice, words) -> None:
    await chats.desk.database.run(identities.record_account, "telegram", "billify_bot", NOW)
    joined = Message(
        "telegram:9", "telegram", GROUP["telegram"], str(TELEGRAM[who]), NOW, shared=True, notice=notice, locale=locale
    )
    await chats.serve(joined)
    (greeting,) = chats.seen("telegram").values()
    assert all(each in greeting for each in words), greeting


async def test_what_the_greeting_says_works(chats: TwoChats) -> None:
    photo = await chats.say("telegram", "ada", files=("acme",), group=True)
    await chats.say("telegram", "max", "@billify erfasse das", answers=photo, group=True)
    assert "Acme GmbH" in chats.said_last("telegram")
    await chats.say("telegram", "olga", "@billify lies jede Datei hier", group=True)
    await chats.say("telegram", "max", files=("globex",), group=True)
    assert "Globex" in chats.said_last("telegram")


async def test_start_speaks_the_language_of_the_app(chats: TwoChats) -> None:
    await chats.say("telegram", "max", "/start", native=german("max"))
    assert "Ich bin Billify" in chats.said_last("telegram", "max")
    await chats.say("telegram", "stranger", "/start", native=german("stranger"))
    assert "eingeladen" in chats.said_last("telegram", "stranger")
    await chats.say("telegram", "ada", "/start")
    assert "I'm Billify" in chats.said_last("telegram", "ada")


async def test_a_sticker_is_answered_kindly_and_once_a_day(chats: TwoChats) -> None:
    for _ in range(3):
        await chats.say("telegram", "max", native={"sticker": STICKER})
    (answer,) = chats.seen("telegram", "max").values()
    assert "Thank you for the sticker" in answer
    await chats.say("telegram", "max", native={"location": PLACE})
    await chats.say("telegram", "ada", native={"sticker": STICKER} | german("ada"))
    assert len(chats.seen("telegram", "max")) == 2, "a place is something else"
    assert "Danke für den Sticker" in chats.said_last("telegram", "ada")
    chats.desk.now = NOW.replace(day=22)
    await chats.say("telegram", "max", native={"sticker": STICKER})
    assert len(chats.seen("telegram", "max")) == 3


async def test_words_beside_what_is_no_document_are_heard(chats: TwoChats) -> None:
    voice = {"file_id": "v", "file_unique_id": "v", "duration": 2}
    await chats.say("telegram", "max", native={"voice": voice, "caption": "what's due?"})
    assert "Nothing" in chats.said_last("telegram", "max") and "recordings" not in chats.said_last("telegram", "max")


async def test_who_sends_small_photos_is_told_of_a_better_way(chats: TwoChats) -> None:
    await chats.say("telegram", "max", files=("acme",))
    assert "as a file" not in chats.said_last("telegram", "max"), "it was read without doubt"
    await chats.say("telegram", "max", files=("blurred",))
    card = chats.said_last("telegram", "max")
    assert "Please check" in card and "as a file" in card
    with chats.desk.database.reading() as session:
        assert len(session.exec(select(Bill)).all()) == 2, "a hint, and the bill is here all the same"
