"""A split adds up, to the cent, whatever is split and however: over accounts, and over treatments of VAT."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from storage.bills.splitting import split_text
from storage.bills.splitting.split_text import DoesNotAddUp, Part
from storage.ledger.double_entry import DRAWINGS, TaxedPart, is_vat
from storage.ledger.money import Money
from storage.ledger.split_entry import Share, split_legs, spread

TOTALS = st.integers(2, 10**9)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


@st.composite
def splits(draw: st.DrawFn) -> tuple[list[Part], int]:
    """Parts by amount and by share with a rest, and a total that is larger than they are."""
    total = draw(st.integers(1_000, 10**9))
    shares = draw(st.lists(st.integers(1, 30), max_size=3))
    assume(sum(shares) < 90)
    amounts = draw(st.lists(st.integers(1, total // 200), max_size=3))
    parts = [Part(f"{share}%", "travel") for share in shares]
    parts += [Part(f"{Money(amount, 'EUR').decimal}", "office") for amount in amounts]
    assume(parts)
    return draw(st.permutations([*parts, Part("rest")])), total


@given(splits())
def test_the_parts_come_to_the_total_and_each_to_what_it_says(made: tuple[list[Part], int]) -> None:
    parts, minor = made
    found = split_text.amounts(parts, euros(minor))
    assert sum(amount.minor for amount in found) == minor
    for part, amount in zip(parts, found, strict=True):
        if part.measure.endswith("%"):
            exact = Fraction(part.measure[:-1]) * minor / 100
            assert abs(exact - amount.minor) < 1 + Fraction(1, 2)
        elif part.measure != "rest":
            assert amount == Money.of(part.measure, "EUR")
    assert split_text.parse(split_text.written(parts)) == tuple(parts)


@given(TOTALS, st.integers(2, 9))
def test_equal_shares_lose_no_cent(minor: int, number: int) -> None:
    assume(minor >= 10 * number)
    found = split_text.amounts([Part(f"1/{number}")] * number, euros(minor))
    assert sum(amount.minor for amount in found) == minor
    assert max(found).minor - min(found).minor <= 1


@pytest.mark.parametrize(
    ("parts", "off"),
    [
        ((Part("60.00"), Part("50.00")), euros(1000)),
        ((Part("60.00"), Part("30.00")), euros(-1000)),
        ((Part("60%"), Part("50%")), euros(1000)),
        ((Part("rest"), Part("rest")), None),
        ((Part("100.00"), Part("rest")), None),
        ((Part("0.00"), Part("rest")), None),
        ((Part("lots"), Part("rest")), None),
    ],
)
def test_what_does_not_add_up_is_refused(parts: tuple[Part, ...], off: Money | None) -> None:
    with pytest.raises(DoesNotAddUp) as refused:
        split_text.amounts(parts, euros(10000))
    assert refused.value.off == off


def test_a_rest_is_added_where_one_is_left() -> None:
    assert split_text.with_rest([Part("300.00", "travel")]) == (Part("300.00", "travel"), Part("rest"))
    assert split_text.with_rest([Part("1/2"), Part("50%")]) == (Part("1/2"), Part("50%"))


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=4), st.lists(st.integers(1, 10**7), min_size=1, max_size=4))
def test_what_is_spread_keeps_sums_of_rows_and_columns(rows: list[int], columns: list[int]) -> None:
    total = sum(rows)
    assume(total)
    # columns of the same sum as the rows
    edges = [total * sum(columns[: n + 1]) // sum(columns) for n in range(len(columns))]
    columns = [edge - before for edge, before in zip(edges, [0, *edges], strict=False)]
    found = spread(rows, columns)
    assert [sum(line) for line in found] == rows
    assert [sum(line[n] for line in found) for n in range(len(columns))] == columns
    for row, line in zip(rows, found, strict=True):
        for column, value in zip(columns, line, strict=True):
            assert abs(value - Fraction(row * column, total)) < 2


RATES = st.sampled_from(("19", "7"))


@given(
    st.lists(st.tuples(st.integers(100, 10**7), RATES), min_size=1, max_size=3),
    st.integers(0, 10**5),
    st.lists(st.integers(1, 9), min_size=2, max_size=4),
    st.booleans(),
)
def test_vat_follows_each_part_and_what_is_private_has_none(
    nets: list[tuple[int, str]], untaxed: int, weights: list[int], with_private: bool
) -> None:
    parts = [
        TaxedPart(euros(net), euros(net * int(rate) // 100), f"input_vat:{rate}", f"payable S {rate} domestic")
        for net, rate in nets
    ]
    total = sum(part.net.minor + part.tax.minor for part in parts) + untaxed
    edges = [total * sum(weights[: n + 1]) // sum(weights) for n in range(len(weights))]
    amounts = [edge - before for edge, before in zip(edges, [0, *edges], strict=False)]
    shares = [
        Share(DRAWINGS if with_private and n == 0 else f"account-{n}", euros(amount), private=with_private and n == 0)
        for n, amount in enumerate(amounts)
    ]
    legs = split_legs(euros(total), parts, shares)
    assert sum(leg.amount.minor for leg in legs) == total

    def exact(n: int, of: int) -> Fraction:
        return Fraction(of * amounts[n], total)

    by_account: dict[str, int] = defaultdict(int)
    for leg in legs:
        by_account[leg.account] += leg.amount.minor
        assert not (with_private and leg.account == DRAWINGS and leg.tax)
    business = [n for n in range(len(shares)) if not shares[n].private]
    for rate in {rate for _, rate in nets}:
        tax = sum(net * int(rate) // 100 for net, of in nets if of == rate)
        wanted = sum(exact(n, tax) for n in business)
        assert abs(by_account[f"input_vat:{rate}"] - wanted) < 2 * len(parts) * len(shares)
    if with_private:
        assert by_account[DRAWINGS] == amounts[0]
    gross = sum(minor for account, minor in by_account.items() if account != DRAWINGS or not with_private)
    assert gross == total - (amounts[0] if with_private else 0)
    assert all(is_vat(leg.account) == leg.account.startswith("input_vat") for leg in legs)
