"""What an amount is compared with that may be the total: the other amounts of the document, and what is beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extraction.fields.money.arithmetic_checks import Sums, handed_over, unexplained
from extraction.fields.money.labelled_amounts import SUMS, TOTALS, Amount

_SIGNS = frozenset("$€£¥")
_FEW = 3
_MOST = 0.7

_OF_SUBTOTAL = Decimal("0.3")
"""How much of a subtotal a total is at least, after all that is taken off."""

_DIGITS_BEFORE = re.compile(r"(?<![.,\w])\d{1,3}(?!\d*[.,]\d{2}\b|[^A-Za-z]*%)[^A-Za-z]*$")
_DIGITS_AFTER = re.compile(r"[^A-Za-z%]*?(?<![\d.,])\d{1,3}(?![\w.,%])")


@dataclass(frozen=True)
class TotalContext:
    """The document around a total: the largest amount, the largest `base` of a sum, the tallest row, the last.

    `dollars` is how likely amounts have the sign $, `signed` whether most have a sign of one character; `change`,
    whether some was given; `labelled` is the largest amount that words call a total, 0 for none. `less` are values that
    are only a part of another total; `unexplained` says of each value how much of the taxes printed does not lead to
    it. `cash` are amounts that stand between a total of lines and the change, or of which change was given; `totals`,
    those that words beside them call a total.
    """

    largest: Decimal
    base: Decimal
    tallest: float
    last: int
    dollars: float
    signed: bool
    change: bool
    labelled: Decimal
    less: set[Decimal]
    unexplained: dict[Decimal, float]
    cash: set[Decimal]
    totals: Sequence[Amount]


def setting_of(eligible: Sequence[Amount], amounts: Sequence[Amount], sums: Mapping[Decimal, Sums]) -> TotalContext:
    """The setting of the amounts (at least one) that are `eligible`, among all; `sums` are those of their values."""
    return TotalContext(
        largest=max(amount.value for amount in eligible),
        base=max((abs(amount.value) for amount in eligible if amount.role in SUMS), default=Decimal(0)),
        tallest=max(amount.row.height for amount in eligible),
        last=max(amount.row.index for amount in eligible),
        dollars=_dollars(amounts),
        signed=_signed(amounts),
        change=any(amount.role == "change" and amount.value for amount in amounts),
        labelled=max((amount.value for amount in eligible if amount.role in TOTALS), default=Decimal(0)),
        less=_less_than_the_whole(eligible, sums),
        unexplained={value: unexplained(value, agreeing, eligible) for value, agreeing in sums.items()},
        cash={agreeing.cash for agreeing in sums.values() if agreeing.cash is not None} | handed_over(amounts),
        totals=[amount for amount in eligible if amount.role in TOTALS and not amount.from_above],
    )


def like_a_sign(amount: Amount, page: TotalContext) -> float:
    """How likely the first digit is a sign: OCR reads $7.60 as 57.60 or 87.60; any digit if most others have one."""
    if amount.row.source != "ocr" or amount.span.currency:
        return 0.0
    if page.signed and abs(amount.value) >= 10:
        return 1.0
    return page.dollars * (str(abs(amount.value))[0] in "58")


def crowded(amount: Amount) -> bool:
    """Whether digits stand beside a total that belong to no amount: it may be a part of a torn one (48 9 000)."""
    if amount.role not in TOTALS or amount.from_above or amount.row.source != "ocr":
        return False
    before, after = amount.row.text[: amount.span.start], amount.row.text[amount.span.end :]
    return bool(_DIGITS_BEFORE.search(before) or _DIGITS_AFTER.match(after))


def outranked(amount: Amount, page: TotalContext) -> bool:
    """Whether words call it a subtotal, and another amount further down, or a part of one, the total."""
    return amount.role == "subtotal" and any(
        total.row.index > amount.row.index and (abs(total.value) >= abs(amount.value) * _OF_SUBTOTAL or crowded(total))
        for total in page.totals
    )


def _less_than_the_whole(amounts: Sequence[Amount], sums: Mapping[Decimal, Sums]) -> set[Decimal]:
    """Values that make another total with tax or another sum, or beside which another total is cash less change."""
    totals = [amount for amount in amounts if amount.role in TOTALS or not amount.role]
    nets = {parts[0] for amount in totals if (parts := sums[amount.value].parts)}
    nets |= {part for amount in totals if amount.role for part in sums[amount.value].together or ()}
    settled = {amount.value for amount in totals if amount.role and sums[amount.value].settled}
    return nets | ({amount.value for amount in amounts} - settled if settled else set())


def _dollars(amounts: Sequence[Amount]) -> float:
    """How likely amounts have the sign $: 1 where one has, half where none has another sign."""
    signs = {amount.span.currency for amount in amounts}
    return 1.0 if "$" in signs else 0.5 * (signs <= {""})


def _signed(amounts: Sequence[Amount]) -> bool:
    """Whether most amounts have a sign of one character, which OCR may take for a digit."""
    signs = [amount.span.currency in _SIGNS for amount in amounts]
    return len(signs) > _FEW and sum(signs) >= _MOST * len(signs)
