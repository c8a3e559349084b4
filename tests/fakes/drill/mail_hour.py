"""An hour of a company's mail in bad weather, sixty times as fast: mixed mails from several senders, a relay that
greylists, refuses, breaks off and goes away, and a Billify that is killed again and again. Then everything is counted.

    python -m tests.fakes.drill.mail_hour [MAILS] [KILLS]
"""

from __future__ import annotations

import asyncio
import os
import random
import smtplib
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlmodel import Session, select
from sqlmodel.sql.expression import SelectOfScalar

from bot.channels.mail.intake.peek import peek
from handlers.messages import split_reply_key
from storage.db.database import Database
from storage.migrations.upgrade import migrate
from storage.models import (
    Bill,
    Entry,
    Inbound,
    MailOutcome,
    MailRecord,
    OutboxItem,
    OutboxState,
    QuarantinedMail,
    SentMail,
)
from storage.people import people
from tests.fakes.drill.mails import MAX, OWNER, US, Posted, answer_to, mixed_mails
from tests.fakes.servers.ports import free_port, opened
from tests.fakes.servers.rough_relay import RoughRelay

SENDERS = 4
CONFIRMED = 0.4
"""The share of cards that somebody answers with "confirm"."""
_OUTCOMES = {
    "answered": MailOutcome.TAKEN_IN,
    "waits": MailOutcome.QUARANTINED,
    "left alone": (MailOutcome.IGNORED, MailOutcome.BOUNCE),
}


@dataclass
class Count:
    """What was counted: `sent` mails by kind; those `lost` and `doubled`, each in words; `repeats` of a mail of ours
    under the same Message-ID, which a mail server shows once; what the weather did."""

    sent: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    repeats: int = 0
    kills: int = 0
    weather: Counter[str] = field(default_factory=Counter)


