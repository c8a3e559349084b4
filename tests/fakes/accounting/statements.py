"""That profit and loss and the balance sheet are what the trial balance says."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session

from storage.ledger import accounts
from storage.reports.annual.financial_statements import financial_statements
from storage.reports.spending import Period

CENTS = 20
"""What rounding may come to, in minor units."""


def assert_statements_tie(session: Session, span: Period, dollar: float) -> None:
    """A dollar is worth so many euros all the time, so that each line is what the accounts hold, but for cents."""
    (made,) = financial_statements(session, span, "EUR")
    for n, at in enumerate((span.until, span.before().until)):
        totals = {section: made.total(section)[n].minor for section in made.sections}
        assert totals["assets"] == totals["liabilities"] + totals["equity"]
        held: dict[str, float] = defaultdict(float)
        for balance in accounts.balances(session, at=at):
            held[balance.type] += balance.amount.minor * (dollar if balance.amount.currency == "USD" else 1)
        assert abs(totals["assets"] - held["asset"]) < CENTS
        assert abs(totals["liabilities"] + held["liability"]) < CENTS
    assert not any(line.code == "unrealised" and abs(line.now.minor) > CENTS for line in made.sections["income"])
