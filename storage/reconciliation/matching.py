"""Which open bills a movement of the bank may pay, with a score and the reasons. Pure: what is asked is handed in.

Points add up: what identifies a bill (its reference, its number, the payment's end-to-end id), who is on the other side
(IBAN, name), whether the amount is what is open. A match is sure only if the bill is identified, or its party by IBAN,
the amount is right to the cent, and nothing else fits as well; everything else a person is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import combinations
from typing import Any, Literal

from storage.bills.discounts import DiscountStep, holding, steps
from storage.bills.lifecycle import is_owed_by_us
from storage.ledger.money import exponent
from storage.models import Bill, Movement
from storage.reconciliation.remittance_information import RemittanceText, is_party, stands_in

Reason = Literal["order", "reference", "number", "iban", "name", "amount", "discount", "fee", "part", "sum", "date"]

POINTS: dict[Reason, int] = {
    "order": 100, "reference": 60, "number": 50, "iban": 35, "name": 25, "date": 5,
    "amount": 40, "discount": 35, "sum": 35, "fee": 15, "part": 10,
}  # fmt: skip
IDENTIFYING = frozenset[Reason]({"order", "reference", "number"})
TO_THE_CENT = frozenset[Reason]({"amount", "discount", "sum"})

LEAST = 50
"""Fewer points are not worth a question, unless the bank does not say who was on the other side."""
LEAST_UNNAMED = 40

SHORT = 5
"""A number of fewer letters and digits also stands in texts by chance: it identifies a bill only beside the party."""

DAYS_AROUND = 30
"""Days around the due date in which payments are usual."""

LARGEST_FEE, FEE_SHARE = 25, 20
"""A bank's fee is at most so many units of the currency, and at most a twentieth of the bill."""

MOST_TOGETHER, MOST_TRIED = 5, 14
"""Bills that one payment may pay without naming them, out of how many of that party."""


@dataclass(frozen=True)
class Part:
    """What of a bill is settled, in minor units of its currency; `discount` of that is never paid."""

    bill: int
    amount: int
    discount: int = 0


@dataclass(frozen=True)
class Proposal:
    """Bills that a movement may pay. `fee` (minor units) is what the bank took on top. `sure` needs nobody's word."""

    parts: tuple[Part, ...]
    score: int
    reasons: tuple[Reason, ...]
    fee: int = 0
    sure: bool = False

    @property
    def bills(self) -> tuple[int, ...]:
        """The ids of the bills, in their order."""
        return tuple(sorted(part.bill for part in self.parts))

    def to_record(self) -> dict[str, Any]:
        """As it is kept with the movement."""
        return asdict(self)

    @classmethod
    def from_record(cls, record: dict[str, Any]) -> Proposal:
        """What `to_record` made."""
        parts = tuple(Part(**part) for part in record["parts"])
        return cls(parts, record["score"], tuple(record["reasons"]), record["fee"], record["sure"])