class Drill:
    """One hour. `posted` are all mails that our server said that it took."""

    def __init__(self, home: Path, mails: int, kills: int, seed: int = 1) -> None:
        self.home, self.mails, self.kills = home, mails, kills
        self.chance = random.Random(seed)
        self.relay = RoughRelay(chance=random.Random(seed))
        self.port = free_port()
        self.database = Database(f"sqlite:///{home / 'ledger.db'}")
        self.posted: list[Posted] = []
        self.killed = 0
        self._waiting = asyncio.Queue[Posted]()
        self._confirmed: set[str] = set()
        self._confirmations = 0

    async def run(self) -> Count:
        """Sends everything, waits until nothing is on its way any more, and counts."""
        self._found()
        for mail in islice(mixed_mails(), self.mails):
            self._waiting.put_nowait(mail)
        weather = asyncio.create_task(self._weather())
        senders = [asyncio.create_task(self._send()) for _ in range(SENDERS)]
        for n in range(self.kills):
            async with self._billify():
                await self._until(lambda at=self.mails * (n + 1) // (self.kills + 1): len(self.posted) >= at)
                await asyncio.sleep(self.chance.uniform(0.0, 1.0))
            self.killed += 1
        async with self._billify():
            await self._waiting.join()
            weather.cancel()
            self.relay.rough = 0.0
            async with self.relay.up():
                await self._until(self._is_over)
        for sender in senders:
            sender.cancel()
        return await self.database.read(self._count)

    async def _until(self, over: Callable[[], bool]) -> None:
        """Waits, while people answer cards; for as long as so many mails take at most."""
        with suppress(TimeoutError):
            async with asyncio.timeout(60 + 2 * self.mails):
                while not over():
                    self._confirm()
                    await asyncio.sleep(0.2)

    @asynccontextmanager
    async def _billify(self) -> AsyncIterator[None]:
        """A Billify that ends by SIGKILL."""
        environment = {
            **os.environ,
            "BILLIFY_HOME": str(self.home),
            "BILLIFY_WEB_PORT": str(free_port()),
            "BILLIFY_MAIL_PORT": str(self.port),
            "BILLIFY_MAIL_ANSWERS_AN_HOUR": "100000",
            "BILLIFY_QUARANTINE_MAILS": "100000",
            "BILLIFY_SMTP_URL": self.relay.url,
        }
        with (self.home / "log.txt").open("a") as log:
            started = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.fakes.drill.hasty", "run", env=environment, stdout=log, stderr=log
            )
        try:
            await opened(self.port)
            yield
        finally:
            started.kill()
            await started.wait()

    def _found(self) -> None:
        """A company of two."""
        migrate(self.database)
        with self.database.transaction() as session:
            now = datetime.now(UTC)
            people.ensure_owner(session, "Olga", [("terminal", "owner"), ("mail", OWNER)], now)
            people.redeem(session, people.invite(session, "Max", invited_by=1, now=now), "mail", MAX, now)

    async def _weather(self) -> None:
        while True:
            await asyncio.sleep(self.chance.uniform(0.5, 3.0))  # nobody listens there
            self.relay.rough = self.chance.choice((0.1, 0.4, 0.9))
            async with self.relay.up():
                await asyncio.sleep(self.chance.uniform(1.0, 6.0))

    async def _send(self) -> None:
        """What a mail server does: it offers each mail until it is taken."""
        while True:
            mail = await self._waiting.get()
            for _ in range(2 if mail.twice else 1):
                while not await asyncio.to_thread(self._taken, mail):
                    await asyncio.sleep(0.2)
            self.posted.append(mail)
            self._confirm()
            self._waiting.task_done()

    def _taken(self, mail: Posted) -> bool:
        try:
            with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as server:
                server.sendmail(mail.sender, [US], mail.raw)
        except (smtplib.SMTPException, OSError):
            return False
        return True

    def _confirm(self) -> None:
        """Somebody who got a card answers it."""
        for message_id, (left, *_) in self.relay.taken().items():
            if message_id in self._confirmed or not str(left.mail["Subject"]).startswith("Re: Invoice"):
                continue
            self._confirmed.add(message_id)
            if str(left.mail["In-Reply-To"]).startswith("<scan@"):
                continue
            if not self._confirmations or self.chance.random() < CONFIRMED:  # one at least, whatever chance says
                self._confirmations += 1
                self._waiting.put_nowait(answer_to(left.mail, OWNER))

    def _is_over(self) -> bool:
        """Whether each mail that asks for an answer got one, and nothing waits to be delivered."""
        with self.database.reading() as session:
            answers, waits = self._answers(session), session.exec(_of_state(OutboxState.WAITING)).first()
        answered = all(answers[self._key(mail)] for mail in self.posted if mail.fate == "answered")
        return answered and waits is None and self._waiting.empty()

    def _key(self, mail: Posted) -> str:
        return peek(mail.raw, way="", address=US).arrived.key

    def _answers(self, session: Session) -> Counter[str]:
        """How many mails of ours, or tellings elsewhere, each mail was answered with."""
        by_id = {sent.message_id: split_reply_key(sent.key)[0] for sent in session.exec(select(SentMail)).all()}
        found = Counter(by_id.get(message_id, "unknown") for message_id in self.relay.taken())
        told = session.exec(_of_state(OutboxState.TOLD)).all()
        found.update(split_reply_key(item.key)[0] for item in told)
        return found

    def _count(self, session: Session) -> Count:
        count = Count(kills=self.killed, weather=self.relay.went)
        answers = self._answers(session)
        records = {record.key: record for record in session.exec(select(MailRecord)).all()}
        numbers = Counter(bill.number for bill in session.exec(select(Bill)).all())
        entries = Counter(entry.key for entry in session.exec(select(Entry)).all())
        # of a card that nobody said had arrived it is asked which one is meant
        asked = {each.key for each in session.exec(select(Inbound)).all() if "Which one do you mean?" in each.replies}
        held = Counter(one.mail_id for one in session.exec(select(QuarantinedMail)).all())
        for mail in self.posted:
            count.sent[mail.name] += 1
            key, wanted = self._key(mail), int(mail.fate == "answered")
            name, record = f"{mail.name} {mail.message_id}", records.get(key)
            outcome = _OUTCOMES[mail.fate]
            if record is None or record.outcome not in (outcome if isinstance(outcome, tuple) else (outcome,)):
                count.lost.append(f"{name}: {record.outcome if record else 'no record'}")
            _compare(count, f"answers to {name}", answers[key], wanted)
            if mail.number:
                _compare(count, f"bills of {name}", numbers[mail.number], 1)
            if mail.fate == "waits" and record:
                _compare(count, f"held {name}", held[record.id], 1)
            if mail.name == "confirmation" and key not in asked:
                _compare(count, f"entries of {name}", sum(n for of, n in entries.items() if of.startswith(key)), 1)
        count.repeats = sum(len(copies) - 1 for copies in self.relay.taken().values())
        return count


def _compare(count: Count, what: str, found: int, wanted: int) -> None:
    if found < wanted:
        count.lost.append(what)
    if found > wanted:
        count.doubled.append(f"{what}: {found}")


def _of_state(state: OutboxState) -> SelectOfScalar[OutboxItem]:
    return select(OutboxItem).where(OutboxItem.state == state)


async def hour(home: Path, mails: int, kills: int, seed: int = 1) -> Count:
    """Runs the drill in an empty folder."""
    drill = Drill(home, mails, kills, seed)
    try:
        return await drill.run()
    finally:
        drill.database.close()


def main(mails: int = 1000, kills: int = 30, seed: int = 1) -> None:
    """Prints what was counted."""
    with tempfile.TemporaryDirectory() as folder:
        count = asyncio.run(hour(Path(folder), mails, kills, seed))
    print("sent:", dict(count.sent), "· killed:", count.kills, "· the relay:", dict(count.weather))
    print("lost:", len(count.lost), *count.lost[:20], sep="\n  ")
    print("doubled:", len(count.doubled), *count.doubled[:20], sep="\n  ")
    print("offered again under the same Message-ID:", count.repeats)
    raise SystemExit(bool(count.lost or count.doubled))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
