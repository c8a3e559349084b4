"""A company on Slack and Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.slack import outbound as slack_outbound
from storage.db.database import Database
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.platforms.two_chats import TwoChats, two_chats

GLOBEX = {**ACME, "vendor": "Globex Ltd", "number": "881", "total": "80.00", "subtotal": "67.23", "tax": "12.77"}
PAPERS = {
    "acme": paper(**ACME),
    "globex": paper(**GLOBEX),
    "front": paper(**{name: value for name, value in ACME.items() if name not in ("total", "subtotal", "tax")}),
    "back": paper(total="1249.50", currency="EUR"),
    "first": paper(**ACME, iban="DE12500105170648489890"),
    "changed": paper(**{**GLOBEX, "vendor": "Acme GmbH", "number": "2024-118"}, iban="DE02120300000000202051"),
    "blurred": paper(doubtful={"total": "blurred"}, **{**GLOBEX, "number": "77"}),
    "front+back": paper(**ACME),
}


@pytest.fixture(params=["slack", "telegram"])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def chats(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TwoChats]:
    monkeypatch.setattr(slack_outbound, "LOOK_PAUSE", 0.01)
    async with two_chats(database, tmp_path, PAPERS) as opened:
        yield opened
