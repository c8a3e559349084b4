"""Two processes that do the same thing at the same moment: one does it, the other finds it done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import TypeVar

from sqlmodel import Session, func, select

from handlers.messages import Message
from storage.bills import amendments, lifecycle
from storage.bills.bill_drafts import draft
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.errors import LedgerError, WrongState
from storage.ledger import booking, double_entry
from storage.ledger.money import Money
from storage.messages import chat_log, conversations, idempotency
from storage.messages.own_keys import Speaker
from storage.models import Bill, BillState, Entry, Person, Posting, Vendor
from storage.payments import bill_payments
from storage.people import people
from tests.fakes.books.desk import Desk, paper
from tests.fakes.books.small_company import ACME, NOW, TODAY, document, evidence, invoice

T = TypeVar("T")


def at_once(database: Database, *steps: Callable[[Session], T]) -> list[T | LedgerError]:
    """What each step answers when all are begun at the same moment, each on a connection of its own."""
    barrier = Barrier(len(steps))

    def take(step: Callable[[Session], T]) -> T | LedgerError:
        barrier.wait(30)
        try:
            with database.transaction() as session:
                return step(session)
        except LedgerError as error:
            return error

    with ThreadPoolExecutor(len(steps)) as threads:
        return list(threads.map(take, steps))


def count(database: Database, table: type) -> int:
    with database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_two_people_confirm(database: Database, anna: int) -> None:
    with database.transaction() as session:
        bill = invoice(session, anna).id
    answers = at_once(
        database,
        *(
            lambda session, key=key: lifecycle.confirm(session, bill, key=key, person_id=anna, now=NOW).state
            for key in ("anna", "bert", "carl")
        ),
    )
    assert answers.count(BillState.CONFIRMED) == 1
    assert sum(isinstance(answer, WrongState) for answer in answers) == 2
    assert count(database, Entry) == 1


def test_two_people_pay(database: Database, anna: int) -> None:
    with database.transaction() as session:
        bill = lifecycle.confirm(session, invoice(session, anna).id, key="c", person_id=anna, now=NOW).id
    who = {"on": TODAY, "person_id": anna, "now": NOW, "amount": Money.of("1000", "EUR")}
    answers = at_once(
        database,
        *(lambda session, key=key: bill_payments.pay(session, bill, key=key, **who).bill.id for key in ("a", "b")),
    )
    # 1,249.50 is open: only one payment of 1,000.00 fits
    assert answers.count(bill) == 1 and sum(isinstance(answer, LedgerError) for answer in answers) == 1
    with database.reading() as session:
        assert lifecycle.find(session, bill).open_minor == 24950


def test_a_correction_and_a_confirmation(database: Database, anna: int) -> None:
    with database.transaction() as session:
        bill = invoice(session, anna).id
    at_once(
        database,
        lambda session: lifecycle.confirm(session, bill, key="c", person_id=anna, now=NOW).id,
        lambda session: len(
            amendments.amend(session, bill, {"total": "1294.50"}, message_key="m", person_id=anna, now=NOW)
        ),
    )
    with database.reading() as session:
        found = lifecycle.find(session, bill)
        assert (found.total_minor, found.open_minor) == (129450, 129450)
        assert booking.balance_of_bill(session, bill, double_entry.PAYABLE) == -129450


def test_the_same_invoice_is_sent_by_two_people(database: Database, anna: int) -> None:
    def send(session: Session, vendor: str) -> BillState:
        file = document(session, anna)
        read = evidence(vendor=vendor, number="7", total="1.00", currency="EUR")
        return draft(session, key=vendor, document=file, kind="invoice", evidence=read, person_id=anna, now=NOW).state

    answers = at_once(database, lambda s: send(s, "Acme GmbH"), lambda s: send(s, "ACME"))
    assert sorted(answers) == [BillState.DRAFT, BillState.HELD]
    assert count(database, Vendor) == 1


def test_the_same_message_is_drafted_booked_and_posted_twice(database: Database, anna: int) -> None:
    file = f"{99:064x}"
    opening = double_entry.opening("opening", TODAY, account="bank", balance=Money.of("1", "EUR"))

    def again(session: Session) -> int:
        booking.post(session, opening, person_id=anna, now=NOW)
        chat_log.write_post(session, key="p", channel="web", conversation="c", message=None, reply="r", now=NOW)
        conversations.set_focus(session, "web", "c")
        return draft(
            session,
            key="k",
            document=document(session, anna, file),
            kind="invoice",
            evidence={},
            person_id=anna,
            now=NOW,
        ).id

    answers = at_once(database, again, again, again)
    assert len(set(answers)) == 1
    assert (count(database, Bill), count(database, Entry), count(database, Posting)) == (1, 1, 2)


def test_a_message_is_served_by_one_of_two_workers(database: Database) -> None:
    def serve(session: Session) -> str:
        if (replies := idempotency.served(session, "web:1", Speaker("web", "c", "c"))) is not None:
            return f"again {replies}"
        idempotency.record_served(
            session, key="web:1", channel="web", conversation="c", person_id=None, replies="[]", now=NOW
        )
        return "served"

    assert sorted(at_once(database, serve, serve)) == ["again []", "served"]


def test_a_code_is_redeemed_by_one_of_two_strangers(database: Database, anna: int) -> None:
    with database.transaction() as session:
        code = people.invite(session, "Bert", invited_by=anna, now=NOW)
    answers = at_once(
        database,
        *(
            lambda session, address=address: people.redeem(session, code, "slack", address, NOW + timedelta(days=1))
            for address in ("U1", "U2")
        ),
    )
    assert answers.count(None) == 1
    assert count(database, Person) == 2


def test_two_undos_take_one_thing_back(database: Database, tmp_path: Path) -> None:
    desk = Desk(database, DocumentStore(tmp_path / "documents", bytes(32)), {"acme": paper(**ACME)})
    for said in ("<acme>", "confirm", "paid"):
        asyncio.run(desk.say(said))

    def undo(session: Session, n: int) -> str:
        said = Message(f"terminal:undo-{n}", "terminal", "owner", "owner", NOW, text="undo")
        return "\n".join(reply.text for reply in desk.conversation._serve(session, said, ()))

    answers = sorted(map(str, at_once(database, *(lambda session, n=n: undo(session, n) for n in range(4)))))
    assert [answer.partition("?")[0] for answer in answers[:3]] == ["Shall I take this back"] * 3, answers
    assert answers[3].startswith("Taken back: the payment of")
    with database.reading() as session:
        assert session.exec(select(Bill)).one().state is BillState.CONFIRMED
