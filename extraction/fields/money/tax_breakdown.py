"""Each rate of tax with its net amount and what it makes, where a document states them: rows that name a rate."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, groupby, islice, product

from extraction.evidence import CONFIDENCE_THRESHOLD, Evidence, TaxLine
from extraction.fields.layout.rows import Row
from extraction.fields.money.labelled_amounts import Amount, format_amount
from extraction.fields.money.levies import levies_together
from extraction.fields.patterns.amounts import parse_amount
from extraction.fields.patterns.vocabulary import has
from extraction.standards.decimals import plain

_RATE = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?%")
_BARE = re.compile(r"(?<![\d.,/-])(\d{1,2}(?:[.,]\d{1,2})?)(?![\d.,/-])")
_HIGHEST = Decimal(30)
_CENT = Decimal("0.01")
_OFF = 3 * _CENT
"""How far rounding by line or by item may carry a tax from its rate of the net amount."""

_MOST = 4  # statements of one rate that are tried
_COMBINATIONS = 2000
_PROVEN = 0.98
_STATED = CONFIDENCE_THRESHOLD - 0.05


@dataclass(frozen=True)
class _Stated:
    """What one row says of a rate.

    `proven`: net amount and tax fit it; `bare`: neither a per cent sign nor a word for tax stands there.
    """

    rate: Decimal
    net: Decimal | None
    tax: Decimal
    row: Row
    proven: bool
    bare: bool


def read_taxes(
    amounts: Sequence[Amount], tax: Evidence | None, total: Evidence | None, decimals: int = 2
) -> tuple[TaxLine, ...]:
    """A line for each rate, lowest first, or for each levy. `tax` and `total` are the document's; `decimals` those of
    the currency.

    Lines that make the document's tax or total are certain; so are those that fit their rates where it has no tax.
    """
    whole, gross = Decimal(tax.value) if tax else None, Decimal(total.value) if total else None
    chosen, agree = _of_levies(amounts, whole, gross), True
    if not chosen:
        chosen, agree = _chosen(_by_rate(amounts, gross), whole, gross)
    return tuple(
        TaxLine(
            plain(stated.rate),
            None if stated.net is None else format_amount(stated.net, decimals),
            format_amount(stated.tax, decimals),
            stated.row.source,
            _PROVEN if agree or (whole is None and stated.proven) else _STATED,
        )
        for stated in sorted(chosen, key=lambda stated: stated.rate)
    )


def _of_levies(amounts: Sequence[Amount], whole: Decimal | None, gross: Decimal | None) -> Sequence[_Stated]:
    """Each of the levies that make the document's tax together, at its rate; empty where one has none in print."""
    made = (levies for levies in levies_together(amounts) if sum(levy.value for levy in levies) == whole)
    for levies in made:
        rates = [_rate_of(levy) for levy in levies]
        nets = [gross - whole if gross is not None and whole is not None else None] * len(levies)
        if all(rate is not None for rate in rates):
            return [
                _Stated(rate, net if net and _fits(rate, net, levy.value) else None, levy.value, levy.row, True, False)
                for levy, rate, net in zip(levies, rates, nets, strict=True)
                if rate is not None
            ]
    return ()


def _rate_of(levy: Amount) -> Decimal | None:
    """The last rate that stands before a levy's amount in its row, or in the words above it."""
    said = levy.words if levy.from_above else levy.row.text[: levy.span.start]
    found = [*_RATE.finditer(said)]
    return parse_amount(found[-1][1], "," if "," in found[-1][1] else ".") if found else None


def parts_by_rate(total: Decimal, amounts: Sequence[Amount]) -> tuple[Decimal, Decimal] | None:
    """The net amounts and the taxes of all rates that make the total, each summed; None where no rows state them."""
    chosen, agree = _chosen(_by_rate(amounts, total), None, total)
    if not agree or not all(stated.proven for stated in chosen):
        return None
    return _summed(chosen)


def sums_by_rate(amounts: Sequence[Amount]) -> dict[Decimal, tuple[Decimal, Decimal]]:
    """The gross amounts that rows of all rates make together, each with the sum of net amounts and that of taxes.

    Only rows count whose tax is that of their net amount; without such rows there is none.
    """
    proven = [[one for one in of_rate if one.proven] for of_rate in _by_rate(amounts, None)]
    found: dict[Decimal, tuple[Decimal, Decimal]] = {}
    for together in islice(_combinations([of_rate for of_rate in proven if of_rate]), _COMBINATIONS):
        net, tax = _summed(together)
        if tax:
            found.setdefault(net + tax, (net, tax))
    return found


