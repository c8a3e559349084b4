"""The clock looks at the companies whose turn it is, and overlooks nobody for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session

from bot.background import rounds as module
from bot.background.clock import tell_what_is_due
from bot.background.rounds import Rounds
from bot.processing.companies import Companies
from handlers.messages import Message
from storage.db.tenancy import acting, acting_for
from storage.messages import channel_faults, outbox
from storage.models import Alarm
from storage.people import company
from tests.companies.conftest import OfOne
from tests.fakes.books.desk import NOW, play

Desks = tuple[OfOne, OfOne]
TOKYO = "Asia/Tokyo"
QUIET = NOW + timedelta(hours=2, minutes=5)
"""When everything that was said is long served."""


class Clock:
    """Rounds that look at the companies in which nothing happens as at those of a large installation."""

    def __init__(self, desk: OfOne) -> None:
        self.database = desk.database
        self._rounds = Rounds(self.database, Companies(self.database), self._look, 0)

    async def minute(self, now: datetime) -> list[int]:
        """The companies that were looked at, the first aside, which always is where it is a large installation."""
        return [one for one in await self._rounds.make(now) if one != 1]

    async def _look(self, now: datetime) -> datetime:
        _, following = await tell_what_is_due(self.database, _nothing, UTC, now)
        return following


@pytest.fixture
async def busy(desks: Desks) -> Desks:
    """Both companies have bills, and the second keeps Tokyo's time."""
    for desk in desks:
        await play(
            desk,
            [("<acme>", []), ("confirm", ["Confirmed"]), ("<globex>", []), ("confirm", ["Confirmed"])],
        )
    with acting_for(2), desks[0].database.transaction() as session:
        company.describe(session, zone=TOKYO)
    return desks


async def test_whatever_is_told_is_found_in_the_minute_in_which_its_time_comes(busy: Desks) -> None:
    """Reminders and digests of two time zones, an alarm, and a snooze that ends: ten days, at the hours of each."""
    if not busy[0].database.url.startswith("sqlite"):
        pytest.skip("what is looked for is the same on both")
    database, midnight = busy[0].database, datetime(NOW.year, NOW.month, NOW.day, tzinfo=UTC) + timedelta(days=1)
    await play(busy[1], [("snooze globex until thursday", ["Globex"])])
    with acting_for(2):
        await database.run(_alarm, midnight + timedelta(hours=14))
    told: dict[str, int] = {}
    following: dict[int, datetime] = {}

    async def look(_now: datetime) -> datetime:
        return following[acting() or 0]

    rounds = Rounds(database, Companies(database), look, 0)
    for day, hour in product(range(10), (0, 9, 14)):
        now, told_now = midnight + timedelta(days=day, hours=hour), dict[str, int]()
        for each in (1, 2):
            with acting_for(each):
                messages, following[each] = await tell_what_is_due(database, _nothing, UTC, now)
            told_now |= {message.key: each for message in messages if message.key not in told}
        looked = await rounds.make(now)
        assert set(told_now.values()) <= set(looked), (now, told_now)
        told |= told_now
    kinds = {(key.split("/")[0].removeprefix("clock:"), each) for key, each in told.items()}
    assert {("reminder", 2), ("digest", 2), ("alarm", 2), ("digest", 1)} <= kinds


async def test_where_nothing_happens_nobody_looks_until_the_hour_comes(busy: Desks) -> None:
    clock, at = Clock(busy[1]), QUIET.replace(minute=1)
    assert await clock.minute(at) == [2], "a clock that starts knows nothing"
    later = [minutes for minutes in (1, 2, 15, 30, 59) if await clock.minute(at + timedelta(minutes=minutes))]
    assert later == []
    assert await clock.minute(at + timedelta(minutes=61)) == [2]


async def test_what_happens_is_looked_at_in_the_next_minute(busy: Desks) -> None:
    _, theirs = busy
    clock, at = Clock(theirs), theirs.now + timedelta(minutes=5)
    happenings = {
        "a message is served": lambda session: None,
        "a reply is refused": _refused,
        "an alarm rings": _alarm,
    }
    for name, happen in happenings.items():
        await clock.minute(at)
        assert await clock.minute(at + timedelta(minutes=3)) == [], name
        at += timedelta(minutes=6)
        theirs.now = at
        with acting_for(2):
            if name == "a message is served":
                await theirs.say("balance")
            else:
                await theirs.database.run(happen, at)
        assert await clock.minute(at + timedelta(seconds=20)) == [2], name
        at += timedelta(minutes=40)


async def test_a_fault_of_the_machine_has_every_company_looked_at(busy: Desks) -> None:
    clock, database = Clock(busy[1]), busy[1].database
    await clock.minute(QUIET)
    assert await clock.minute(QUIET + timedelta(minutes=3)) == []
    with acting_for(None), database.transaction() as session:
        channel_faults.note(
            session,
            "slack",
            "web.1",
            reason="token revoked",
            lasting=True,
            since=QUIET,
            now=QUIET + timedelta(minutes=4),
        )
    assert await clock.minute(QUIET + timedelta(minutes=5)) == [2]
    assert await clock.minute(QUIET + timedelta(minutes=6)) == []


async def test_a_company_at_which_looking_fails_holds_up_no_other(busy: Desks) -> None:
    looked = []

    async def look(now: datetime) -> datetime:
        looked.append(now)
        if len(looked) == 1:
            raise RuntimeError("of this company alone")
        return now + timedelta(hours=1)

    rounds = Rounds(busy[0].database, Companies(busy[0].database), look, 0)
    with pytest.raises(RuntimeError, match="alone"):
        await rounds.make(QUIET)
    assert len(looked) == 2


async def test_companies_for_which_a_minute_is_too_short_come_first_in_the_next(
    busy: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS", -1.0)
    clock = Clock(busy[1])
    assert await clock.minute(QUIET) == [] and clock._rounds.behind == 1
    monkeypatch.setattr(module, "SECONDS", 30.0)
    assert await clock.minute(QUIET + timedelta(minutes=1)) == [2] and clock._rounds.behind == 0


async def _nothing(_message: Message) -> None:
    return None


def _refused(session: Session, now: datetime) -> None:
    posting = outbox.Posting("web:1#0", "web", "5", "5", None, "", "{}", "[]")
    outbox.fail(session, posting, reason="refused", now=now)


def _alarm(session: Session, now: datetime) -> None:
    at = now.astimezone(ZoneInfo(TOKYO))
    session.add(Alarm(key="rings", person_id=2, text="call Acme", at=at, channel="terminal", conversation="owner"))
