"""A company whose books have something of everything: three Acmes, two Müllers, customers, drafts of several people,
bills that are open, overdue, part-paid, paid, approved, or wait for it, and a statement's movements. It is Friday
21 March 2025.

Each speaks in a conversation of their own, or in the team's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import event

from handlers.messages import Attachment, Message, Reply, reply_key
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts, booking, double_entry
from storage.ledger.money import Money
from storage.messages import deliveries
from storage.models import Role
from storage.people import people
from storage.people.company import describe
from tests.fakes.books.bank_desk import BankPapers
from tests.fakes.books.desk import NOW, Desk, paper
from tests.fakes.books.open_house import trust_members
from tests.fakes.documents import bank_statements as bank

PEOPLE = {"olga": Role.OWNER, "ada": Role.APPROVER, "max": Role.MEMBER}
TEAM = "team"


def _bill(vendor: str, number: str, issued: str, due: str, total: str) -> dict[str, str]:
    return {
        "vendor": vendor, "number": number, "issue_date": issued, "due_date": due, "currency": "EUR", "total": total,
    }  # fmt: skip


def _ours(customer: str, number: str, issued: str, due: str, total: str) -> dict[str, str]:
    return {**_bill("Our GmbH", number, issued, due, total), "buyer": customer}


BILLS = {
    "acme": _bill("Acme GmbH", "A-101", "2025-02-03", "2025-03-05", "1249.50"),
    "logistics": _bill("Acme Logistics GmbH", "2026-071", "2025-03-07", "2025-04-07", "595.00"),
    "tools": _bill("Acme Tools Ltd", "T-905", "2025-03-01", "2025-04-15", "88.20"),
    "bau": _bill("Müller Bau GmbH", "M-188", "2025-02-01", "2025-03-28", "700.00"),
    "baeckerei": _bill("Bäckerei Müller", "BM-311", "2025-03-08", "2025-03-24", "45.60"),
    "staples": _bill("Staples", "S-770", "2025-03-04", "2025-04-04", "58.31"),
    "dhl": _bill("DHL", "D-512", "2025-03-06", "2025-03-20", "23.80"),
    "telekom-old": _bill("Telekom Deutschland GmbH", "4409", "2025-02-01", "2025-02-15", "118.00"),
    "telekom": _bill("Telekom Deutschland GmbH", "4410", "2025-03-01", "2025-03-15", "119.00"),
    "hetzner": _bill("Hetzner Online GmbH", "H-100", "2025-03-02", "2025-04-02", "1166.20"),
    "adler": _bill("Hotel Adler", "HA-244", "2025-03-09", "2025-04-09", "333.20"),
    "globex": _ours("Globex AG", "R-701", "2025-02-01", "2025-02-28", "4330.00"),
    "initech": _ours("Initech GmbH", "R-702", "2025-03-03", "2025-04-03", "892.50"),
    "corrib": _bill("Corrib Catering", "C-818", "2025-03-18", "2025-04-18", "210.00"),
    "print24": _bill("Print24 GmbH", "P-624", "2025-03-19", "2025-04-19", "141.61"),
    "krause": _bill("Steuerberatung Krause", "K-330", "2025-03-17", "2025-04-17", "2142.00"),
}
ARRIVING = ("corrib", "print24", "krause", "dhl")
"""Papers that come in while people talk; one of them is there already."""

PAPERS = {name: paper(**values) for name, values in BILLS.items()}

HISTORY = (
    (datetime(2025, 2, 18, 9, tzinfo=UTC), "olga", (
        "bills from 1000 need approval by an approver", "<acme>", "confirm", "<bau>", "confirm", "paid 200",
        "<telekom-old>", "confirm", "paid", "<globex>", "confirm", "balance",
    )),
    (datetime(2025, 2, 19, 9, tzinfo=UTC), "ada", ("approve A-101", "balance")),
    (datetime(2025, 3, 10, 9, tzinfo=UTC), "max", (
        "<tools>", "confirm", "<hetzner>", "confirm", "<initech>", "confirm", "<logistics>", "<adler>", "balance",
    )),
    (datetime(2025, 3, 10, 11, tzinfo=UTC), "ada", ("<staples>", "confirm", "<dhl>", "balance")),
    (datetime(2025, 3, 11, 9, tzinfo=UTC), "olga", ("<telekom>", "confirm", "<baeckerei>", "balance")),
)  # fmt: skip
"""Who did what, and when, before today."""

STATES = {
    "A-101": "confirmed", "2026-071": "draft", "T-905": "confirmed", "M-188": "part-paid", "BM-311": "draft",
    "S-770": "confirmed", "D-512": "draft", "4409": "paid", "4410": "confirmed", "H-100": "confirmed",
    "HA-244": "draft", "R-701": "confirmed", "R-702": "confirmed",
}  # fmt: skip
"""Where that left each bill."""

STATEMENT = (
    bank.line(12, "-64.20", "Kartenzahlung Tankstelle", counterparty="Aral"),
    bank.line(13, "892.50", "Zahlung Initech", counterparty="Initech GmbH"),
    bank.line(14, "-119.00", "Rechnung", counterparty="Telekom Deutschland GmbH"),
)


@dataclass(frozen=True)
class Button:
    """A button of ours that still stands in a conversation."""

    reply: str
    id: str
    label: str


class ChaosDesk(Desk):
    """The desk at which several people talk, each message a minute after the one before; replies are delivered."""

    def __init__(self, database: Database, store: DocumentStore, first: int = 1) -> None:
        self.database, self.store, self.now = database, store, NOW
        self.statuses: list[str] = []
        self.said = first
        self.read_by(BankPapers(PAPERS))

    async def tell(self, who: str, where: str, said: str = "", *, button: Button | None = None) -> tuple[Reply, ...]:
        """What is answered to words, a paper ("<acme>"), or a pressed button."""
        self.said += 1
        self.now += timedelta(minutes=1)
        values: dict[str, object] = {"text": said}
        if button:
            values = {"choice": button.id, "answers": button.reply}
        elif said == "<statement>":
            values = {"attachments": (Attachment("march.xml", sha256=await self.store.put(bank.camt053(STATEMENT))),)}
        elif said.startswith("<"):
            name = said.strip("<>")
            values = {"attachments": (Attachment(f"{name}.jpg", "image/jpeg", await self.store.put(name.encode())),)}
        key = f"terminal:{where}-{self.said}"
        message = Message(key, "terminal", where, address(who), self.now, who.capitalize(), **values)  # type: ignore[arg-type]
        replies = await self.conversation.respond(message)
        with self.database.transaction() as session:
            for n, reply in enumerate(replies):
                deliveries.record_delivery(
                    session, key=reply_key(key, n), channel="terminal", conversation=where,
                    sent_id=reply_key(key, n), bill_id=reply.bill, final=True, now=self.now,
                )  # fmt: skip
        return replies

    @property
    def last_key(self) -> str:
        """The end of the key of the message that was said last."""
        return f"-{self.said}"


def address(who: str) -> str:
    """What the terminal knows somebody by."""
    return "owner" if who == "olga" else who


def quick(database: Database) -> Database:
    """The database, which does not wait for the disk: a test's ledger needs to outlive nothing."""

    def connected(connection, _record):  # type: ignore[no-untyped-def]
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = MEMORY")

    event.listen(database.engine, "connect", connected)
    return database


async def found_company(database: Database, folder: Path) -> None:
    """Does in the empty ledger all that was done before today."""
    with database.transaction() as session:
        owner = people.ensure_owner(session, "Olga", [("terminal", "owner")], HISTORY[0][0])
        describe(session, name="Our GmbH")
        opening = double_entry.opening("opening", date(2025, 1, 1), account="bank", balance=Money(1240000, "EUR"))
        booking.post(session, opening, person_id=None, now=HISTORY[0][0])
        for name, role in list(PEOPLE.items())[1:]:
            code = people.invite(session, name.capitalize(), invited_by=owner.id, now=HISTORY[0][0])
            person = people.redeem(session, code, "terminal", name, HISTORY[0][0], name)
            assert person is not None
            people.appoint(session, person, role, by=owner.id, now=HISTORY[0][0])
        trust_members(session)
    with database.transaction() as session:
        accounts.account(session, "bank").iban = bank.IBAN
    desk = ChaosDesk(database, DocumentStore(folder, bytes(32)))
    for at, who, lines in HISTORY:
        desk.now = at
        for said in lines:
            await desk.tell(who, who, said)
    await desk.tell("olga", "olga", "<statement>")
    await desk.tell("olga", "olga", "balance")
