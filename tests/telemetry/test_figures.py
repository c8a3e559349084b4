"""Billify runs, is talked to, and tells its figures to whom they are for, and to nobody else."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.application.app import open_app
from bot.application.metrics_port import serve_figures
from bot.application.processes import _run
from bot.channels.channel import ChannelMisconfigured
from bot.channels.tls import Tls
from bot.telemetry.exposition import Exposition
from bot.telemetry.metrics import DATABASE_ERRORS, count_errors
from config.settings import Settings
from handlers.messages import Message
from storage.db.database import Database
from tests.fakes.books.desk import NOW
from tests.fakes.servers.ports import free_port, opened

TOKEN = "a long random word"


@contextlib.asynccontextmanager
async def running(settings: Settings, *roles: Any) -> AsyncIterator[None]:
    task = asyncio.create_task(_run(partial(open_app, settings, "seen"), roles))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def asked(url: str, token: str = "") -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with ClientSession() as session, session.get(url, headers=headers) as response:
        return response.status, await response.text()


def values(text: str) -> dict[tuple[str, ...], float]:
    """Each sample's value by its name and the values of its labels, in their alphabetical order."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("BILLIFY_HOME", str(tmp_path))
    return Settings(web_port=free_port(), mail_port=0, metrics_port=free_port(), metrics_token=TOKEN)


def saying(key: str, text: str) -> Message:
    return Message(
        key=f"terminal:{key}", channel="terminal", conversation="terminal", sender="owner", sender_name="Olga",
        text=text, sent_at=NOW,
    )  # fmt: skip


async def test_a_message_is_counted_where_it_was_served_and_strangers_see_nothing(settings: Settings) -> None:
    own, chat = (f"http://127.0.0.1:{port}/metrics" for port in (settings.metrics_port, settings.web_port))
    async with open_app(settings, "sender") as sender, running(settings, "web", "worker", "clock"):
        await opened(settings.metrics_port)
        await opened(settings.web_port)
        before = values((await asked(own, TOKEN))[1])
        await sender.jobs.accept(saying("figures-1", "what's due?"))
        assert await asyncio.wait_for(sender.jobs.replies("terminal:figures-1"), 30)
        async with asyncio.timeout(20):
            now = before
            while ("billify_clock_ticks_total", "done", "notices") not in now or now["billify_queue_messages", "talk"]:
                await asyncio.sleep(0.1)
                now = values((await asked(own, TOKEN))[1])

        def more(*sample: str) -> float:
            return now[sample] - before.get(sample, 0.0)

        assert more("billify_messages_served_total", "terminal", "answered") == 1
        assert more("billify_message_answer_seconds_count", "terminal") == 1
        assert 0 < more("billify_message_answer_seconds_sum", "terminal") < 30
        assert more("billify_message_acknowledgement_seconds_count", "terminal") == 1
        assert more("billify_deliveries_total", "terminal", "sent") == 1
        assert now["billify_queue_messages", "documents"] == 0
        assert now[("billify_disk_free_bytes",)] > 0 and now[("billify_reader_restarts_total",)] == 0
        assert (await asked(chat, TOKEN))[0] == 200
        for url in (own, chat):
            for wrong in ("", "a guess"):
                status, text = await asked(url, wrong)
                assert status == 404 and "billify_" not in text, url


async def test_what_waits_is_told_with_its_age(settings: Settings) -> None:
    async with open_app(settings, "sender") as app:
        await app.jobs.accept(saying("figures-2", "balance"))
        await asyncio.sleep(0.2)
        lines = app.jobs.lines()
    assert lines["talk"].length == 1 and 0.1 < lines["talk"].oldest < 10
    assert (lines["documents"].length, lines["documents"].oldest) == (0, 0.0)


async def test_two_processes_of_a_machine_take_ports_that_follow_each_other() -> None:
    first = free_port()
    tasks = [asyncio.create_task(serve_figures("127.0.0.1", first, Exposition(), Tls())) for _ in range(2)]
    try:
        for port in (first, first + 1):
            await opened(port)
            assert (await asked(f"http://127.0.0.1:{port}/metrics"))[0] == 200, "on this machine no token is needed"
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


@pytest.mark.parametrize(
    ("host", "token", "names"),
    [("0.0.0.0", "", "BILLIFY_METRICS_TOKEN"), ("0.0.0.0", TOKEN, "BILLIFY_WEB_CERTIFICATE")],
)
async def test_beyond_this_machine_it_needs_a_token_and_tls(host: str, token: str, names: str) -> None:
    with pytest.raises(ChannelMisconfigured, match=re.escape(names)):
        await serve_figures(host, free_port(), Exposition(token), Tls())


def test_errors_of_a_database_are_counted(database: Database) -> None:
    """Also those of sessions that only look, which have an engine of their own."""
    name = database.engine.dialect.name
    count_errors(database.engine, name)
    count = DATABASE_ERRORS.labels(name, "refused")._value
    for session in (database.transaction, database.reading):
        before = count.get()
        with pytest.raises(Exception, match="nowhere"), session() as opened_session:
            opened_session.connection().exec_driver_sql("SELECT * FROM nowhere")
        assert count.get() == before + 1
