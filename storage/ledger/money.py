"""Money: an integer of minor units with its ISO 4217 currency. Pure; no float ever enters."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, Overflow

import iso4217


class UnknownCurrency(ValueError):
    """The code is not an active currency of ISO 4217."""


LARGEST = 10**17
"""Amounts stay below this many minor units: a quadrillion of dollars, and ample room in a BigInteger for sums."""


class CurrencyMismatch(ValueError):
    """Amounts of different currencies met; the message shows both."""


def exponent(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD (ISO 4217, "minor unit").

    Raises: UnknownCurrency, also for codes without a minor unit such as gold (XAU).
    """
    try:
        decimals = iso4217.Currency(currency).exponent
    except ValueError:
        raise UnknownCurrency(f"“{currency}” is not a currency code of ISO 4217, such as EUR or USD.") from None
    if decimals is None:
        raise UnknownCurrency(f"“{currency}” has no minor unit and cannot be booked.")
    return int(decimals)


@dataclass(frozen=True, order=False)
class Money:
    """An amount: `minor` units (cents, yen…) of `currency`."""

    minor: int
    currency: str

    def __post_init__(self) -> None:
        exponent(self.currency)

    @classmethod
    def of(cls, amount: str | Decimal, currency: str) -> Money:
        """From a decimal with a dot, such as "1249.50".

        Raises: ValueError when it is no number, is too large to book or has more decimals than the currency;
            UnknownCurrency.
        """
        try:
            scaled = Decimal(amount).scaleb(exponent(currency))
        except (InvalidOperation, Overflow):
            raise ValueError(f"“{amount}” is not an amount.") from None
        if not scaled.is_finite() or abs(scaled) >= LARGEST:
            raise ValueError(f"“{amount}” is not an amount that can be booked.")
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{amount} has more decimals than {currency} allows ({exponent(currency)}).")
        return cls(int(scaled), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, with exactly the currency's decimals."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    def __str__(self) -> str:
        return f"{self.decimal} {self.currency}"

    def _same(self, other: Money) -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self} and {other} are of different currencies.")
        return other.minor
