"""The VAT return of a period, by the boxes of its form, each figure with the bills behind it, and what is doubtful
beside.

On accrual basis what was booked in the period counts; on cash basis, of the sides that the form names, what was paid
of it,
each payment in proportion. Amounts of another currency are converted at their day's rate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Literal

from sqlmodel import Session

from storage.ledger import accounts, double_entry, exchange_rates
from storage.ledger.money import Money
from storage.ledger.tax_codes import UNCERTAIN, TaxCode
from storage.ledger.vat_countries import Box, VatReturnForm
from storage.reports.spending import Period
from storage.reports.vat_rows import TaxedRow, taxed_rows

Reason = Literal["untold", "place", "rate", "old", "currency"]
"""Why a bill is beside the figures: nothing says how it is treated; where the other party is, its rate, or its exchange
rate is unknown; or it was booked before treatments were, in a way that tells nothing."""


@dataclass(frozen=True)
class Figure:
    """What a box says: `base` without VAT and `tax`, zero where it has none; `parts` are those of each bill behind
    it."""

    box: Box
    base: Money
    tax: Money
    parts: tuple[tuple[int, tuple[Money, Money]], ...]

    @property
    def bills(self) -> tuple[int, ...]:
        """The ids of the bills behind it."""
        return tuple(bill for bill, _ in self.parts)

    @property
    def declared(self) -> Decimal:
        """The base as it is declared: in whole units, what is beyond them dropped, where the form has it so."""
        return self.base.decimal.quantize(Decimal(1), ROUND_DOWN) if self.box.whole else self.base.decimal


@dataclass(frozen=True)
class Doubtful:
    """A bill that is not, or not wholly, in the figures: `amount` of it, without VAT where that is known."""

    bill: int
    amount: Money
    reason: Reason


@dataclass(frozen=True)
class VatReturn:
    """`result` is the tax owed less what is deducted; `advances` what customers paid ahead in the period without a
    bill,
    which may be taxed already."""

    form: VatReturnForm
    figures: tuple[Figure, ...]
    result: Money
    doubtful: tuple[Doubtful, ...]
    advances: tuple[Money, ...]

    def figure(self, number: str) -> Figure | None:
        """The figure of a box, by either of its numbers; None where the form has no such box."""
        wanted = number.upper()
        return next((one for one in self.figures if wanted in (one.box.number, one.box.tax_number)), None)


def vat_return(session: Session, span: Period, form: VatReturnForm, basis: str, currency: str) -> VatReturn:
    """The return of the days of `span`. `basis` is "accrual" or "cash"; `currency` the company's own, for a form that
    has
    none."""
    unit = form.currency or currency
    rows, doubtful = _converted(session, taxed_rows(session, span, form, basis), form, unit)
    boxes = [_figure(box, rows, form, unit) for box in form.boxes if not box.sum]
    by_number = {one.box.number: one for one in boxes}
    figures = [by_number.get(box.number) or _sum_of(box, by_number, unit) for box in form.boxes]
    zero = Money(0, unit)
    owed = sum((one.tax for one in boxes if one.box.tax == "owed"), zero)
    deducted = sum((one.tax for one in boxes if one.box.tax == "deducted"), zero)
    return VatReturn(form, tuple(figures), owed - deducted, _listed(doubtful), _advances(session, span))


def _converted(
    session: Session, rows: Iterable[TaxedRow], form: VatReturnForm, unit: str
) -> tuple[list[TaxedRow], list[tuple[TaxedRow, Reason]]]:
    """What stands in boxes, in the form's currency; and what should and cannot."""
    found: list[TaxedRow] = []
    doubtful: list[tuple[TaxedRow, Reason]] = []
    for row in rows:
        if (reason := _unboxed(row.code, form)) is not None:
            doubtful.append((row, reason))
        elif row.code is None or not any(_is_meant(row, box, form) for box in form.boxes):
            continue
        elif (amount := exchange_rates.try_convert(session, row.amount, unit, row.on)) is None:
            doubtful.append((row, "currency"))
        else:
            found.append(replace(row, amount=amount))
    return found, doubtful


def _unboxed(code: TaxCode | None, form: VatReturnForm) -> Reason | None:
    """Why no box is of a treatment, None where one is, or none should be."""
    if code is None:
        return "old"
    rules = [rule for box in form.boxes for rule in box.rules] + list(form.none)
    if code.category != UNCERTAIN and any(rule.fits(code, form.named_rates(rule)) for rule in rules):
        return None
    if code.category not in {known for rule in rules for known in rule.categories or ()}:
        return "untold"
    return "rate" if code.category == "S" and code.rate is None else "place"


def _is_meant(row: TaxedRow, box: Box, form: VatReturnForm) -> bool:
    return row.code is not None and any(rule.fits(row.code, form.named_rates(rule)) for rule in box.rules)


def _figure(box: Box, rows: Iterable[TaxedRow], form: VatReturnForm, unit: str) -> Figure:
    meant = [row for row in rows if _is_meant(row, box, form)]
    zero = Money(0, unit)
    sums: dict[int, tuple[Money, Money]] = {}
    for row in meant:
        base, tax = sums.get(row.bill, (zero, zero))
        if row.kind == "base" and box.base:
            base += row.amount
        elif row.kind == box.tax:
            tax += row.amount
        sums[row.bill] = base, tax
    return _figure_of(box, sums, zero)


def _figure_of(box: Box, sums: dict[int, tuple[Money, Money]], zero: Money) -> Figure:
    parts = tuple((bill, part) for bill, part in sums.items() if any(amount.minor for amount in part))
    base, tax = (sum((part[n] for _, part in parts), zero) for n in (0, 1))
    return Figure(box, base, tax, parts)


def _sum_of(box: Box, figures: dict[str, Figure], unit: str) -> Figure:
    zero = Money(0, unit)
    sums: dict[int, tuple[Money, Money]] = {}
    for bill, (_, tax) in (part for number in box.sum for part in figures[number].parts):
        sums[bill] = zero, sums.get(bill, (zero, zero))[1] + tax
    return _figure_of(box, sums, zero)


def _listed(doubtful: Iterable[tuple[TaxedRow, Reason]]) -> tuple[Doubtful, ...]:
    """One for each bill, currency and reason, where something is left of it; what has only tax to it counts as well."""
    sums: dict[tuple[int, str, Reason], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row, reason in doubtful:
        sums[row.bill, row.amount.currency, reason][row.kind] += row.amount.minor
    return tuple(
        Doubtful(bill, Money(kinds["base"], currency), reason)
        for (bill, currency, reason), kinds in sums.items()
        if any(kinds.values())
    )


def _advances(session: Session, span: Period) -> tuple[Money, ...]:
    """What came in ahead in the period and is not set against a bill, by currency."""
    moved: dict[str, int] = defaultdict(int)
    for at, sign in ((span.until, -1), (span.since - timedelta(days=1), 1)):
        for balance in accounts.balances(session, at=at, codes=(double_entry.ADVANCES,)):
            moved[balance.amount.currency] += sign * balance.amount.minor
    return tuple(Money(minor, currency) for currency, minor in sorted(moved.items()) if minor > 0)
