"""Totals that are printed nowhere legibly, but follow from what is: net and tax, or cash less change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from extraction.fields.labelled import TOTALS, Amount, written
from extraction.fields.rows import union
from extraction.fields.scoring import Candidate
from extraction.fields.sums import CENT, Sums, contained, levied

_OF_THE_PLACE = ("largest", "tall", "late", "rightmost", "listed")

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
    agreed = any(sums[amount.value].parts or sums[amount.value].settled for amount in amounts if amount.role in TOTALS)
    for value in added.keys() | settled.keys():
        if value <= 0 or any(abs(value - other) < CENT for other in printed):
            continue
        parts = added.get(value, ()) + settled.get(value, ())
        misread = [amount for amount in amounts if amount.role in TOTALS and _alike(amount.value, value)]
        taxes = [(added[value][0].value, part.value) for part in added.get(value, ()) if part.role == "tax"]
        place = (misread or parts)[0]
        there = places.get(written(place.value, decimals), {})
        features = {
            **{name: there.get(name, 0.0) for name in _OF_THE_PLACE},
            "derived_sum": float(value in added),
            "derived_levied": float(any(levied(tax, net) for net, tax in taxes)),
            "derived_contained": float(any(contained(tax, net) for net, tax in taxes)),
            "derived_settled": float(value in settled),
            "derived_alike": float(bool(misread)),
            "derived_needless": float(agreed),
            "derived_unlabelled": float(largest < value),
            "derived_once": float((value in added) != (value in settled)),
            "misread": 1 - min(part.recognised for part in parts),
        }
        yield Candidate(
            written(value, decimals),
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
    taxes = list({amount.value: amount for amount in amounts if amount.role == "tax" and amount.value > 0}.values())
    extras = [amount for amount in amounts if amount.role in {"service", "rounding"} and amount.value]
    bases: list[Parts] = [(net,) for net in nets]
    if len(nets) > 1:
        bases.append(tuple(nets))
    for base in bases:
        for tax in taxes:
            for parts in ((*base, tax), (*base, tax, *extras)):
                if tax.value < sum(part.value for part in base) / 2:
                    yield sum((part.value for part in parts), Decimal(0)), parts


def _settled(amounts: Sequence[Amount]) -> Iterator[tuple[Decimal, Parts]]:
    """Cash given less change."""
    for cash in amounts:
        for change in amounts:
            if cash.role == "cash" and change.role == "change" and 0 < change.value < cash.value:
                yield cash.value - change.value, (cash, change)


def _alike(printed: Decimal, derived: Decimal) -> bool:
    """Whether one is the other with a digit misread or lost."""
    return Levenshtein.distance(f"{printed:.2f}", f"{derived:.2f}") == 1


def _terms(added: Parts, settled: Parts) -> Iterator[str]:
    """The sum in words: what the value is derived from."""
    if added:
        yield " + ".join(f"{part.value}" for part in added)
    if added and settled:
        yield "and"
    if settled:
        yield " − ".join(f"{part.value}" for part in settled)
