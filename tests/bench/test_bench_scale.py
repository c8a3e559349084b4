"""`billify bench scale`, small: real workers on PostgreSQL, and companies that are copies of one."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlmodel import func, select

from bot.bench.scale.companies import check_empty, clear, found_companies, sender
from bot.bench.scale.flat import measure_flat
from bot.bench.scale.measure import bottleneck
from bot.bench.scale.workers import Throughput, measure_workers
from handlers.errors import BillifyError
from storage.db.database import Database
from storage.db.tenancy import acting_for
from storage.models import Account, Bill, Posting
from storage.people import companies, people


def test_each_company_is_whole_and_blind_to_the_others(postgres_url: str) -> None:
    database = Database(postgres_url)
    check_empty(database)
    found_companies(database, 3)
    seen = []
    for each in (1, 2, 3):
        with acting_for(None), database.reading() as session:
            assert companies.whose(session, "terminal", sender(each)) == each
        with acting_for(each), database.reading() as session:
            assert people.find_person(session, "terminal", sender(each)) is not None
            assert session.exec(select(func.sum(Posting.amount_minor))).one() == 0
            seen.append([session.exec(select(func.count(table.id))).one() for table in (Bill, Posting, Account)])
    assert seen[0] == seen[1] == seen[2] and min(seen[0]) > 0
    with pytest.raises(BillifyError, match="empty"):
        check_empty(database)
    clear(database)
    check_empty(database)
    database.close()


async def test_workers_answer_every_document_and_their_share_is_told(postgres_url: str) -> None:
    """Two of the product's processes begin and end here, which takes some seconds."""
    (one,) = await measure_workers(postgres_url, (2,), reading=0.2, each=4)
    assert (one.workers, one.documents) == (2, 8)
    assert 0 < one.an_hour <= 2 * 3600 / 0.2 and one.share == pytest.approx(one.an_hour * 0.2 / 7200)
    assert one.worker_seconds > 0 and (one.server_seconds or 0) > 0


def test_what_companies_cost_is_measured(postgres_url: str, tmp_path: Path) -> None:
    one = measure_flat(postgres_url, 60, tmp_path, asked=3)
    assert one.companies == 60
    costs = (one.looks, one.minute, one.quiet_look, one.dispatch, one.message, one.message_processor, one.night)
    assert min(costs) > 0


def test_the_next_bottleneck_follows_from_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.bench.scale.measure.processors", lambda: 4)
    said = bottleneck([Throughput(8, 96, 5_000, 0.9, 0.3, 0.1)], reading=5.0)
    assert "300 ms" in said and "36,000 documents an hour" in said and "50 readers of 5 s" in said
    assert "36,000 an hour, 50 readers" in said
