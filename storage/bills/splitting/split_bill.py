"""What a bill's split comes to, and what is booked of it."""

from __future__ import annotations

from collections.abc import Sequence

from storage.bills.splitting import split_text
from storage.bills.splitting.split_text import Part
from storage.errors import Unfit
from storage.ledger import double_entry, split_entry
from storage.ledger.double_entry import Leg, TaxedPart
from storage.ledger.money import Money
from storage.ledger.split_entry import Share
from storage.models import Bill, Side


def parts_of(bill: Bill) -> tuple[Part, ...]:
    """The bill's parts; none where it is not split."""
    said = bill.evidence.get("split", {}).get("value")
    return split_text.parse(str(said)) if said else ()


def shares_of(bill: Bill) -> list[tuple[Part, Money]]:
    """Each part with what it comes to; none while the total is unknown or they no longer add up."""
    parts = parts_of(bill)
    if not parts or bill.total_minor is None or bill.currency is None:
        return []
    try:
        return list(zip(parts, split_text.amounts(parts, Money(bill.total_minor, bill.currency)), strict=True))
    except split_text.DoesNotAddUp:
        return []


def private_share(bill: Bill) -> Money | None:
    """What of the bill is private; None for nothing."""
    private = [amount for part, amount in shares_of(bill) if part.account in double_entry.PRIVATE]
    return sum(private[1:], private[0]) if private else None


def costs(bill: Bill, total: Money, parts: Sequence[TaxedPart], category: str) -> tuple[Leg, ...]:
    """The legs of a split bill that are debited; none where it is not split.

    VAT follows each part in proportion; what is private is neither cost nor input VAT (Art. 168 of directive
    2006/112/EC, § 15 (1) UStG). Raises: Unfit where the parts no longer add up, or nobody can tell the private tax.
    """
    said = parts_of(bill)
    if not said:
        return ()
    try:
        amounts = split_text.amounts(said, total)
    except split_text.DoesNotAddUp:
        raise Unfit(
            "The parts of the split do not add up to {total}. Say the split once more, or “no split”.", total=total
        ) from None
    private = [part for part in said if part.account in double_entry.PRIVATE]
    if private and bill.side is Side.RECEIVABLE:
        raise Unfit("Nothing of our own invoice is private. Split it over categories or projects.")
    if private and any(part.owed is not None for part in parts):
        raise Unfit(
            "We owe the VAT of this bill ourselves (reverse charge), and I can't tell what of it is private. Ask your "
            "tax adviser, and split the bill between categories only."
        )
    shares = [
        Share(part.account or category, amount, part.cost_object, part.account in double_entry.PRIVATE)
        for part, amount in zip(said, amounts, strict=True)
    ]
    return split_entry.split_legs(total, parts, shares)
