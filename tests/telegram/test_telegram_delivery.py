"""Nothing is lost on the way in, and nothing goes wrong twice on the way out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.channel import ChannelMisconfigured, Outgoing, Postponed
from bot.channels.telegram import Telegram
from handlers.errors import BillifyError
from handlers.messages import Attachment, Card, Choice, Message, Reply
from tests.fakes.platforms.message_acceptor import listening_to
from tests.fakes.platforms.telegram import TOKEN, Refused

ASKED = Message("telegram:1", "telegram", "77", "77", datetime(2025, 3, 21, tzinfo=UTC))


def outgoing(**reply) -> Outgoing:
    return Outgoing("telegram:1#0", Reply(**reply), ASKED)


async def test_an_update_is_not_confirmed_before_it_is_durable(platform, telegram, files, accept):
    accept.gate.clear()
    await platform.say("first")
    async with listening_to(telegram, accept):
        await accept.called(1)
    assert len(platform.waiting) == 1, "the process ended before the message was durable"

    accept.gate.set()
    again = Telegram(token=TOKEN, files=files, api_url=platform.url)
    async with listening_to(again, accept):
        assert (await accept.take()).text == "first"
        await platform.say("second")
        assert (await accept.take(2)).text == "second"
    await again.close()
    assert accept.calls[0] == accept.calls[1], "the same message has the same key"
    assert [update["message"]["text"] for update in platform.waiting] == ["second"]


async def test_messages_keep_their_order_while_the_database_is_away(platform, accept, listener):
    accept.failures = 3
    for text in ("first", "second", "third"):
        await platform.say(text)
    await accept.take(3)
    assert [message.text for message in accept.messages.values()] == ["first", "second", "third"]


async def test_listening_survives_an_outage_of_telegram(platform, telegram, accept):
    platform.refusals = {
        "getMe": [Refused(502, "Bad Gateway")],
        "deleteWebhook": [Refused(500, "Internal Server Error")],
        "getUpdates": [Refused(409, "Conflict: terminated by other getUpdates request"), Refused(502, "Bad Gateway")],
    }
    await platform.say("still there?")
    async with listening_to(telegram, accept):
        assert (await accept.take()).text == "still there?"


async def test_a_wrong_token_is_named(platform, files, accept):
    channel = Telegram(token="123:wrong", files=files, api_url=platform.url)
    with pytest.raises(ChannelMisconfigured, match="BILLIFY_TELEGRAM_TOKEN") as raised:
        await channel.listen(accept)
    assert "123:wrong" not in str(raised.value)
    await channel.close()


async def test_an_edit_repeated_is_harmless(platform, telegram):
    sent = await telegram.send(outgoing(text="Reading…", status=True))
    for _ in range(2):
        assert await telegram.edit(sent, outgoing(text="Done.")) == sent
    assert platform.shown(sent)["text"] == "Done."
    assert len(platform.messages) == 1


async def test_a_message_that_was_deleted_is_sent_anew(platform, telegram):
    sent = await telegram.send(outgoing(text="Reading…", status=True))
    platform.messages.clear()
    anew = await telegram.edit(sent, outgoing(text="Done."))
    assert anew != sent
    assert platform.shown(anew)["text"] == "Done."


async def test_a_card_keeps_its_picture_when_only_words_follow(platform, telegram, files):
    picture = Attachment("page.png", "image/png", await files.put(b"png"))
    sent = await telegram.send(outgoing(card=Card("Acme", picture=picture)))
    await telegram.edit(sent, outgoing(text="Discarded."))
    assert platform.shown(sent)["caption"] == "Discarded."
    assert "photo" in platform.shown(sent)


async def test_a_limit_puts_off_what_is_said(platform, telegram):
    """Nobody waits for it with a conversation in hand: it goes on when the platform says."""
    platform.refusals["sendMessage"] = [Refused(429, "Too Many Requests: retry after 7", retry_after=7)]
    with pytest.raises(Postponed) as raised:
        await telegram.send(outgoing(text="Done."))
    assert (raised.value.after, raised.value.away) == (7, False)


@pytest.mark.parametrize("method", ["sendPhoto", "editMessageMedia"])
async def test_a_picture_that_telegram_cannot_show_does_not_hold_up_the_card(platform, telegram, files, method):
    picture = Attachment("page.png", "image/png", await files.put(b"a very long receipt"))
    platform.refusals[method] = [Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")]
    shown = outgoing(card=Card("Acme GmbH", picture=picture))
    if method == "sendPhoto":
        sent = await telegram.send(shown)
    else:
        sent = await telegram.edit(await telegram.send(outgoing(text="Reading…", status=True)), shown)
    assert platform.shown(sent)["text"] == "<b>Acme GmbH</b>"


async def test_a_person_who_blocked_the_bot_is_told_how_to_come_back(platform, telegram):
    platform.refusals["sendMessage"] = [Refused(403, "Forbidden: bot was blocked by the user")]
    with pytest.raises(BillifyError, match=r"blocked by the user.*press Start"):
        await telegram.send(outgoing(text="Done."))


async def test_a_press_that_telegram_forgot_is_still_taken(platform, telegram, accept, listener):
    sent = await telegram.send(outgoing(text="?", choices=(Choice("yes", "Yes"),)))
    platform.refusals["answerCallbackQuery"] = [
        Refused(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
    ]
    await platform.press("Yes", platform.shown(sent))
    assert (await accept.take()).choice == "yes"
    await platform.press("Yes", platform.shown(sent))
    assert (await accept.take(2)).choice == "yes"


async def test_closing_twice_is_harmless(platform, telegram):
    await telegram.send(outgoing(text="Done."))
    await telegram.close()
    await telegram.close()
