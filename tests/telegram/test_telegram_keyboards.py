"""Buttons of every length, in every place, as many as Telegram takes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.channel import Outgoing
from bot.channels.telegram import Telegram
from bot.channels.telegram.memory import LedgerMemory
from handlers.button_ids import MOST_BYTES
from handlers.messages import Card, Choice, Message, Reply
from tests.fakes.platforms.message_acceptor import listening_to
from tests.fakes.platforms.telegram import TOKEN

ASKED = Message("telegram:1", "telegram", "77", "77", datetime(2025, 3, 21, tzinfo=UTC), ids=("77:5",))
IN_GROUP = Message(
    "telegram:2", "telegram", "-100200", "77", datetime(2025, 3, 21, tzinfo=UTC), ids=("-100200:6",), shared=True
)
LONG = "say:" + "was haben wir im März für Miete ausgegeben? " * 5


@pytest.fixture
async def remembering(platform, files, database):
    channel = Telegram(token=TOKEN, files=files, api_url=platform.url, memory=LedgerMemory(database))
    yield channel
    await channel.close()


def outgoing(message: Message = ASKED, **reply) -> Outgoing:
    return Outgoing(f"{message.key}#0", Reply(**reply), message)


async def test_a_long_button_is_pressed_after_a_new_start(platform, remembering, files, accept, database):
    assert 64 < len(LONG.encode()) <= MOST_BYTES
    sent = await remembering.send(outgoing(text="Which?", choices=(Choice(LONG, "Rent"), Choice("confirm:1", "Yes"))))
    (row,) = platform.shown(sent)["reply_markup"]["inline_keyboard"]
    assert row[1]["callback_data"] == "confirm:1", "what fits is sent as it is"
    assert await remembering.send(outgoing(text="Which?", choices=(Choice(LONG, "Rent"),))) != sent
    again = Telegram(token=TOKEN, files=files, api_url=platform.url, memory=LedgerMemory(database))
    async with listening_to(again, accept):
        await platform.press("Rent", platform.shown(sent))
        assert (await accept.take()).choice == LONG
        forged = platform.shown(sent) | {
            "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "#abc"}]]}
        }
        await platform.press("x", forged)
        assert (await accept.take(2)).choice == "#abc", "which is a button of nobody"
    await again.close()


async def test_of_too_many_buttons_those_that_fit_are_shown_and_the_rest_is_told(platform, telegram):
    choices = tuple(Choice(f"pick:{n}", f"Acme {n}") for n in range(130))
    sent = await telegram.send(outgoing(text="Which one do you mean?", choices=choices))
    shown = platform.shown(sent)
    assert sum(map(len, shown["reply_markup"]["inline_keyboard"])) == 100
    assert "There are 30 more" in shown["text"]


SAID = (Choice("say:what's due?", "What's due?"), Choice("say:balance~1a2b", "Balance"))


async def test_what_one_can_say_is_offered_in_place_of_the_letters(platform, telegram):
    sent = await telegram.send(outgoing(text="Do you mean one of these?", choices=SAID))
    keyboard = platform.shown(sent)["keyboard"]
    assert [[button["text"] for button in row] for row in keyboard["keyboard"]] == [["What's due?", "Balance"]]
    assert keyboard["one_time_keyboard"] and keyboard["resize_keyboard"]
    answer = await telegram.send(outgoing(text="Nothing is due."))
    assert platform.shown(answer)["keyboard"] == {"remove_keyboard": True}


@pytest.mark.parametrize(
    "reply",
    [
        {"text": "Pay it?", "choices": (Choice("say:pay Acme", "Yes"),)},
        {"text": "?", "choices": (*SAID, Choice("confirm:1", "Confirm"))},
        {"card": Card("Acme"), "choices": SAID},
    ],
)
async def test_other_buttons_stand_below_their_message(platform, telegram, reply):
    sent = await telegram.send(outgoing(**reply))
    assert "reply_markup" in platform.shown(sent) and "keyboard" not in platform.shown(sent)


async def test_a_status_can_be_edited(platform, telegram):
    sent = await telegram.send(outgoing(text="Reading…", status=True))
    assert await telegram.edit(sent, outgoing(text="Which?", choices=SAID)) == sent
    assert "reply_markup" in platform.shown(sent), "an edit has no keyboard in place of the letters"


async def test_in_a_group_it_is_seen_who_is_answered_and_who_is_asked(platform, telegram):
    sent = await telegram.send(outgoing(IN_GROUP, text="Nothing is due."))
    assert platform.shown(sent)["answers"] == 6 and "keyboard" not in platform.shown(sent)
    sent = await telegram.send(outgoing(IN_GROUP, text="Which vendor?"))
    assert platform.shown(sent)["keyboard"] == {"force_reply": True, "selective": True}
    sent = await telegram.send(outgoing(IN_GROUP, text="Which?", choices=SAID))
    assert "reply_markup" in platform.shown(sent)
    elsewhere = Outgoing("k#0", Reply("Alone."), IN_GROUP.__class__(**{**IN_GROUP.__dict__, "conversation": "77"}))
    assert "answers" not in platform.shown(await telegram.send(elsewhere)), "that message is not in this chat"
