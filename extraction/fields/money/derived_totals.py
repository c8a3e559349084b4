"""Totals that are printed nowhere legibly, but follow from what is: net and tax, or cash less change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from extraction.fields.candidate import Candidate
from extraction.fields.layout.rows import union
from extraction.fields.money.arithmetic_checks import ROUNDING, Sums
from extraction.fields.money.labelled_amounts import SUMS, TOTALS, Amount, format_amount
from extraction.fields.patterns.tax_rates import CENT, is_tax_in_gross, is_tax_on_net

_OF_THE_PLACE = ("tall", "late", "rightmost")

Parts = tuple[Amount, ...]


def derived_totals(
    amounts: Sequence[Amount], sums: Mapping[Decimal, Sums], candidates: Sequence[Candidate], decimals: int
) -> Iterator[Candidate]:
    """Candidates for the total that no amount on the page has.

    `sums` says of each printed value what agrees with it; `candidates` are those amounts, from one of which a derived
    total takes what speaks for its place.
    """
    places = {found.value: found.features for found in candidates}
    added, settled = dict(_added(amounts)), dict(_settled(amounts))
    printed = {amount.value for amount in amounts}
    largest = max((amount.value for amount in amounts if amount.role in TOTALS), default=Decimal(0))
    most = max((amount.value for amount in amounts), default=Decimal(0))
    agreed = any(
        (amount.role in SUMS and sums[amount.value].settled)
        or (amount.role in TOTALS | {""} and sums[amount.value].parts)
        for amount in amounts
    )
    for value in added.keys() | settled.keys():
        if value <= 0 or any(abs(value - other) < CENT for other in printed):
            continue
        parts = added.get(value, ()) + settled.get(value, ())
        misread = [amount for amount in amounts if amount.role in TOTALS and _alike(amount, value)]
        taxes = [(added[value][0].value, part) for part in added.get(value, ()) if part.role == "tax"]
        place = (misread or parts)[0]
        there = places.get(format_amount(place.value, decimals), {})
        features = {
            **{name: there.get(name, 0.0) for name in _OF_THE_PLACE},
            "largest": float(value > most),
            "listed": float(any(part.value in sums and sums[part.value].listed for part in parts)),
            "derived_sum": float(value in added),
            "derived_levied": float(any(_levied(tax, net, amounts) for net, tax in taxes)),
            "derived_contained": float(any(is_tax_in_gross(tax.value, net) for net, tax in taxes)),
            "derived_settled": float(value in settled),
            "derived_alike": float(bool(misread)),
            "derived_needless": float(agreed),
            "derived_unlabelled": float(largest < value),
            "derived_once": float((value in added) != (value in settled)),
            "misread": 1 - min(part.recognised for part in parts),
        }
        yield Candidate(
            format_amount(value, decimals),
            place.row.page,
            misread[0].box if misread else union(part.box for part in parts if part.row.page == place.row.page),
            "derived",
            features,
            min(part.recognised for part in parts),
            float(value in added and value in settled),
            " ".join(_terms(added.get(value, ()), settled.get(value, ()))),
        )


def _added(amounts: Sequence[Amount]) -> Iterator[tuple[Decimal, Parts]]:
    """Each subtotal, and all subtotals together, with each tax (and service or rounding) added."""
    nets = list({amount.value: amount for amount in amounts if amount.role == "subtotal" and amount.value > 0}.values())
    called = [amount for amount in amounts if amount.role == "tax" and amount.value > 0]
    # What is under a heading may be the price of a line.
    beside = [amount for amount in called if not amount.from_above]
    taxes = list({amount.value: amount for amount in beside or called}.values())
    service = tuple(amount for amount in amounts if amount.role == "service" and amount.value)
    bases: list[Parts] = [(net,) for net in nets]
    if len(nets) > 1:
        bases.append(tuple(nets))
    for base in bases:
        for tax in taxes:
            if tax.value < _sum(base) / 2:
                for parts in ((*base, tax), (*base, tax, *service)):
                    rounded = (*parts, *_rounding(_sum(parts), amounts))
                    yield _sum(rounded), rounded


def _rounding(exact: Decimal, amounts: Sequence[Amount]) -> Parts:
    """The rounding that is printed, with the sign by which it makes a whole number of steps; none where it does not."""
    for amount in amounts:
        if amount.role == "rounding" and amount.value:
            for value in (amount.value, -amount.value):
                if (exact + value) % ROUNDING == 0:
                    return (replace(amount, span=replace(amount.span, value=value)),)
    return ()


def _sum(parts: Parts) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _settled(amounts: Sequence[Amount]) -> Iterator[tuple[Decimal, Parts]]:
    """Cash given less change."""
    for cash in amounts:
        for change in amounts:
            if cash.role == "cash" and change.role == "change" and 0 < change.value < cash.value:
                yield cash.value - change.value, (cash, change)


def _levied(tax: Amount, net: Decimal, amounts: Sequence[Amount]) -> bool:
    """Whether the tax is one of the net amount, or of a part of it that stands beside it somewhere."""
    rows = {amount.row.index for amount in amounts if amount.role == "tax" and amount.value == tax.value}
    beside = {amount.value for amount in amounts if amount.row.index in rows and tax.value < amount.value < net}
    return any(is_tax_on_net(tax.value, base) for base in (net, *beside))


def _alike(printed: Amount, derived: Decimal) -> bool:
    """Whether one is the other with a digit misread or lost, or has its digits without the point (37 4 2 3)."""
    digits = re.sub(r"\D", "", printed.row.text[printed.span.start :])
    wanted = f"{derived:.2f}"
    return digits == wanted.replace(".", "") or Levenshtein.distance(f"{printed.value:.2f}", wanted) == 1


def _terms(added: Parts, settled: Parts) -> Iterator[str]:
    """The sum in words: what the value is derived from."""
    if added:
        yield "".join(f" {'−' if part.value < 0 else '+'} {abs(part.value)}" for part in added).removeprefix(" + ")
    if added and settled:
        yield "and"
    if settled:
        yield " − ".join(f"{part.value}" for part in settled)