def rates_named(amounts: Sequence[Amount]) -> list[Decimal]:
    """The rates, other than zero, that rows with a per cent sign or a word for tax name; lowest first."""
    return sorted({stated.rate for stated in _stated(amounts, None) if stated.rate and not stated.bare})


def _by_rate(amounts: Sequence[Amount], total: Decimal | None) -> list[list[_Stated]]:
    """What rows state of each rate."""
    found: defaultdict[Decimal, list[_Stated]] = defaultdict(list)
    for stated in _stated(amounts, total):
        found[stated.rate].append(stated)
    return list(found.values())


def _summed(together: Sequence[_Stated]) -> tuple[Decimal, Decimal]:
    """The net amounts of several rates, and their taxes, as sums."""
    nets, taxes = (stated.net or Decimal(0) for stated in together), (stated.tax for stated in together)
    return sum(nets, Decimal(0)), sum(taxes, Decimal(0))


def _chosen(
    stated: Sequence[Sequence[_Stated]], whole: Decimal | None, gross: Decimal | None
) -> tuple[Sequence[_Stated], bool]:
    """One of the statements for each rate, and whether together they make the whole tax, or the total with their net.

    Those that do, of as many rates as possible; else the largest that is proven, which is no part of another.
    """
    likely = [sorted(of_rate, key=lambda one: (not one.proven, -abs(one.tax)))[:_MOST] for of_rate in stated]
    for together in islice(_combinations(likely), _COMBINATIONS):
        net, tax = _summed(together)
        if together and (tax == whole or net + tax == gross):
            return together, True
    return [one for one in (of_rate[0] for of_rate in likely) if not one.bare], False


def _combinations(likely: Sequence[Sequence[_Stated]]) -> Iterator[Sequence[_Stated]]:
    """One statement of each rate, then without those that only look like one: a discount, say."""
    sure = [of_rate for of_rate in likely if of_rate[0].proven and not of_rate[0].bare]
    others = [of_rate for of_rate in likely if of_rate not in sure]
    for many in range(len(others), -1, -1):
        for rates in combinations(others, many):
            yield from product(*sure, *rates)


def _stated(amounts: Sequence[Amount], total: Decimal | None) -> Iterator[_Stated]:
    for _, in_row in groupby(amounts, lambda amount: amount.row.index):
        of_row = list(in_row)
        row, beside = of_row[0].row, [amount.value for amount in of_row]
        if has("amount", "savings", row.text):
            continue
        signed, taxed = list(_RATE.finditer(row.text)), has("amount", "tax", row.text)
        for match in signed or (_BARE.finditer(row.text) if len(beside) > 1 else ()):
            rate = parse_amount(match[1], "," if "," in match[1] else ".")
            if rate is not None and rate <= _HIGHEST and (signed or rate):
                yield from _of_row(rate, beside, row, total, bare=not signed and not taxed)


def _of_row(
    rate: Decimal, amounts: Sequence[Decimal], row: Row, total: Decimal | None, *, bare: bool
) -> Iterator[_Stated]:
    """Net amount and tax among a row's amounts; else the one amount of a row that speaks of tax, and of which net."""
    if not rate and len(amounts) > 1 and 0 in amounts:
        yield _Stated(rate, max(amounts, key=abs), Decimal(0), row, proven=True, bare=bare)
        return
    pairs = [
        (net, tax) for net in reversed(amounts) for tax in amounts if abs(net) > abs(tax) > 0 and _fits(rate, net, tax)
    ]
    if pairs:
        # Of two that fit alike the one nearer to the tax: what stands before it is less a discount.
        net, tax = min(pairs, key=lambda pair: _off(rate, *pair))
        yield _Stated(rate, net, tax, row, proven=True, bare=bare)
    elif len(amounts) == 1 and rate and has("amount", "tax", row.text):
        tax = amounts[0]
        if total is not None and _fits(rate, total - tax, tax):
            yield _Stated(rate, total - tax, tax, row, proven=True, bare=bare)
        elif total is None or abs(tax) < abs(total) / 2:
            yield _Stated(rate, None, tax, row, proven=False, bare=bare)


def _fits(rate: Decimal, net: Decimal, tax: Decimal) -> bool:
    return _off(rate, net, tax) <= min(_OFF, abs(tax) / 10)


def _off(rate: Decimal, net: Decimal, tax: Decimal) -> Decimal:
    return abs((net * rate / 100).quantize(_CENT, ROUND_HALF_UP) - tax)
