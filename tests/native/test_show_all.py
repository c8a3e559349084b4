"""A long answer ends with “Show all”, which brings all of it as a file, on every channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.wording import lists
from storage.db.database import Database
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.platforms.everywhere import CHANNELS, Everywhere
from tests.fakes.platforms.two_chats import two_chats

PAPERS = {
    name: paper(**{**ACME, "vendor": name.title(), "number": f"N-{n}"})
    for n, name in enumerate(("acme", "globex", "hooli", "initech"))
}
ASKED = {
    "en": ("what's due?", "… and 2 more.", "Show all", "show the whole list", "Here is the whole answer", "answer.txt"),
    "de": (
        "was ist fällig?",
        "… und 2 weitere.",
        "Alles zeigen",
        "zeig mir den rest",
        "Hier ist die ganze",
        "Antwort.txt",
    ),
}


async def text_of(everywhere: Everywhere) -> str:
    """What stands in the file of the last answer, by the document store."""
    (file,) = [file for reply in everywhere.replies for file in reply.attachments]
    return (await everywhere.chats.desk.store.get(file.sha256 or "")).decode()


@pytest.mark.parametrize("language", ASKED)
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
async def test_all_of_a_long_answer_is_a_button_away(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, channel: str, language: str
) -> None:
    monkeypatch.setattr(lists, "MOST_LINES", 2)
    question, cut, button, words, here, name = ASKED[language]
    async with two_chats(database, tmp_path, PAPERS) as chats:
        everywhere = Everywhere(chats, channel, tmp_path)
        for each in PAPERS:
            await everywhere.say("max", f"<{each}>")
            await everywhere.say("max", "confirm")
        seen = await everywhere.say("max", question)
        assert cut in seen and button in seen and "Initech" not in seen, seen
        for said in (f"[{button}]", words):
            seen = await everywhere.say("max", said)
            assert here in seen, seen
            whole = await text_of(everywhere)
            assert "Initech" in whole and "4." in whole and cut not in whole
            if channel == "telegram":
                (sent, *_) = [look for look in chats.platforms["telegram"].messages.values() if "document" in look]
                assert sent["document"]["file_name"] == name
            elif channel == "slack":
                assert name in [file["about"]["name"] for file in chats.platforms["slack"].files.values()]
            else:
                assert f"📎 {name}" in seen
        await everywhere.mail.close()


async def test_a_short_answer_has_no_such_button(database: Database, tmp_path: Path) -> None:
    async with two_chats(database, tmp_path, PAPERS) as chats:
        everywhere = Everywhere(chats, "telegram", tmp_path)
        await everywhere.say("max", "<acme>")
        await everywhere.say("max", "confirm")
        assert "Show all" not in await everywhere.say("max", "what's due?")
        assert "whole answer" in await everywhere.say("max", "show all")
        assert "left nothing out" in await everywhere.say("ada", "show all")
        await everywhere.mail.close()
