"""Whatever people do with bills, in whatever order and however often repeated, the books hold."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from itertools import count
from string import ascii_lowercase
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlmodel import Session, col, func, select

from storage.bills import amendments, duplicates, lifecycle, setting_aside
from storage.db.database import Database
from storage.errors import LedgerError
from storage.ledger import accounts, booking
from storage.ledger.double_entry import PAYABLE
from storage.ledger.money import Money
from storage.models import Account, Bill, BillState, Entry, EntryKind, Posting
from storage.payments import bill_payments
from tests.fakes.books.small_company import NOW, TODAY, invoice, owner

Step = Callable[[Session], Any]
AMOUNTS = st.sampled_from(["0.01", "99.99", "100.00", "1249.50"])
PAYMENTS = st.sampled_from(["0.01", "10.00", "100.00", None])
_keys = count(1)
KEYS = st.builds(lambda: f"key:{next(_keys)}")


class Books(RuleBasedStateMachine):
    """Every rule takes one step twice under the same key; then invariants look at all that was booked."""

    drafts: Bundle[int] = Bundle("drafts")

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database, self.person = database, owner(database)
        # A vendor of its own, so that the bills of earlier runs are no duplicates of this one's.
        self.vendor = "".join(random.Random(next(_keys)).choices(ascii_lowercase, k=16))
        with database.reading() as session:
            self.seen = postings(session)
            self.first_entry = session.exec(select(func.coalesce(func.max(Entry.id), 0))).one()
            self.first_bill = session.exec(select(func.coalesce(func.max(Bill.id), 0))).one()

    def take(self, step: Step) -> None:
        """Takes a step twice, as after a crash; refusals are answers too, and must leave no trace."""
        before = after = None
        for attempt in range(2):
            with self.database.transaction() as session:
                before = everything(session)
                try:
                    step(session)
                    refused = False
                except LedgerError:
                    refused = True
                session.flush()
                session.expire_all()
                after = everything(session)
            assert before == after or (attempt == 0 and not refused)

    @rule(
        target=drafts,
        total=AMOUNTS,
        tax=st.sampled_from([None, "0.01", "5.00"]),
        currency=st.sampled_from(["EUR", "EUR", "EUR", "USD", None]),
        number=st.sampled_from(["1", "2", "3", "4", "5", "6", None]),
        issue_date=st.dates(date(2025, 1, 1), date(2025, 3, 31)).map(date.isoformat),
        kind=st.sampled_from(["invoice", "invoice", "credit_note"]),
        key=st.none() | KEYS,
    )
    def draft(self, key: str | None, **values: Any) -> Any:
        """A bill that came in, and which somebody (with `key`) confirms at once."""
        with self.database.transaction() as session:
            bill = invoice(session, self.person, vendor=self.vendor, **values).id
        if key:
            self.take(lambda session: lifecycle.confirm(session, bill, key=key, person_id=self.person, now=NOW))
        return multiple(bill)

    @rule(bill=drafts)
    def confirm(self, bill: int) -> None:
        key = f"key:{next(_keys)}"
        self.take(lambda session: lifecycle.confirm(session, bill, key=key, person_id=self.person, now=NOW))

    @rule(bill=drafts)
    def unconfirm(self, bill: int) -> None:
        key = f"key:{next(_keys)}"
        self.take(lambda session: lifecycle.unconfirm(session, bill, key=key, person_id=self.person, now=NOW))

    @rule(bill=drafts, amount=PAYMENTS, account=st.sampled_from(["bank", "cash"]))
    def pay(self, bill: int, amount: str | None, account: str) -> None:
        key, paid = f"key:{next(_keys)}", None if amount is None else Money.of(amount, "EUR")
        who = {"person_id": self.person, "now": NOW}
        self.take(lambda s: bill_payments.pay(s, bill, key=key, amount=paid, account=account, on=TODAY, **who))

    @rule(bill=drafts)
    def unpay(self, bill: int) -> None:
        key = f"key:{next(_keys)}"
        self.take(lambda session: bill_payments.unpay(session, bill, key=key, person_id=self.person, now=NOW))

    @rule(bill=drafts)
    def void(self, bill: int) -> None:
        self.take(lambda session: setting_aside.void(session, bill, person_id=self.person, now=NOW))

    @rule(bill=drafts, total=AMOUNTS, tax=st.sampled_from([None, "0.00", "5.00"]), undo=st.booleans())
    def amend_amounts(self, bill: int, total: str, tax: str | None, undo: bool) -> None:
        self.amend(bill, {"total": total, "tax": tax}, undo)

    @rule(
        bill=drafts,
        change=st.tuples(st.just("currency"), st.sampled_from(["EUR", "USD", "JPY", None]))
        | st.tuples(st.just("issue_date"), st.sampled_from(["2025-01-01", "2025-02-02", None]))
        | st.tuples(st.just("vendor"), st.sampled_from(["Acme Ltd", "Zenith", None])),
        undo=st.booleans(),
    )
    def amend_other(self, bill: int, change: tuple[str, str | None], undo: bool) -> None:
        self.amend(bill, dict([change]), undo)

    def amend(self, bill: int, changes: dict[str, str | None], undo: bool) -> None:
        key, who = f"key:{next(_keys)}", {"person_id": self.person, "now": NOW}
        with self.database.reading() as session:
            before = standing(session, bill)
        self.take(lambda session: amendments.amend(session, bill, changes, message_key=key, **who))
        if undo:
            self.take(lambda session: amendments.undo(session, key, **who))
            with self.database.reading() as session:
                assert standing(session, bill) == before

    @rule(bill=drafts, choice=st.sampled_from([duplicates.keep_both, duplicates.replace_existing]))
    def decide(self, bill: int, choice: Callable[..., Bill]) -> None:
        self.take(lambda session: choice(session, bill, person_id=self.person, now=NOW))

    @invariant()
    def every_entry_sums_to_zero(self) -> None:
        with self.database.reading() as session:
            sums: dict[tuple[int, str], int] = defaultdict(int)
            for posting in session.exec(select(Posting).where(Posting.entry_id > self.first_entry)).all():
                sums[posting.entry_id, posting.currency] += posting.amount_minor
            assert set(sums.values()) <= {0}
            assert {entry for entry, _ in sums} == set(
                session.exec(select(Entry.id).where(Entry.id > self.first_entry)).all()
            )
            assert all(trial.debit == trial.credit for trial in accounts.trial_balance(session).values())

    @invariant()
    def no_posting_was_changed_or_deleted(self) -> None:
        with self.database.reading() as session:
            now = postings(session)
        assert now[: len(self.seen)] == self.seen
        self.seen = now

    @invariant()
    def a_reversal_leaves_no_trace_in_any_account(self) -> None:
        with self.database.reading() as session:
            for entry in session.exec(
                select(Entry).where(col(Entry.reverses).is_not(None), Entry.id > self.first_entry)
            ).all():
                undone = session.get(Entry, entry.reverses)
                assert undone is not None and undone.booked_on == entry.booked_on
                legs = booking.draft_of(session, undone).legs
                opposite = booking.draft_of(session, entry).legs
                assert [(leg.account, -leg.amount) for leg in legs] == [(leg.account, leg.amount) for leg in opposite]

    @invariant()
    def the_open_amount_is_the_total_less_payments_and_the_balance_of_payable(self) -> None:
        with self.database.reading() as session:
            for bill in session.exec(select(Bill).where(Bill.id > self.first_bill)).all():
                sign = 1 if lifecycle.is_credit_note(bill) else -1
                assert bill.open_minor == sign * booking.balance_of_bill(session, bill.id, PAYABLE)
                if bill.state not in lifecycle.BOOKED:
                    assert bill.open_minor == 0
                    continue
                paid = sum(
                    abs(booking.draft_of(session, entry).legs[0].amount.minor)
                    for entry in booking.entries_in_force(session, bill.id, EntryKind.PAYMENT)
                )
                assert bill.open_minor == (bill.total_minor or 0) - paid
                assert (bill.state is BillState.PAID) == (bill.open_minor == 0)
                assert (bill.state is BillState.CONFIRMED) == (paid == 0)


def test_the_books_hold_whatever_people_do(database: Database) -> None:
    run_state_machine_as_test(
        lambda: Books(database),
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            phases=[Phase.reuse, Phase.generate],  # shrinking takes minutes on PostgreSQL: add it to study a failure
            suppress_health_check=list(HealthCheck),
        ),
    )


def postings(session: Session) -> list[tuple[int, int, str, int, str]]:
    query = select(Posting.id, Posting.entry_id, Account.code, Posting.amount_minor, Posting.currency)
    query = query.join(Account, col(Account.id) == col(Posting.account_id))
    return [tuple(row) for row in session.exec(query.order_by(col(Posting.id))).all()]


def standing(session: Session, bill_id: int) -> tuple[Any, ...]:
    """All that undoing must restore: the bill's values, and what every account holds.

    What a person said again as it was read is certain afterwards, and stays so. Whether a bill is held is judged anew
    with each correction, for the bill that it looked like may have changed as well.
    """
    held = [balance for balance in accounts.balances(session) if balance.amount.minor]
    bill = lifecycle.find(session, bill_id)
    said = {name: found["value"] for name, found in bill.evidence.items()}
    in_ledger = bill.state not in (BillState.HELD, BillState.DRAFT) and bill.state
    return bill.model_dump(exclude={"evidence", "state", "duplicate_of"}), in_ledger, said, held


def everything(session: Session) -> tuple[Any, ...]:
    bills_now = [bill.model_dump() for bill in session.exec(select(Bill).order_by(col(Bill.id))).all()]
    return bills_now, postings(session)
