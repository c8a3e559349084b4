"""The bank's balance beside the ledger's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from storage.bank import bank_movements, statements
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Account


@dataclass(frozen=True)
class BalanceComparison:
    """A bank account on the last day of a statement: the bank's balance, the ledger's, and what no entry explains.

    `unexplained` sums the `count` movements until then that are not booked. `bank` is None where no statement told a
    balance.
    """

    account: Account
    on: date
    bank: Money | None
    ledger: Money
    unexplained: Money
    count: int

    @property
    def difference(self) -> Money | None:
        """The bank's balance less the ledger's; None without the bank's."""
        return None if self.bank is None else self.bank - self.ledger


def compare_balances(session: Session, account: Account, today: date) -> BalanceComparison:
    """The bank's balance beside the ledger's, on the day of the latest statement with a balance, else today."""
    latest = statements.latest(session, account.id)
    on = latest.until if latest and latest.until else today
    currency = latest.currency if latest else account.currency
    held = [b.amount for b in accounts.balances(session, at=on, codes=[account.code])]
    booked = next((amount for amount in held if currency in (None, amount.currency)), None)
    currency = currency or (booked.currency if booked else "EUR")
    waiting = bank_movements.open_movements(session, account.id, until=on)
    closing = latest.closing_minor if latest else None
    return BalanceComparison(
        account,
        on,
        Money(closing, currency) if closing is not None else None,
        booked or Money(0, currency),
        Money(sum(movement.amount_minor for movement in waiting), currency),
        len(waiting),
    )
