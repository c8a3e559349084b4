"""Money that moves: payments, statements, transfers. Amounts are decimal strings; `currency` None is the usual one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Pay:
    """The bill was paid. `amount` is a decimal string, None the whole open rest; `on` None means today.

    `account` (as people call it: "bank", "cash", "Sparkasse") and `currency` are None where nothing was said; `vendor`
    names whose bill, None the one in focus.
    """

    amount: str | None = None
    account: str | None = None
    on: date | None = None
    currency: str | None = None
    vendor: str | None = None


@dataclass(frozen=True)
class PaymentFile:
    """A credit-transfer file (pain.001) for the approved bills: due until a date (None: all), or of one vendor."""

    until: date | None = None
    vendor: str | None = None


@dataclass(frozen=True)
class PaymentCode:
    """The QR code with which a banking app pays the bill."""

    bill_hint: str | None = None


@dataclass(frozen=True)
class Match:
    """A movement of a bank statement pays this bill; None means none of those proposed."""

    movement: int
    bill: int | None = None


@dataclass(frozen=True)
class Movements:
    """The movements on statements that no entry explains yet."""


@dataclass(frozen=True)
class Reconcile:
    """The bank's balance beside the ledger's, for one account or all."""

    account: str | None = None


@dataclass(frozen=True)
class Transfer:
    """Money went from one account of ours to another."""

    amount: str
    source: str
    target: str
    on: date | None = None
    currency: str | None = None


@dataclass(frozen=True)
class Allocate:
    """Set the credit note or prepayment that is in focus (or named) against open bills of the same vendor."""

    bill_hint: str | None = None


@dataclass(frozen=True)
class Prepay:
    """Money was paid to a vendor before there was a bill."""

    vendor: str
    amount: str
    account: str | None = None
    on: date | None = None
    currency: str | None = None
