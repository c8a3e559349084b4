"""Which columns of a table say how much money moved, and which way: by their headings, and by the balance beside them,
which proves a reading."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extraction.statements.tables.column_profiles import Columns
from extraction.statements.tables.column_words import direction, folded, strength, words
from extraction.statements.tables.printed_dates import date_in, date_order

_PROVED = 0.9
_NOTHING = Decimal(0)
_Told = tuple[Decimal | None, Decimal | None]
"""What moved in a record, and the balance beside it; None where it does not say."""


@dataclass(frozen=True)
class Money:
    """Columns by their index, None for one that is not there: an `amount`, or `debit` and `credit`, or one of these.

    `sign` says in words which way the money went, `fee` is taken off what came and added to what went. `turned` says
    that what is printed without a sign went out, as charges on a card's statement. `balance` is what was on the
    account then. `proved` says that each balance follows from the one before; `told` that signs, words or headings say
    which way the money went.
    """

    amount: int | None = None
    debit: int | None = None
    credit: int | None = None
    sign: int | None = None
    fee: int | None = None
    balance: int | None = None
    turned: bool = False
    proved: bool = False
    told: bool = True

    @property
    def columns(self) -> tuple[int, ...]:
        """Those that amounts stand in."""
        return tuple(n for n in (self.amount, self.debit, self.credit) if n is not None)


def readings(columns: Columns) -> list[Money]:
    """The ways in which the table can be read, the likeliest first; at most one for each column of amounts."""
    candidates = [*_pairs(columns), *_singles(columns)]
    judged = [(each, _heading(columns, each)) for each in candidates]
    settled = [(_settled(columns, each), score) for each, score in judged]
    ranked = sorted(settled, key=lambda one: (-one[1] - (6 if one[0].proved else 0), one[0].columns))
    return [money for money, _ in ranked]


def reading_of(columns: Columns, money: Money) -> Money:
    """These columns of money, which somebody named, with the balance, the words of direction and the turn they need."""
    return _settled(columns, money)


def amounts_of(columns: Columns, money: Money) -> list[Decimal | None]:
    """What moved in each record, below zero where it went out; None where nothing is said."""
    if money.amount is None:
        out, came = (
            columns.numbers(n) if n is not None else [None] * len(columns.records) for n in (money.debit, money.credit)
        )
        moved: list[Decimal | None] = [
            sided(debit, credit) for debit, credit in zip(out, came, strict=True)
        ]  # fmt: skip
    else:
        moved = columns.numbers(money.amount)
    if money.sign is not None:
        ways = [direction(cell) for cell in columns.cells(money.sign)]
        moved = [each if each is None or not way else way * abs(each) for each, way in zip(moved, ways, strict=True)]
    if money.fee is not None:
        fees = columns.numbers(money.fee)
        moved = [each if each is None else each - abs(fee or _NOTHING) for each, fee in zip(moved, fees, strict=True)]
    return [each if each is None else -each for each in moved] if money.turned else moved


def sided(debit: Decimal | None, credit: Decimal | None) -> Decimal | None:
    """What moved where money out stands in one column and money in in another, with whichever signs."""
    if debit:
        return -abs(debit)
    return abs(credit) if credit else (debit if debit is not None else credit)


def _singles(columns: Columns) -> Iterator[Money]:
    for n in columns.amounts:
        if columns.share(n) > 0.5:
            yield Money(amount=n)
        elif strength(columns.table.header[n], "debit")[0] or strength(columns.table.header[n], "credit")[0]:
            yield Money(debit=n) if strength(columns.table.header[n], "debit")[0] else Money(credit=n)


def _pairs(columns: Columns) -> Iterator[Money]:
    """Two columns of which each record has one."""
    for first in columns.amounts:
        for second in columns.amounts:
            if first == second:
                continue
            both = zip(columns.numbers(first), columns.numbers(second), strict=True)
            halves = [bool(one) != bool(other) for one, other in both]
            if sum(halves) >= 0.8 * len(halves) and any(columns.numbers(first)) and any(columns.numbers(second)):
                yield Money(debit=first, credit=second)


def _heading(columns: Columns, money: Money) -> float:
    header = columns.table.header
    if not columns.table.headed:
        return sum("." in cell or "," in cell for n in money.columns for cell in columns.filled(n)[:20]) / 100
    if money.amount is None:
        out = strength(header[money.debit], "debit")[0] if money.debit is not None else 0
        came = strength(header[money.credit], "credit")[0] if money.credit is not None else 0
        wrong = money.debit is not None and strength(header[money.debit], "credit")[0] > out
        return -4.0 if wrong else 1 + (out + came) * (0.75 if len(money.columns) == 2 else 0.25)
    head = header[money.amount]
    score, likely = strength(head, "amount")
    other = max(strength(head, role)[0] for role in ("no_amount", "balance", "debit", "credit"))
    if strength(head, "balance")[0] == 1 and score > 1:
        other = 0
    decimals = sum("." in cell or "," in cell for cell in columns.filled(money.amount)) / len(
        columns.filled(money.amount)
    )
    net = folded(head).split(" ")[:1] in (["net"], ["netto"])
    missing = 1 - columns.share(money.amount)
    return score + likely / 1000 - (2 * other if other >= score else 0) + decimals / 2 + net - 3 * missing


def _settled(columns: Columns, money: Money) -> Money:
    """With the balance that proves it, the words that tell its signs, and turned where it has to be."""
    variants = list(_variants(columns, money))
    for variant in variants:
        for balance in _balances(columns, variant):
            if proved := _proved(columns, variant, balance):
                return proved
    likely = variants[0]
    headed = (n for n in _balances(columns, likely) if strength(columns.table.header[n], "balance")[0] > 1)
    moved = [each for each in amounts_of(columns, likely) if each]
    told = likely.sign is not None or likely.amount is None or any(each < 0 for each in moved)
    turned = likely.amount is not None and likely.sign is None and _is_card(columns, likely)
    sides_known = likely.amount is not None or columns.table.headed
    return replace(likely, balance=next(headed, None), turned=turned, told=told and not turned and sides_known)


def _variants(columns: Columns, money: Money) -> Iterator[Money]:
    """As it is, or with words that tell the signs; then less a fee; then turned."""
    plain = [money]
    if money.amount is not None and (sign := _sign(columns, money.amount)) is not None:
        plain = [replace(money, sign=sign), money]
    yield from plain
    fees = [n for n in columns.amounts if strength(columns.table.header[n], "fee")[0] and n != money.amount]
    if money.amount is not None:
        yield from (replace(each, fee=fee) for each in plain for fee in fees)
        yield from (replace(each, turned=True) for each in plain if each.sign is None)


def _sign(columns: Columns, amount: int) -> int | None:
    """The nearest column of directions, rather one behind than before; None where it contradicts printed signs."""
    near = sorted(columns.directions(), key=lambda n: (abs(n - amount), n < amount))
    numbers = columns.numbers(amount)
    signed = any(number is not None and number < 0 for number in numbers)
    for n in near:
        ways = [direction(cell) for cell in columns.cells(n)]
        if not signed or all(way * number >= 0 for way, number in zip(ways, numbers, strict=True) if number and way):
            return n
    return None


def _balances(columns: Columns, money: Money) -> list[int]:
    taken = {*money.columns, money.fee}
    free = [n for n in columns.amounts if n not in taken and not columns.is_constant(n)]
    return sorted(free, key=lambda n: [-part for part in strength(columns.table.header[n], "balance")])


def _proved(columns: Columns, money: Money, balance: int) -> Money | None:
    """With the balance, where each follows from the one before, in nearly all of several records. Without it where they
    are balances before each movement: then they prove as much, but say nothing of the end. None for neither."""
    amounts, held = amounts_of(columns, money), columns.numbers(balance)
    for told in _in_time(columns, list(zip(amounts, held, strict=True))):
        if _nearly_all(_steps(told)):
            return replace(money, balance=balance, proved=True)
        later = [(amount, then) for (amount, _), (_, then) in itertools.pairwise(told)]
        if _nearly_all(_steps([(None, told[0][1] if told else None), *later])):
            return replace(money, proved=True)
    return None


def _in_time(columns: Columns, told: list[_Told]) -> list[list[_Told]]:
    """The records from the oldest to the latest: both ways round where their days do not tell."""
    order, _ = date_order(columns.cells(columns.dates[0]))
    days = [day for cell in columns.cells(columns.dates[0]) if (day := date_in(cell, order))]
    if not days or days[0] == days[-1]:
        return [told, told[::-1]]
    return [told if days[0] < days[-1] else told[::-1]]


def _nearly_all(steps: Sequence[bool]) -> bool:
    return len(steps) > 1 and sum(steps) >= _PROVED * len(steps)


def _steps(told: Sequence[_Told]) -> list[bool]:
    """Of each balance but the first whether it is that before with what moved since."""
    steps: list[bool] = []
    before, since = None, Decimal(0)
    for amount, held in told:
        since += amount or 0
        if held is not None:
            if before is not None:
                steps.append(before + since == held)
            before, since = held, Decimal(0)
    return steps


def _is_card(columns: Columns, money: Money) -> bool:
    """Whether it is a card's statement that prints charges without a sign: it is headed so, or what has a sign is what
    payments to a card are called."""
    assert money.amount is not None
    numbers = columns.numbers(money.amount)
    out = [row for row, number in zip(columns.records, numbers, strict=True) if number is not None and number < 0]
    if 2 * len(out) > len(columns.records):
        return False
    paid = [any(_is_card_payment(cell) for cell in row) for row in out]
    if out:
        return all(paid)
    return any(strength(head, "card")[0] > 1 for head in columns.table.header)


def _is_card_payment(cell: str) -> bool:
    plain = f" {folded(cell)} "
    return any(f" {word} " in plain for word in words("card_payment"))
