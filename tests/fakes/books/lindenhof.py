"""The books of Lindenhof GmbH, Berlin, on Wednesday 10 June 2026.

All is booked through the functions of storage, in the order in which it happened. Bank and cash have
told balances, and so has an account in dollars.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

from sqlmodel import Session, select

from storage.approvals import approval_rules, approvals
from storage.bank import bank_accounts, opening_balances
from storage.bills import bill_drafts, lifecycle
from storage.db.database import Database
from storage.documents import document_register
from storage.documents.document_store import DocumentStore
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Bill, Decision, Role, Side
from storage.payments import bill_payments
from storage.people import people
from storage.people.company import describe
from tests.fakes.books.desk import Desk
from tests.fakes.books.lindenhof_bills import BEGIN, BILLS, DOLLARS, IBANS, KRAUSE, OPENING, OURS, Settlement, Sheet
from tests.fakes.books.small_company import evidence

NOW = datetime(2026, 6, 10, 8, 0, tzinfo=UTC)

Step = Callable[[Session, dict[str, int], datetime], None]
"""Something that was done with a bill, by the ids of the staff, at a time."""


def set_up(database: Database) -> None:
    """Books everything into an empty ledger, in the order in which it happened."""
    with database.transaction() as session:
        accounts.ensure_chart(session)
        staff = _staff(session)
        describe(session, name=OURS, country="DE")
        _accounts(session, staff["Olga"])
        steps = [step for one in BILLS for step in _steps(one)]
        for at, take in sorted(steps, key=lambda step: step[0]):
            take(session, staff, at)


def keep_originals(store: DocumentStore) -> None:
    """Puts the originals of all bills into the store."""
    for one in BILLS:
        store.keep(_original(one))


def desk(database: Database, store: DocumentStore) -> Desk:
    """A desk at which it is 10 o'clock on 10 June 2026; Olga, Anna and Max write as "owner", "anna" and "max"."""
    opened = Desk(database, store, {})
    opened.now = NOW
    return opened


def _original(one: Sheet) -> bytes:
    return f"{one.party} {one.number}".encode()


def _staff(session: Session) -> dict[str, int]:
    """Olga owns the company, Anna approves, Max is a member. Their ids."""
    began = _at(BEGIN)
    owner = people.ensure_owner(session, "Olga", [("terminal", "owner")], began)
    known = {"Olga": owner.id}
    for name in ("Anna", "Max"):
        code = people.invite(session, name, invited_by=owner.id, now=began)
        joined = people.redeem(session, code, "terminal", name.casefold(), began)
        assert joined is not None
        if name == "Anna":
            people.appoint(session, joined, Role.APPROVER, by=owner.id, now=began)
        known[name] = joined.id
    least = Money(200_000, "EUR")
    approval_rules.require(session, least, steps=1, role=Role.APPROVER, category=None, person_id=owner.id, now=began)
    return known


def _accounts(session: Session, owner: int) -> None:
    began = _at(BEGIN)
    for code, minor in OPENING.items():
        if code == DOLLARS:
            bank_accounts.add(
                session, "Dollar account", cash=False, iban=None, currency="USD", person_id=owner, now=began
            )
        balance = Money(minor, "USD" if code == DOLLARS else "EUR")
        key = f"terminal:opening-{code}"
        opening_balances.open_with(session, code, balance, key=key, on=BEGIN, person_id=owner, now=began)


def _steps(one: Sheet) -> Iterator[tuple[datetime, Step]]:
    """What was done with a bill, and when: sent, confirmed by Anna, approved by her where that is needed, paid."""
    sent = _at(one.issued)
    yield sent, partial(_send, one)
    if one.draft:
        return
    yield sent + timedelta(hours=2), partial(_confirm, one)
    if one.needs_approval and one.party != KRAUSE:
        yield sent + timedelta(hours=4), partial(_approve, one)
    for n, part in enumerate(one.paid):
        yield _at(part.on) + timedelta(hours=8), partial(_pay, one, part, n)


def _send(one: Sheet, session: Session, staff: dict[str, int], at: datetime) -> None:
    file = document_register.register(
        session,
        sha256=hashlib.sha256(_original(one)).hexdigest(),
        name=f"{one.number}.pdf",
        media_type="application/pdf",
        sent_by=staff[one.sent_by],
        message_key=_key(one),
        now=at,
    )
    bill = bill_drafts.draft(
        session,
        key=_key(one),
        document=file,
        kind="credit_note" if one.credit_note else "invoice",
        evidence=evidence(**_read(one)),
        person_id=staff[one.sent_by],
        now=at,
    )
    assert bill.duplicate_of is None, f"{one.number} is taken for a duplicate"


def _confirm(one: Sheet, session: Session, staff: dict[str, int], at: datetime) -> None:
    lifecycle.confirm(session, _id(session, one), key=_key(one), person_id=staff["Anna"], now=at)


def _approve(one: Sheet, session: Session, staff: dict[str, int], at: datetime) -> None:
    approvals.decide(session, _id(session, one), Decision.APPROVED, key=_key(one), person_id=staff["Anna"], now=at)


def _pay(one: Sheet, part: Settlement, n: int, session: Session, staff: dict[str, int], at: datetime) -> None:
    amount = Money(one.total if part.minor is None else part.minor, one.currency)
    bill_payments.pay(
        session,
        _id(session, one),
        key=f"{_key(one)}-{n}",
        on=part.on,
        amount=amount,
        account=part.account,
        person_id=staff["Olga"],
        now=at,
    )


def _id(session: Session, one: Sheet) -> int:
    return session.exec(select(Bill.id).where(Bill.key == _key(one))).one()


def _key(one: Sheet) -> str:
    return f"terminal:sent-{one.number}"


def _read(one: Sheet) -> dict[str, str | None]:
    """What was read on it."""
    return {
        "side": Side.RECEIVABLE if one.ours else Side.PAYABLE,
        "vendor": OURS if one.ours else one.party,
        "buyer": one.party if one.ours else OURS,
        "number": one.number,
        "issue_date": one.issued.isoformat(),
        "due_date": one.due.isoformat() if one.due else None,
        "currency": one.currency,
        "subtotal": str(Money(one.net, one.currency).decimal),
        "tax": str(Money(one.total - one.net, one.currency).decimal),
        "total": str(Money(one.total, one.currency).decimal),
        "category": None if one.ours else one.category,
        "iban": IBANS.get(one.party),
    }


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, 30, tzinfo=UTC)
