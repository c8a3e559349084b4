"""How late each customer pays, learnt from what they paid: for when open invoices of ours are likely to come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median_high, median_low
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from storage.models import Bill, BillState, Entry, EntryKind, Posting, Side

LOOK_BACK = timedelta(days=500)
FEWEST = 3
"""So many paid invoices of a customer tell how they pay; of all customers, for those with fewer."""
FEWEST_OF_ALL = 5
LONGEST_AGO = 12
"""Of a customer, the latest so many payments count: habits change."""


@dataclass(frozen=True)
class Habits:
    """Days from the due date to the payment (negative for early), of each party and of all, the latest last."""

    by_party: Mapping[int, Sequence[int]] = field(default_factory=dict)
    overall: Sequence[int] = ()

    def expected(self, party: int | None, due: date, today: date) -> tuple[date, int | None]:
        """When an open invoice is likely to be paid, not before today, and how many days after its due date the party
        usually pays; (the due date or today, None) where nothing is known of how they pay.

        Of one that is later than usual, those payments count that were later still.
        """
        delays = self._delays(party)
        if not delays:
            return max(due, today), None
        usual = median_low(delays)
        late = (today - due).days
        if due + timedelta(days=usual) > today:
            return due + timedelta(days=usual), usual
        later = [delay for delay in delays if delay > late]
        return (due + timedelta(days=median_high(later)) if later else today), usual

    def _delays(self, party: int | None) -> Sequence[int]:
        own = self.by_party.get(party, ()) if party is not None else ()
        if len(own) >= FEWEST:
            return own[-LONGEST_AGO:]
        return self.overall if len(self.overall) >= FEWEST_OF_ALL else ()


_PAID: tuple[Any, ...] = (Bill.vendor_id, Bill.due_date, func.max(Entry.booked_on))


def habits(session: Session, today: date, side: Side = Side.RECEIVABLE) -> Habits:
    """How invoices of this side were paid that were paid in full lately; what was taken back counts for nothing."""
    undone = select(Entry.reverses).where(col(Entry.reverses).is_not(None))
    rows = session.exec(
        select(*_PAID)
        .join(Posting, col(Posting.bill_id) == col(Bill.id))
        .join(Entry, col(Entry.id) == col(Posting.entry_id))
        .where(Bill.side == side, Bill.state == BillState.PAID, Bill.kind != "credit_note")
        .where(col(Bill.due_date).is_not(None), Entry.kind == EntryKind.PAYMENT, col(Entry.id).not_in(undone))
        .where(col(Entry.booked_on).between(today - LOOK_BACK, today))
        .group_by(col(Bill.id), col(Bill.vendor_id), col(Bill.due_date))
        .order_by(func.max(Entry.booked_on), col(Bill.id))
    ).all()
    by_party: dict[int, list[int]] = defaultdict(list)
    overall = []
    for party, due, paid in rows:
        delay = (paid - due).days
        overall.append(delay)
        if party is not None:
            by_party[party].append(delay)
    return Habits(dict(by_party), tuple(overall))
