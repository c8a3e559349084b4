"""A worker loses its network while it has messages in hand, and finds it again after another has served them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy import make_url

from bot.application.app import open_app
from tests.fakes.databases.postgres import postgres_server, programs_folder
from tests.fakes.faults.books import check_once, confirmations
from tests.fakes.faults.network import network
from tests.fakes.faults.places import PLACES, Places
from tests.fakes.faults.processes import environment, held_worker
from tests.fakes.kept import kept_books


async def test_another_takes_over_and_nothing_is_done_twice(root: None, quick: None, tmp_path: Path) -> None:
    """At each step, also with a transaction open, whose locks the server has to let go of by itself."""
    places = Places(tmp_path / "places")
    with network() as cable, postgres_server(programs_folder(), also_at=cable.host) as server:
        settings = kept_books.settings(tmp_path / "home", tmp_path / "backups", server.database())
        there = make_url(settings.ledger_url).set(host=cable.host).render_as_string(hide_password=False)
        far = environment(settings.model_copy(update={"database_url": SecretStr(there)}))
        async with open_app(settings, "near") as near:
            *messages, later = await confirmations(near, (*PLACES, "later"))
            async with held_worker(places, "far", far, cable.within) as worker:
                await places.reach(near.jobs, messages)
                cable.cut()
                serving = asyncio.create_task(near.serve())
                await kept_books.answered(near, messages)
                serving.cancel()
                await asyncio.wait({serving})
                cable.mend()
                places.go_on()
                await near.jobs.accept(later)
                await kept_books.answered(near, [later])
                assert worker.returncode is None, "it goes on, and serves what comes later"
            await check_once(near, [*messages, later])
