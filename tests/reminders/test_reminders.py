"""Reminders, digests and alarms as people get them: a clock that asks every now and then, over a real ledger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.background.clock import accept_due_notices
from handlers.messages import Message
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.models import Role
from storage.people import company, people, preferences
from tests.fakes.books.desk import NOW, Desk, offering, paper
from tests.fakes.books.small_company import ACME

BERLIN = ZoneInfo("Europe/Berlin")
PAPERS = {
    "acme": paper(**ACME),  # due 2 April 2025, €1,249.50
    "globex": paper(vendor="Globex", number="G-9", due_date="2025-04-02", currency="EUR", total="80.00"),
    # until Thursday 27 March €37.49 less, until Monday 31 March €24.99
    "skonto": offering(paper(**ACME | {"due_date": "2025-05-30"}), ("3%", "2025-03-27"), ("2%", "2025-03-31")),
    "late": paper(vendor="Initech", number="I-1", due_date="2025-03-10", currency="EUR", total="12.00"),
}


class Clock:
    """Asks at the times it is told, and serves what is due as the workflow would: each key once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.seen: set[str] = set()

    async def at(self, day: str, time: str = "09:00") -> list[str]:
        """What everybody is told when the clock asks at this local time, as plain text."""
        now = datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=BERLIN).astimezone(UTC)
        told: list[str] = []
        for message in await accept_due_notices(self.desk.database, self._accept, BERLIN, now):
            if message.key not in self.seen:
                self.seen.add(message.key)
                told += [text] if (text := await self.desk.hear(message)) else []
        return told

    async def _accept(self, message: Message) -> None:
        """Durable work, whose keys are unique, is tested where it lives."""


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), PAPERS)
    with database.transaction() as session:
        company.describe(session, name="Umbrella", country="DE")
        preferences.choose(session, 1, digest=False)
    yield desk


@pytest.fixture
def clock(desk: Desk) -> Clock:
    return Clock(desk)


async def booked(desk: Desk, *names: str) -> None:
    for name in names:
        await desk.say(f"<{name}>")
        await desk.say("confirm")


async def test_a_bill_is_reminded_of_until_it_is_paid(desk: Desk, clock: Clock) -> None:
    await booked(desk, "acme")
    assert await clock.at("2025-03-25") == []
    (week_before,) = await clock.at("2025-03-26")
    assert "Acme GmbH 2024-117 is due in 7 days, on Wed 2 Apr 2025: €1,249.50." in week_before
    assert "[Paid] [Snooze 3 days] [Show original]" in week_before
    assert await clock.at("2025-03-26", "09:01") == [], "once"
    (day_before,) = await clock.at("2025-04-01")
    assert "is due tomorrow" in day_before
    await desk.say("paid 1000")
    (on_the_day,) = await clock.at("2025-04-02")
    assert "is due today: €249.50." in on_the_day, "what is still open"
    (after,) = await clock.at("2025-04-03")
    assert "is overdue by 1 day: €249.50 was due 2 Apr 2025." in after
    await desk.say("[Paid]")
    for day in ("2025-04-09", "2025-04-16", "2025-05-30"):
        assert await clock.at(day) == []


async def test_bills_of_one_day_come_together(desk: Desk, clock: Clock) -> None:
    await booked(desk, "acme", "globex")
    (told,) = await clock.at("2025-03-26")
    assert "A reminder of 2 bills, €1,329.50:" in told
    assert "1. Acme GmbH 2024-117 · €1,249.50 · due 2 Apr 2025 (in 7 days)" in told
    assert "[Acme GmbH 2024-117] [Globex G-9]" in told
    shown = await desk.say("[Globex G-9]")
    assert "Globex · €80.00" in shown


async def test_what_was_missed_is_made_up_for_once(desk: Desk, clock: Clock) -> None:
    await booked(desk, "acme")
    told = await clock.at("2025-04-11", "15:00")  # nobody was there for three weeks
    assert len(told) == 1 and "is overdue by 9 days" in told[0]
    assert await clock.at("2025-04-12") == []
    assert len(await clock.at("2025-04-16")) == 1, "and every week from then on"


