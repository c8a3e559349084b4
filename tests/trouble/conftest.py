"""A company on Slack, Telegram and the web, whose platforms have trouble."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.channels.slack import outbound as slack_outbound
from storage.db.database import Database
from tests.fakes.books.desk import paper
from tests.fakes.books.small_company import ACME
from tests.fakes.chaos.company_in_trouble import Company
from tests.fakes.platforms.two_chats import TwoChats, two_chats

PAPERS = {"acme": paper(**ACME)}


@pytest.fixture
def ledger(tmp_path: Path, blank_sqlite: Path) -> Iterator[Database]:
    """A ledger on SQLite: what happens here does not hang on the database's kind."""
    database = Database(f"sqlite:///{shutil.copy(blank_sqlite, tmp_path)}")
    yield database
    database.close()


@pytest.fixture
async def ledger_chats(ledger: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[TwoChats]:
    monkeypatch.setattr(slack_outbound, "LOOK_PAUSE", 0.01)
    async with two_chats(ledger, tmp_path, PAPERS) as opened:
        yield opened


@pytest.fixture
def company(ledger_chats: TwoChats) -> Company:
    return Company(ledger_chats)


@pytest.fixture(params=["slack", "telegram"])
def channel(request: pytest.FixtureRequest) -> str:
    return str(request.param)
