"""An hour without a platform: everything arrives later, in order, once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from bot.background.outbox import keep_trying
from bot.processing.companies import Companies
from handlers.messages import Message, Reply
from storage.messages import outbox
from tests.fakes.books.desk import NOW
from tests.fakes.chaos.company_in_trouble import HOUR, MINUTE, SECOND, Company
from tests.fakes.platforms.slack import Refused as SlackRefused
from tests.fakes.platforms.telegram import Refused as TelegramRefused


async def test_an_hour_of_502_delays_all_and_repeats_nothing(company: Company, channel: str) -> None:
    """Twenty answers with files to two people, all while it is away; another platform goes on as ever."""
    platform, other = company.chats.platforms[channel], {"slack": "telegram", "telegram": "slack"}[channel]
    platform.down = 502
    for n in range(20):
        who = ("max", "ada")[n % 2]
        files = (await company.file(f"{n}.csv"),) if n % 4 == 0 else ()
        await company.answer(channel, Reply(f"answer {n}", attachments=files), who=who)
        await company.wait(3 * MINUTE)
        await company.answer(other, Reply(f"answer {n}"), who=who)
    assert company.received(other) == [f"answer {n}" for n in range(0, 20, 2)]
    assert company.received(channel) == []
    platform.down = None
    await company.wait(6 * MINUTE)
    for who, numbers in (("max", range(0, 20, 2)), ("ada", range(1, 20, 2))):
        texts = [text for text in company.received(channel, who) if not text.startswith("[")]
        assert texts == [f"answer {n}" for n in numbers]
    files = [text for text in company.received(channel) if text.startswith("[")]
    assert sorted(files) == sorted(f"[{n}.csv]" for n in range(0, 20, 4))
    with company.chats.desk.database.reading() as session:
        assert outbox.waiting(session) == []
    before = company.received(channel)
    await company.wait(2 * HOUR)
    assert company.received(channel) == before


@pytest.mark.parametrize("trouble", ["429", "500", "404", "lost"])
async def test_passing_trouble_delays_by_seconds_and_repeats_nothing(
    company: Company, channel: str, trouble: str
) -> None:
    """What is said next in the same conversation comes after it, and other conversations do not wait."""
    platform = company.chats.platforms[channel]
    method = {"slack": "chat.postMessage", "telegram": "sendMessage"}[channel]
    refusals: dict[str, Any] = {
        "429": (SlackRefused("ratelimited", wait=7), TelegramRefused(429, "Too Many Requests: retry", retry_after=7)),
        "500": (SlackRefused("internal_error", status=500), TelegramRefused(500, "Internal Server Error")),
        "404": (SlackRefused("", status=404), TelegramRefused(404, "Not Found")),
    }
    if trouble == "lost":
        platform.lost = {method: 1}
    else:
        platform.refusals[method] = [refusals[trouble][channel == "telegram"]]
    await company.answer(channel, Reply("first"))
    await company.answer(channel, Reply("second"))
    await company.answer(channel, Reply("elsewhere"), who="ada")
    assert company.received(channel, "ada") == ["elsewhere"]
    await company.wait(10 * SECOND, SECOND)
    expected = ["first", "second"]
    if (trouble, channel) == ("lost", "telegram"):
        expected = ["first", "first", "second"]  # it cannot be asked what arrived: twice is better than never
    assert company.received(channel) == expected


async def test_an_upload_that_fails_repeats_neither_the_text_nor_other_files(company: Company, channel: str) -> None:
    platform = company.chats.platforms[channel]
    method = {"slack": "files.completeUploadExternal", "telegram": "sendDocument"}[channel]
    away = {"slack": SlackRefused("internal_error", status=500), "telegram": TelegramRefused(502, "Bad Gateway")}
    platform.refusals[method] = [away[channel]]
    await company.answer(channel, Reply("both", attachments=(await company.file("a.csv"), await company.file("b.csv"))))
    assert company.received(channel)[0] == "both"
    await company.answer(channel, Reply("later"))
    assert "later" in company.received(channel), "a file holds up no words"
    await company.wait(5 * MINUTE)
    assert sorted(company.received(channel)) == ["[a.csv]", "[b.csv]", "both", "later"]


async def test_a_file_whose_answer_was_lost_comes_once_in_slack(company: Company) -> None:
    company.chats.platforms["slack"].lost = {"files.completeUploadExternal": 1}
    await company.answer("slack", Reply("here", attachments=(await company.file(),)))
    await company.wait(5 * MINUTE)
    assert company.received("slack") == ["here", "[ledger.csv]"]


async def test_a_revoked_token_keeps_what_is_said_and_is_noted_until_it_is_mended(
    company: Company, channel: str
) -> None:
    heard: list[str] = []

    class Heard:
        async def failing(self, reason: str, *, lasting: bool = False) -> None:
            heard.append(f"lasting: {reason}" if lasting else reason)

        async def well(self) -> None:
            heard.append("well")

    company.chats.delivery._health = lambda name: Heard()
    platform = company.chats.platforms[channel]
    method = {"slack": "chat.postMessage", "telegram": "sendMessage"}[channel]
    revoked = {"slack": SlackRefused("token_revoked"), "telegram": TelegramRefused(401, "Unauthorized")}[channel]
    platform.refusals[method] = [revoked] * 3
    await company.answer(channel, Reply("first"))
    await company.wait(5 * SECOND, SECOND)
    await company.answer(channel, Reply("second"))
    assert company.received(channel) == [] and all(one.startswith("lasting: ") for one in heard)
    await company.wait(2 * MINUTE)
    assert company.received(channel) == ["first", "second"] and heard[-1] == "well"


async def test_a_platform_that_is_away_is_not_tried_with_a_conversation_in_hand(company: Company, channel: str) -> None:
    """Else as many that write as a worker serves at once would keep everybody waiting, on every channel."""
    platform = company.chats.platforms[channel]
    platform.down = 502
    await company.answer(channel, Reply("first"))
    await company.wait(MINUTE, SECOND)
    platform.down, platform.gates = None, {"chat.postMessage": asyncio.Event(), "sendMessage": asyncio.Event()}
    async with asyncio.timeout(20):  # it hangs now: this would wait for it
        await company.answer(channel, Reply("second"), who="ada")
    for gate in platform.gates.values():
        gate.set()
    await company.wait(2 * MINUTE)
    assert (company.received(channel), company.received(channel, "ada")) == (["first"], ["second"])


async def test_a_platform_that_hangs_keeps_no_other_outbox_waiting(company: Company) -> None:
    database = company.chats.desk.database
    slack, telegram = (company.chats.platforms[name] for name in ("slack", "telegram"))
    for platform in (slack, telegram):
        platform.down = 502
    await company.answer("slack", Reply("there"))
    await company.answer("telegram", Reply("here"))
    slack.down, telegram.down, slack.gates = None, None, {"chat.postMessage": asyncio.Event()}
    slack.gates["conversations.history"] = slack.gates["chat.postMessage"]
    trying = asyncio.create_task(keep_trying(database, company.chats.delivery, Companies(database)))
    async with asyncio.timeout(20):
        while company.received("telegram") != ["here"]:
            await asyncio.sleep(0.02)
    assert company.received("slack") == []
    slack.gates["chat.postMessage"].set()
    async with asyncio.timeout(20):
        while company.received("slack") != ["there"]:
            await asyncio.sleep(0.02)
    trying.cancel()


async def test_a_status_is_not_waited_for_and_its_place_is_taken(company: Company, channel: str) -> None:
    """While the platform limits us, or hangs, the work goes on; afterwards nothing is left of it."""
    platform, delivery = company.chats.platforms[channel], company.chats.delivery
    method = {"slack": "chat.postMessage", "telegram": "sendMessage"}[channel]
    platform.gates = {method: asyncio.Event()}
    message = Message("k:1", channel, company.chats.direct(channel, "max"), f"U{'MAX'}", NOW)
    await delivery.status(message, "Received")
    await delivery.status(message, "Reading …")
    answering = asyncio.create_task(delivery.send(message, (Reply("Done."),)))
    await asyncio.sleep(0)
    assert company.received(channel) == []
    platform.gates[method].set()
    await answering
    assert company.received(channel) == ["Done."]
    limited = {"slack": SlackRefused("ratelimited", wait=900), "telegram": TelegramRefused(429, "x", retry_after=900)}
    platform.refusals[method] = [limited[channel]]
    message = replace(message, key="k:2")
    await delivery.status(message, "Received")
    while platform.refusals[method]:
        await asyncio.sleep(0.01)
    await delivery.send(message, (Reply("Done again."),))
    assert company.received(channel) == ["Done.", "Done again."]


async def test_a_buttons_result_reaches_every_card_in_the_end(company: Company, channel: str) -> None:
    """Pressed just before an outage, on a card that others see too: both are right afterwards, without a word more."""
    chats = company.chats
    await chats.say(channel, "max", files=("acme",))
    card = next(reversed(chats.seen(channel, "max")))
    before = company.received(channel)
    pressing = chats.pressing(channel, "max", "Confirm", card)
    chats.platforms[channel].down = 502
    await chats.serve(pressing)
    await company.wait(HOUR)
    assert company.received(channel) == before
    chats.platforms[channel].down = None
    await company.wait(6 * MINUTE)
    after = company.received(channel)
    assert len([text for text in after if "[Confirm]" in text]) == 0
    assert "Confirmed by Max" in chats.seen(channel, "max")[card] or "Confirmed by Max" in after[-1]
    await company.wait(HOUR)
    assert company.received(channel) == after