async def test_what_was_late_when_it_was_booked_is_not_told_at_once(desk: Desk, clock: Clock) -> None:
    await booked(desk, "late")  # on 21 March, 11 days after its due date
    assert await clock.at("2025-03-21", "18:00") == []
    (told,) = await clock.at("2025-03-24")
    assert "Initech I-1 is overdue by 14 days" in told


async def test_drafts_are_no_debts(desk: Desk, clock: Clock) -> None:
    await desk.say("<acme>")
    assert await clock.at("2025-04-02") == []


async def test_snooze_is_quiet_for_a_while_and_then_asks_again(desk: Desk, clock: Clock) -> None:
    await booked(desk, "acme")
    await clock.at("2025-04-01")
    snoozed = await desk.say("[Snooze 3 days]")  # said on 21 March by the desk's clock
    assert "I'll remind you of Acme GmbH 2024-117 again on Mon 24 Mar 2025." in snoozed
    assert len(await clock.at("2025-04-02")) == 1


async def test_two_clocks_tell_it_once(desk: Desk, clock: Clock) -> None:
    await booked(desk, "acme")
    other = Clock(desk)
    first = await clock.at("2025-03-26", "09:00")
    assert len(first) == 1
    assert await other.at("2025-03-26", "09:00") == []
    assert await other.at("2025-03-26", "10:00") == []


async def test_a_bill_paid_between_asking_and_serving_is_not_told(desk: Desk) -> None:
    await booked(desk, "acme")
    asked: list[Message] = []

    async def accept(message: Message) -> None:
        asked.append(message)

    await accept_due_notices(desk.database, accept, BERLIN, NOW + timedelta(days=5))
    assert len(asked) == 1
    await desk.say("paid")
    assert await desk.conversation.respond(asked[0]) == ()


async def test_a_member_hears_of_their_own_bills_only(desk: Desk, clock: Clock) -> None:
    with desk.database.transaction() as session:
        code = people.invite(session, "Max", invited_by=1, now=NOW)
        people.redeem(session, code, "terminal", "max", NOW, "Max")
        preferences.choose(session, 1, muted=True)
    await desk.say("<acme>", sender="owner")
    await desk.say("confirm")
    assert await clock.at("2025-03-26") == []
    await desk.say("<globex>", sender="max")
    await desk.say("confirm", sender="max")
    (told,) = await clock.at("2025-03-26", "12:00")
    assert "Globex" in told and "Acme" not in told


async def test_the_digest_says_that_it_counts_the_bank_from_zero_until_somebody_tells(desk: Desk, clock: Clock) -> None:
    await booked(desk, "acme")
    with desk.database.transaction() as session:
        preferences.choose(session, 1, digest=True, muted=True)
    (digest,) = await clock.at("2025-03-31")
    assert "In bank and cash: €0.00 (counted from zero), in 30 days -€1,249.50" in digest
    assert "⚠ Bank is counted from zero: nobody told me its balance. Tell me, like “the balance of Bank" in digest
    await desk.say("the balance of Bank was 12,400 on 1 Mar 2025")
    (digest,) = await clock.at("2025-04-07")
    assert "In bank and cash: €12,400.00, in 30 days" in digest and "counted from zero" not in digest


async def test_the_digest_says_what_is_late_what_comes_and_what_waits(desk: Desk, clock: Clock) -> None:
    await booked(desk, "late", "acme")
    await desk.say("<globex>")
    with desk.database.transaction() as session:
        preferences.choose(session, 1, digest=True, muted=True)
    (digest,) = await clock.at("2025-03-31")
    assert "Good morning, Olga." in digest
    assert "Overdue, €12.00:\n1. Initech I-1" in digest
    assert "Due in the next 7 days, €1,249.50:\n2. Acme GmbH 2024-117" in digest
    assert "1 document waits to be confirmed." in digest
    assert await clock.at("2025-04-01") == []
    assert len(await clock.at("2025-04-07")) == 1


