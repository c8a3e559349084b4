"""Files that go out to people and come in from them."""

from __future__ import annotations

import pytest

from bot.channels.channel import Outgoing
from handlers.errors import BillifyError
from handlers.messages import Attachment, Message, Reply
from tests.fakes.platforms.message_acceptor import send_whole


def answer(message: Message, reply: Reply) -> Outgoing:
    return Outgoing(f"{message.key}#0", reply, message)


async def test_gets_an_exported_file(platform, telegram, files, accept, listener):
    await platform.say("export")
    csv = Attachment("ledger.csv", "text/csv", await files.put(b"a;b"))
    sent = await send_whole(telegram, answer(await accept.take(), Reply("Here it is.", attachments=(csv,))))
    assert platform.shown(sent)["text"] == "Here it is."
    document = (await platform.seen("sendDocument"))["document"]
    assert document == ("ledger.csv", b"a;b")


async def test_sees_a_chart_as_a_picture(platform, telegram, files, accept, listener):
    await platform.say("forecast")
    chart = Attachment("forecast-EUR.png", "image/png", await files.put(b"\x89PNG chart"))
    await send_whole(telegram, answer(await accept.take(), Reply("Bank and cash will be …", attachments=(chart,))))
    assert (await platform.seen("sendPhoto"))["photo"][1] == b"\x89PNG chart"


async def test_sends_a_file_that_a_bot_may_not_fetch(platform, telegram):
    platform.keep(bytes(20_000_001), "big.pdf")
    with pytest.raises(BillifyError, match=r"scan\.pdf is larger than the 20 MB .* send it by mail"):
        await telegram.fetch(Attachment("scan.pdf", handle="big.pdf"))


async def test_is_asked_again_for_a_file_that_telegram_lost(platform, telegram):
    platform.keep(b"x", "old.pdf")
    platform.lose("old.pdf")
    for handle in ("old.pdf", "never-there"):
        with pytest.raises(BillifyError, match=r"no longer has scan\.pdf\. Please send it again"):
            await telegram.fetch(Attachment("scan.pdf", handle=handle))
