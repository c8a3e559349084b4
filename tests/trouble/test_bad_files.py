"""One bad file of a message never takes the good ones with it."""

from __future__ import annotations

import pytest

from extraction.errors import ReaderDied
from extraction.evidence import Reading
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.platforms.slack import Refused as SlackRefused
from tests.fakes.platforms.telegram import Refused as TelegramRefused
from tests.fakes.platforms.two_chats import TwoChats
from tests.trouble.conftest import PAPERS


@pytest.fixture(params=["slack", "telegram"])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def lose_second(chats: TwoChats, channel: str) -> None:
    """From the next message on the platform names two files, and no longer has the second."""
    platform = chats.platforms[channel]
    keep, number = platform.keep, iter(range(9))

    def kept(data: bytes, name: str, *more: str, **about: str):  # type: ignore[no-untyped-def]
        found = keep(data, name, *more, **about)
        if next(number) == 1:
            (platform.files if channel == "slack" else platform.uploads).pop(found.get("id") or name)
        return found

    platform.keep = kept


async def test_a_file_that_the_platform_lost_is_told_beside_the_others(ledger_chats: TwoChats, channel: str) -> None:
    chats = ledger_chats
    lose_second(chats, channel)
    await chats.say(channel, "max", files=("acme", "globex"))
    seen = list(chats.seen(channel, "max").values())
    assert sum("Acme GmbH" in text and "[Confirm]" in text for text in seen) == 1
    assert sum("no longer has globex.jpg" in text or "no longer has photo.jpg" in text for text in seen) == 1
    assert len(seen) == 2


async def test_a_file_alone_that_the_platform_lost_is_said_in_the_persons_language(
    ledger_chats: TwoChats, channel: str
) -> None:
    chats = ledger_chats
    await chats.say(channel, "max", "antworte auf deutsch")
    platform = chats.platforms[channel]
    files = platform.files if channel == "slack" else platform.uploads
    keep = platform.keep

    def lost(data: bytes, name: str, *more: str, **about: str):  # type: ignore[no-untyped-def]
        found = keep(data, name, *more, **about)
        files.pop(found.get("id") or name)
        return found

    platform.keep = lost
    await chats.say(channel, "max", files=("acme",))
    assert "nicht mehr. Bitte" in chats.said_last(channel, "max")


async def test_what_cannot_be_had_for_half_a_minute_keeps_the_others_waiting_no_longer(
    ledger_chats: TwoChats, channel: str
) -> None:
    """As durable work asks again and again; the first file comes at each try, the second never."""
    chats, asked = ledger_chats, 0
    chats.desk.read_by(type(chats.desk.conversation._reader)(PAPERS))
    fetch = chats.delivery._channels[channel].fetch

    async def half(attachment):  # type: ignore[no-untyped-def]
        nonlocal asked
        asked += 1
        if asked % 2 == 0:
            raise ConnectionError("the server is away")
        return await fetch(attachment)

    chats.delivery._channels[channel].fetch = half  # type: ignore[method-assign]
    serve = chats.serve

    async def durable(message):  # type: ignore[no-untyped-def]
        for _ in range(8):
            try:
                return await serve(message)
            except ConnectionError:
                continue
        raise AssertionError("given up with all its files")

    chats.serve = durable  # type: ignore[method-assign]
    await chats.say(channel, "max", files=("acme", "globex"))
    seen = list(chats.seen(channel, "max").values())
    assert sum("Acme GmbH" in text and "[Confirm]" in text for text in seen) == 1
    assert sum("does not give me" in text and "send it again in a while" in text for text in seen) == 1


async def test_a_file_on_which_the_reader_dies_is_told_beside_the_others(ledger_chats: TwoChats, channel: str) -> None:
    chats = ledger_chats

    class Dying(type(chats.desk.conversation._reader)):  # type: ignore[misc]
        async def read(self, data: bytes, name: str = "") -> Reading:
            if data == b"globex":
                raise ReaderDied("out of memory")
            return await super().read(data, name)

    chats.desk.read_by(Dying({"acme": paper(**ACME)}))
    await chats.say(channel, "max", files=("globex", "acme"))
    seen = list(chats.seen(channel, "max").values())
    assert sum("Acme GmbH" in text and "[Confirm]" in text for text in seen) == 1
    assert sum("I couldn't read" in text for text in seen) == 1


async def test_trouble_of_the_platform_is_named_by_kind(ledger_chats: TwoChats) -> None:
    """Slack's missing scope for files does not cost what comes along."""
    chats = ledger_chats
    chats.platforms["slack"].refusals["files.info"] = [SlackRefused("missing_scope")]
    chats.platforms["telegram"].refusals["getFile"] = [TelegramRefused(400, "Bad Request: file is too big")]
    for channel, words in (("slack", "scope files:read"), ("telegram", "larger than the 20 MB")):
        await chats.say(channel, "max", files=("globex", "acme"))
        seen = list(chats.seen(channel, "max").values())
        assert any(words in text for text in seen) and any("Acme GmbH" in text for text in seen)