async def test_nothing_to_say_is_not_said(desk: Desk, clock: Clock) -> None:
    with desk.database.transaction() as session:
        preferences.choose(session, 1, digest=True)
    assert await clock.at("2025-03-31") == []


async def test_an_approver_is_asked_once_about_a_bill_that_needs_them(desk: Desk, clock: Clock) -> None:
    with desk.database.transaction() as session:
        for name, role in (("Max", Role.MEMBER), ("Ada", Role.APPROVER)):
            code = people.invite(session, name, invited_by=1, now=NOW)
            person = people.redeem(session, code, "terminal", name.lower(), NOW, name)
            assert person is not None
            people.appoint(session, person, role, by=1, now=NOW)
        preferences.choose(session, 1, muted=True)
    from storage.approvals import approval_rules
    from storage.ledger.money import Money

    with desk.database.transaction() as session:
        approval_rules.require(
            session, Money(50000, "EUR"), steps=1, role=Role.APPROVER, category=None, person_id=1, now=NOW
        )
    await desk.say("<acme>", sender="max")
    confirmed = await desk.say("confirm", sender="max")
    assert "Waits for approval, 0 of 1" in confirmed and "Mark paid" not in confirmed
    asked = await clock.at("2025-03-24")
    assert len(asked) == 2, "the owner and the approver"
    assert all("Max sent this. May it be paid?" in text and "[Approve] [Refuse]" in text for text in asked)
    assert await clock.at("2025-03-24", "09:05") == []
    assert "needs approval first: 0 of 1" in await desk.say("paid Acme")
    assert "Approved by Ada" in await desk.say("[Approve]", sender="ada")
    assert "Only the owner" in await desk.say("paid", sender="max")
    assert "Paid €1,249.50" in await desk.say("paid Acme")


@pytest.mark.parametrize("language", ["en", "de"])
async def test_it_is_told_in_the_person_s_language(desk: Desk, clock: Clock, language: str) -> None:
    await booked(desk, "acme")
    with desk.database.transaction() as session:
        preferences.choose(session, 1, language=language)
    (told,) = await clock.at("2025-04-01")
    assert ("1.249,50\xa0€" in told) == (language == "de")
    assert ("morgen" in told) == (language == "de")


def test_a_notice_survives_durable_work() -> None:
    from handlers.messages import from_json, to_json

    message = Message(key="clock:x", channel="web", conversation="c", sender="s", sent_at=NOW, notice="reminder")
    assert from_json(Message, to_json(message)) == message
    assert from_json(Message, to_json(replace(message, notice=None))).notice is None


async def test_a_discount_is_reminded_of_while_it_can_be_taken(desk: Desk, clock: Clock) -> None:
    await booked(desk, "skonto")
    assert await clock.at("2025-03-25") == []
    (first,) = await clock.at("2025-03-26")
    assert "on Fri 30 May 2025: €1,249.50. €1,212.01 if paid by 27 Mar 2025." in first
    assert "[Paid] [Paid €1,212.01 with discount]" in first
    assert await clock.at("2025-03-27") == [], "once"
    (later,) = await clock.at("2025-03-28")  # the day before the 31st is a Sunday
    assert "€1,224.51 if paid by 31 Mar 2025." in later
    assert "€1,212.01 if paid by 27 Mar 2025" in await desk.say("what's due?")  # its clock stands on 21 March
    assert await clock.at("2025-04-01") == []
    await desk.say("sprich deutsch")
    (due,) = await clock.at("2025-05-23")
    assert "1.249,50" in due and "bei Zahlung" not in due


async def test_a_discount_that_is_gone_reminds_nobody(desk: Desk, clock: Clock) -> None:
    await booked(desk, "skonto")
    await desk.say("paid 100")
    assert await clock.at("2025-03-26") == []
