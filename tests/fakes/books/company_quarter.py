"""A company whose books hold a quarter, and somebody who asks about them. Today is Friday 21 March 2025."""

from __future__ import annotations

import hashlib
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.processing.dispatch import HANDLERS
from handlers.context import Asker, Context
from handlers.language.translation import Language, speaking
from handlers.last_answer import Last, following
from handlers.messages import Reply
from storage.bills import lifecycle
from storage.db.database import Database
from storage.ledger import accounts, booking, double_entry
from storage.ledger.money import Money
from storage.models import Bill, Role
from storage.payments import bill_payments
from storage.people import people
from storage.people.company import describe
from tests.fakes.books.small_company import ACME, NOW, TODAY, invoice

OWNER = "Olga"


class Company:
    """The books of "Our GmbH": 12,400 euros at the bank, and whatever a test adds."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.kept: dict[str, bytes] = {}
        self.last = Last()
        self._keys = 0
        with database.transaction() as session:
            self.owner = people.ensure_owner(session, OWNER, [("terminal", "owner")], NOW).id
            describe(session, name="Our GmbH")
            opening = double_entry.opening("opening", date(2025, 1, 1), account="bank", balance=Money(1240000, "EUR"))
            booking.post(session, opening, person_id=None, now=NOW)
            accounts.account(session, "bank").opened_on = opening.booked_on

    def bill(
        self,
        *,
        category: str | None = None,
        draft: bool = False,
        kind: str = "invoice",
        sent_by: int | None = None,
        **values: str | None,
    ) -> int:
        """A bill of Acme with some values changed, confirmed unless it is a draft; its id."""
        with self.database.transaction() as session:
            made = invoice(session, sent_by or self.owner, kind=kind, **({"subtotal": None, "tax": None} | values))
            if category:
                made.category = category
            if not draft:
                lifecycle.confirm(session, made.id, key=self._key(), person_id=self.owner, now=NOW)
            return made.id

    def acme(self) -> int:
        """The invoice of the README."""
        return self.bill(**ACME)

    def ours(self, customer: str, **values: str | None) -> int:
        """An invoice that we issued."""
        return self.bill(side="receivable", vendor="Our GmbH", buyer=customer, **values)

    def pay(self, bill: int, amount: str | None = None, on: date = TODAY, account: str = "bank") -> None:
        with self.database.transaction() as session:
            currency = session.get_one(Bill, bill).currency
            money = Money.of(amount, currency) if amount else None
            who = {"key": self._key(), "person_id": self.owner, "now": NOW}
            bill_payments.pay(session, bill, on=on, amount=money, account=account, **who)

    def ask(self, request: object, *, bill: int | None = None, language: Language = "en") -> Reply:
        """The first answer to a request; the next question may lean on it."""
        return self.ask_all(request, bill=bill, language=language)[0]

    def ask_all(self, request: object, *, bill: int | None = None, language: Language = "en") -> tuple[Reply, ...]:
        """Every answer to a request."""
        with self.database.transaction() as session, speaking(language):
            replies = HANDLERS[type(request)](session, self._context(session, bill), request)
            self.last = following(self.last, request, replies, language)
            return replies

    def _context(self, session: Session, bill: int | None) -> Context:
        return Context(
            asker=Asker(self.owner, OWNER, Role.OWNER),
            key=self._key(),
            channel="terminal",
            conversation="owner",
            now=NOW,
            today=TODAY,
            zone=ZoneInfo("Europe/Berlin"),
            currency="EUR",
            keep=self._keep,
            fetch=self.kept.__getitem__,
            bill=bill,
            last=self.last,
        )

    def _keep(self, data: bytes) -> str:
        sha256 = hashlib.sha256(data).hexdigest()
        self.kept[sha256] = data
        return sha256

    def _key(self) -> str:
        self._keys += 1
        return f"terminal:asked-{self._keys}"
