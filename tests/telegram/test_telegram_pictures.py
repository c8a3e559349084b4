"""A picture is sent once to a chat, however often its card is shown anew; a chart stands above its words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.channel import Outgoing
from bot.channels.telegram import Telegram
from bot.channels.telegram.memory import LedgerMemory
from handlers.messages import Attachment, Card, Choice, Message, Reply
from storage.models import ShownPicture
from tests.fakes.platforms.message_acceptor import send_whole
from tests.fakes.platforms.telegram import TOKEN, Refused

ASKED = Message("telegram:1", "telegram", "77", "77", datetime(2025, 3, 21, tzinfo=UTC))
BUTTONS = (Choice("confirm:1", "Confirm"),)


@pytest.fixture
async def remembering(platform, files, database):
    channel = Telegram(token=TOKEN, files=files, api_url=platform.url, memory=LedgerMemory(database))
    yield channel
    await channel.close()


@pytest.fixture
async def page(files) -> Attachment:
    return Attachment("page.png", "image/png", await files.put(b"\x89PNG page"))


def card(page: Attachment, state: str = "", message: Message = ASKED, **reply) -> Outgoing:
    return Outgoing(f"{message.key}#0", Reply(card=Card("Acme", state=state, picture=page), **reply), message)


def uploads(platform) -> int:
    return len([path for path in platform.uploads if path.startswith("photos/")])


async def test_twentytwo_corrections_send_one_picture(platform, remembering, page):
    first = await remembering.edit(
        await remembering.send(Outgoing("k#0", Reply("Reading…", status=True), ASKED)), card(page)
    )
    for n in range(22):
        sent = await remembering.send(card(page, f"corrected {n}", choices=BUTTONS))
        assert "photo" not in platform.shown(sent) and f"corrected {n}" in platform.shown(sent)["text"]
        assert platform.shown(sent)["answers"] == int(first.partition(":")[2]), "one tap leads to the picture"
    await remembering.edit(sent, card(page, "Confirmed by Anna"))
    assert "Confirmed by Anna" in platform.shown(sent)["text"]
    for n in range(3):
        await remembering.edit(first, card(page, f"renewed {n}"))
    assert "renewed 2" in platform.shown(first)["caption"]
    photos = [look for look in platform.messages.values() if "photo" in look]
    assert len(photos) == uploads(platform) == 1
    assert [name for name, _ in platform.calls].count("editMessageMedia") == 1


async def test_another_chat_gets_it_without_another_upload(platform, remembering, page):
    await remembering.send(card(page))
    other = Message("telegram:2", "telegram", "88", "88", datetime(2025, 3, 21, tzinfo=UTC))
    sent = await remembering.send(card(page, message=other))
    assert "photo" in platform.shown(sent) and uploads(platform) == 1


async def test_one_that_stands_far_above_is_shown_again(platform, remembering, page, database):
    await remembering.send(card(page))
    with database.transaction() as session:
        session.get(ShownPicture, (1, "telegram", "77", page.sha256)).shown_at -= timedelta(days=2)
    sent = await remembering.send(card(page))
    assert "photo" in platform.shown(sent) and uploads(platform) == 1


async def test_an_id_that_telegram_knows_no_more_is_sent_anew(platform, remembering, page):
    await remembering.send(card(page))
    platform.uploads.clear()  # as for another bot
    other = Message("telegram:2", "telegram", "88", "88", datetime(2025, 3, 21, tzinfo=UTC))
    assert "photo" in platform.shown(await remembering.send(card(page, message=other)))


async def test_a_picture_that_was_deleted_is_shown_again(platform, remembering, page):
    sent = await remembering.send(card(page))
    platform.messages.clear()
    anew = await remembering.edit(sent, card(page, "Confirmed"))
    assert anew != sent and "photo" in platform.shown(anew)


async def test_a_chart_stands_above_its_words_in_one_message(platform, telegram, files):
    chart = Attachment("forecast-EUR.png", "image/png", await files.put(b"\x89PNG chart"))
    sent = await telegram.send(Outgoing("k#0", Reply("Bank and cash will be …", attachments=(chart,)), ASKED))
    assert platform.shown(sent)["caption"] == "Bank and cash will be …"
    assert len(platform.messages) == 1


async def test_words_that_are_too_long_for_a_message_come_as_a_file_as_well(platform, telegram):
    words = "• Acme GmbH\n" * 500
    sent = await telegram.send(Outgoing("k#0", Reply(words), ASKED))
    assert platform.shown(sent)["text"].endswith("…")
    assert (await platform.seen("sendDocument"))["document"] == ("answer.txt", words.encode())


async def test_charts_of_long_words_or_several_have_captions(platform, telegram, files):
    charts = tuple([Attachment(f"{n}.png", "image/png", await files.put(n.encode())) for n in ("EUR", "USD")])
    await send_whole(telegram, Outgoing("k#0", Reply("Spending in March:\n• Rent", attachments=charts), ASKED))
    await send_whole(
        telegram, Outgoing("k#1", Reply("Spending in April:\n" + "• Rent\n" * 400, attachments=charts[:1]), ASKED)
    )
    captions = [look["caption"] for look in platform.messages.values() if "photo" in look]
    assert captions == ["Spending in March:", "Spending in March:", "Spending in April:"]


async def test_a_chart_that_telegram_cannot_show_comes_as_a_file(platform, telegram, files):
    chart = Attachment("forecast-EUR.png", "image/png", await files.put(b"\x89PNG chart"))
    reply = Reply("Bank and cash will be …", attachments=(chart,))
    assert not telegram.files_apart(reply), "it goes with its words"
    platform.refusals["sendPhoto"] = [Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS") for _ in range(2)]
    sent = await send_whole(telegram, Outgoing("k#0", reply, ASKED))
    assert platform.shown(sent)["text"] == "Bank and cash will be …"
    assert (await platform.seen("sendDocument"))["document"] == ("forecast-EUR.png", b"\x89PNG chart")
