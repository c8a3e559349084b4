"""What of a period counts for VAT: postings by their treatment, of what is booked or of what is paid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, or_

from storage.db.lists import one_of
from storage.ledger import booking, double_entry, tax_codes, vat
from storage.ledger.double_entry import Leg
from storage.ledger.money import Money
from storage.ledger.tax_codes import TaxCode
from storage.ledger.vat_countries import VatReturnForm
from storage.models import Account, AccountType, Entry, EntryKind, Posting, Side
from storage.reports.spending import Period

Kind = Literal["base", "owed", "deducted"]
SETTLING = (EntryKind.PAYMENT, EntryKind.ALLOCATION)
PROMPT = ("K", "AE", "G")
"""Sales that are reported when they are invoiced, also on cash basis (§ 18b UStG)."""


@dataclass(frozen=True)
class TaxedRow:
    """An amount of a bill for VAT: without tax ("base"), tax that is owed, or tax that is deducted; positive as it is
    declared. `code` is None for what was booked before treatments were, where its amounts do not tell either."""

    bill: int
    code: TaxCode | None
    kind: Kind
    amount: Money
    on: date


@dataclass(frozen=True)
class _Posted:
    entry: int
    kind: EntryKind
    bill: int
    leg: Leg
    on: date


def taxed_rows(session: Session, span: Period, form: VatReturnForm, basis: str) -> list[TaxedRow]:
    """The rows of a period, `basis` "accrual" or "cash"."""
    waiting = form.cash if basis == "cash" else ()
    rows = []
    for entry in _entries(_posted(session, span)):
        booked = _rows([one.leg for one in entry], entry[0].bill, entry[0].on, form)
        # A discount is of the payment that it comes with, and counts with it.
        rows += booked if entry[0].kind in SETTLING else [row for row in booked if not _waits(row.code, waiting)]
    return rows + [row for side in waiting for row in _paid(session, span, form, side)]


def _posted(session: Session, span: Period) -> Iterator[_Posted]:
    """What stands in the period on accounts of income, costs and VAT, for bills, by entry and bill; a reversal is of
    the
    kind of what it reverses."""
    undone = aliased(Entry)
    taxes = [*double_entry.INPUT_TAXES, *double_entry.OUTPUT_TAXES]
    counted = or_(
        col(Account.type).in_((AccountType.INCOME, AccountType.EXPENSE)),
        col(Account.code).in_(taxes),
        *(col(Account.code).startswith(f"{tax}:", autoescape=True) for tax in taxes),
    )
    query: Any = (
        sa_select(Posting, col(Account.code), col(Entry.kind), col(undone.kind))
        .join(Account, col(Account.id) == col(Posting.account_id))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .join(undone, col(undone.id) == col(Entry.reverses), isouter=True)
        .where(col(Posting.booked_on).between(span.since, span.until), col(Posting.bill_id).is_not(None), counted)
        .order_by(col(Posting.booked_on), col(Posting.entry_id), col(Posting.bill_id), col(Posting.id))
    )
    for posting, code, kind, reversed_kind in session.execute(query).all():
        leg = Leg(
            code, Money(posting.amount_minor, posting.currency), posting.bill_id, posting.party_id, posting.tax_code
        )
        yield _Posted(posting.entry_id, reversed_kind or kind, posting.bill_id, leg, posting.booked_on)


def _entries(posted: Iterable[_Posted]) -> list[list[_Posted]]:
    found: dict[tuple[int, int], list[_Posted]] = defaultdict(list)
    for one in posted:
        found[one.entry, one.bill].append(one)
    return list(found.values())


def _rows(legs: Sequence[Leg], bill: int, on: date, form: VatReturnForm) -> list[TaxedRow]:
    """The legs of one bill in one entry as rows."""
    told = [leg for leg in legs if leg.tax is not None]
    rows = [_row(leg, bill, on, tax_codes.parse(leg.tax)) for leg in told if leg.tax]
    untold = [leg for leg in legs if leg.tax is None]
    code = _code_before(untold, on, form) if not told else None
    side = code.side if code else None
    return rows + [_row(leg, bill, on, code, side) for leg in untold]


def _row(leg: Leg, bill: int, on: date, code: TaxCode | None, side: Side | None = None) -> TaxedRow:
    kind, sign = _kind(leg.account)
    side = code.side if code else side
    if kind == "base" and side is Side.RECEIVABLE:
        sign = -1
    return TaxedRow(bill, code, kind, leg.amount if sign == 1 else -leg.amount, on)


def _kind(account: str) -> tuple[Kind, int]:
    family = account.partition(":")[0]
    if family in double_entry.INPUT_TAXES:
        return "deducted", 1
    return ("owed", -1) if family in double_entry.OUTPUT_TAXES else ("base", 1)


def _code_before(legs: Sequence[Leg], on: date, form: VatReturnForm) -> TaxCode | None:
    """The treatment of what was booked before treatments were: its account of VAT names the rate, and the amounts
    agree."""
    taxes = [leg for leg in legs if double_entry.is_vat(leg.account)]
    rest = [leg for leg in legs if not double_entry.is_vat(leg.account)]
    if len(taxes) != 1 or not rest:
        return None
    family, _, rate = taxes[0].account.partition(":")
    net = sum((leg.amount for leg in rest), Money(0, taxes[0].amount.currency))
    legal = form.rates_on(on)
    if not rate or (legal and rate not in legal.rates) or not vat.is_tax_of(net, rate, taxes[0].amount):
        return None
    side = Side.PAYABLE if family == double_entry.INPUT_VAT else Side.RECEIVABLE
    return TaxCode(side, "S", rate, "domestic")


def _waits(code: TaxCode | None, waiting: Sequence[Side]) -> bool:
    """Whether an amount counts when it is paid."""
    return code is not None and code.side in waiting and not _is_prompt(code)


def _is_prompt(code: TaxCode) -> bool:
    """Whether it counts at its invoice whatever the basis: also what we owe ourselves, and what nobody knows."""
    return code.category in ((*PROMPT, tax_codes.UNCERTAIN) if code.side is Side.RECEIVABLE else ("K", "AE", "?"))


def _paid(session: Session, span: Period, form: VatReturnForm, side: Side) -> Iterator[TaxedRow]:
    """Of each payment in the period, what of its bill it paid. Parts of several payments make the whole to the cent."""
    control = (double_entry.CONTROL_ACCOUNT[side], *((double_entry.STAFF,) if side is Side.PAYABLE else ()))
    for bill, payments in _payments(session, span, control).items():
        confirmed = booking.entries_in_force(session, bill, EntryKind.CONFIRMATION)
        if not confirmed:
            continue
        legs = booking.draft_of(session, confirmed[-1]).legs
        whole = -sum(leg.amount.minor for leg in legs if leg.account in control)
        rows = _rows([leg for leg in legs if leg.account not in control], bill, confirmed[-1].booked_on, form)
        for row in rows:
            if not _waits(row.code, (side,)):
                continue
            paid = 0
            for on, minor in payments:
                before, paid = paid, paid + minor
                part = vat.pro_rata(row.amount, paid, whole) - vat.pro_rata(row.amount, before, whole)
                if span.since <= on and part.minor:
                    yield TaxedRow(bill, row.code, row.kind, part, on)


def _payments(session: Session, span: Period, control: Sequence[str]) -> dict[int, list[tuple[date, int]]]:
    """Of each bill on which something was paid in the period, all payments until its end: days and minor units, debit
    positive, as they stand on the account that says what is open."""
    undone = aliased(Entry)
    settling = or_(col(Entry.kind).in_(SETTLING), col(undone.kind).in_(SETTLING))
    query: Any = (
        sa_select(col(Posting.bill_id), col(Posting.booked_on), col(Posting.amount_minor))
        .join(Account, col(Account.id) == col(Posting.account_id))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .join(undone, col(undone.id) == col(Entry.reverses), isouter=True)
        .where(col(Account.code).in_(control), settling, col(Posting.bill_id).is_not(None))
        .order_by(col(Posting.booked_on), col(Posting.id))
    )
    meant = {
        bill for bill, _, _ in session.execute(query.where(col(Posting.booked_on).between(span.since, span.until)))
    }
    found: dict[int, list[tuple[date, int]]] = defaultdict(list)
    until = query.where(col(Posting.booked_on) <= span.until, one_of(Posting.bill_id, sorted(meant)))
    for bill, on, minor in session.execute(until).all():
        found[bill].append((on, minor))
    return found