@dataclass(frozen=True, slots=True)
class OpenBill:
    """An open bill, taken out of the database's hands for many comparisons. `out`: money is to go out for it."""

    id: int
    out: bool
    open_minor: int
    currency: str
    vendor_id: int | None
    vendor: str | None
    number: str | None
    payment_reference: str | None
    iban: str | None
    due_date: date | None
    discounts: tuple[DiscountStep, ...]
    largest_fee: int

    @classmethod
    def of(cls, bill: Bill) -> OpenBill:
        """The bill as it stands."""
        assert bill.currency is not None, "nothing is booked without a currency"
        return cls(
            bill.id,
            is_owed_by_us(bill),
            bill.open_minor,
            bill.currency,
            bill.vendor_id,
            bill.vendor,
            bill.number,
            bill.payment_reference,
            bill.iban,
            bill.due_date,
            steps(bill) if bill.open_minor == bill.total_minor else (),
            min(LARGEST_FEE * int(10 ** exponent(bill.currency)), bill.open_minor // FEE_SHARE),
        )

    def lessened(self, on: date) -> int | None:
        """What settles it on that day with its discount, in minor units; None without one."""
        step = holding(self.discounts, on) if self.discounts else None
        return self.open_minor - step.off.minor if step else None


@dataclass(frozen=True, slots=True)
class Moved:
    """A movement, taken out of the database's hands in the same way. `words` are those in which bills are named."""

    amount_minor: int
    currency: str
    booked_on: date
    counterparty_iban: str | None
    words: tuple[str, ...]

    @classmethod
    def of(cls, movement: Movement) -> Moved:
        """The movement as the bank told it."""
        words = tuple(f"{movement.reference or ''} {movement.text}".split())
        return cls(movement.amount_minor, movement.currency, movement.booked_on, movement.counterparty_iban, words)


def proposals(
    movement: Movement, bills: Sequence[OpenBill], ordered: Mapping[str, int] | None = None
) -> list[Proposal]:
    """What the movement may pay of these open bills, best first; the first alone may be sure.

    `ordered` maps the end-to-end ids of payment files to bills.
    """
    said, moved = RemittanceText.of(movement), Moved.of(movement)
    fitting = [bill for bill in bills if bill.currency == moved.currency]
    clues = {bill.id: _clues(moved, said, bill, ordered or {}) for bill in fitting}
    right_way = [bill for bill in fitting if bill.out == (moved.amount_minor < 0)]
    singles = [made for bill in right_way if (made := _single(moved, bill, clues[bill.id]))]
    together = _together(moved, fitting, clues)
    found = sorted([*singles, *together], key=lambda made: (not made.sure, -made.score, made.bills))
    worthwhile = [made for made in found if made.score >= (LEAST if movement.counterparty else LEAST_UNNAMED)]
    return _decided(worthwhile)


def _clues(movement: Moved, said: RemittanceText, bill: OpenBill, ordered: Mapping[str, int]) -> tuple[Reason, ...]:
    """What speaks for a bill, the amount apart."""
    clues: list[Reason] = []
    if ordered and bill.id in (ordered.get(word) for word in movement.words):
        clues.append("order")
    if bill.payment_reference and stands_in(bill.payment_reference, said.words, said.compact):
        clues.append("reference")
    if bill.number and stands_in(bill.number, said.words, said.compact):
        clues.append("number")
    if movement.counterparty_iban and movement.counterparty_iban == bill.iban:
        clues.append("iban")
    if is_party(said, bill.vendor):
        clues.append("name")
    if bill.due_date and abs((movement.booked_on - bill.due_date).days) <= DAYS_AROUND:
        clues.append("date")
    return tuple(clues)


def _single(movement: Moved, bill: OpenBill, clues: tuple[Reason, ...]) -> Proposal | None:
    """The movement pays this bill, wholly or in part; None where the amount does not fit."""
    paid, due = abs(movement.amount_minor), bill.open_minor
    if paid == due:
        return _proposal([Part(bill.id, due)], (*clues, "amount"), bill)
    if paid < due and (lessened := bill.lessened(movement.booked_on)) and abs(paid - lessened) <= 1:
        return _proposal([Part(bill.id, due, due - paid)], (*clues, "discount"), bill)
    if not clues or clues == ("date",):
        return None
    identified = bool(IDENTIFYING.intersection(clues))
    fee = paid - due if movement.amount_minor < 0 else due - paid
    if 0 < fee <= bill.largest_fee and (identified or {"iban", "name"}.intersection(clues)):
        return _proposal([Part(bill.id, due)], (*clues, "fee"), bill, fee)
    if paid < due and identified:
        return _proposal([Part(bill.id, paid)], (*clues, "part"), bill)
    return None


def _together(
    movement: Moved, bills: Sequence[OpenBill], clues: Mapping[int, tuple[Reason, ...]]
) -> Iterable[Proposal]:
    """The movement pays several bills at once, less credit notes: those that it names, else the only sum that fits."""
    named = [bill for bill in bills if IDENTIFYING.intersection(clues[bill.id])]
    if len(named) > 1 and _sum(movement, named) == abs(movement.amount_minor):
        return [_joint(named, ("number", "sum"))]
    theirs = [bill for bill in bills if {"iban", "name"}.intersection(clues[bill.id])][:MOST_TRIED]
    if len({bill.vendor_id for bill in theirs}) != 1:
        return []
    sizes = range(2, min(MOST_TOGETHER, len(theirs)) + 1)
    sums = [
        chosen
        for size in sizes
        for chosen in combinations(theirs, size)
        if _sum(movement, chosen) == abs(movement.amount_minor)
    ]
    return [_joint(sums[0], ("name", "sum"))] if len(sums) == 1 else []


def _joint(bills: Sequence[OpenBill], reasons: tuple[Reason, ...]) -> Proposal:
    return _proposal([Part(bill.id, bill.open_minor) for bill in bills], reasons, bills[0])


def _proposal(parts: list[Part], reasons: tuple[Reason, ...], bill: OpenBill, fee: int = 0) -> Proposal:
    """`sure` says here that the proposal could be, as far as it alone is looked at."""
    score = sum(POINTS[reason] for reason in reasons)
    short = "number" in reasons and sum(c.isalnum() for c in bill.number or "") < SHORT and len(parts) == 1
    if short:
        score -= POINTS["number"] // 2
    identified = IDENTIFYING.intersection(reasons) - ({"number"} if short else set())
    known = "iban" in reasons or (short and "name" in reasons)
    return Proposal(
        tuple(parts), score, reasons, fee, bool((identified or known) and TO_THE_CENT.intersection(reasons))
    )


def _decided(found: list[Proposal]) -> list[Proposal]:
    """The best is sure if no other could be, or comes near; no other is."""
    if not found:
        return []
    best, *others = found
    rivals = [other for other in others if other.sure and not set(other.bills) < set(best.bills)]
    sure = best.sure and (not rivals or best.score - rivals[0].score >= POINTS["number"])
    return [_with(best, sure), *(_with(other, False) for other in others)]


def _with(proposal: Proposal, sure: bool) -> Proposal:
    return Proposal(proposal.parts, proposal.score, proposal.reasons, proposal.fee, sure)


def _sum(movement: Moved, bills: Iterable[OpenBill]) -> int:
    """What the bills come to in the direction in which the money went."""
    out = movement.amount_minor < 0
    return sum(bill.open_minor if bill.out == out else -bill.open_minor for bill in bills)
