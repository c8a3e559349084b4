"""Money that moves: payments, statements, transfers. Amounts are decimal strings; `currency` None is the usual one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Pay:
    """The bill was paid. `amount` is a decimal string, None the whole open rest; `on` None means today.

    `account` (as people call it: "bank", "cash", "Sparkasse") and `currency` are None where nothing was said; `vendor`
    names whose bill, `bill_hint` its number, both None the one in focus. `discounted` is what is open less the
    discount for early payment. `rest` says what a difference to what is open is: it stays open, is kept ahead for
    later bills, a bank fee, or a rounding. `side` says which way the money went where the words did ("we paid",
    "they paid us"): the bill must be of that side.
    """

    amount: str | None = None
    account: str | None = None
    on: date | None = None
    currency: str | None = None
    vendor: str | None = None
    discounted: bool = False
    rest: Literal["open", "ahead", "fee", "rounding"] = "open"
    side: Literal["payable", "receivable"] | None = None
    bill_hint: str | None = None


@dataclass(frozen=True)
class HowToPay:
    """How the bill can be paid: nothing has moved yet, and nothing is booked. `bill_hint` None means the one in
    focus.
    """

    bill_hint: str | None = None


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
    """A movement of a bank statement pays this bill, and `others`; None means none of those proposed."""

    movement: int
    bill: int | None = None
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Unmatch:
    """What a movement of a bank statement was booked as is wrong: take it back."""

    movement: int


@dataclass(frozen=True)
class BookMovement:
    """A movement without a bill is this: "that's bank fees". `category` is as it was said; `movement` is the number
    that lists show, None the only one that is open."""

    category: str
    movement: int | None = None


@dataclass(frozen=True)
class ChooseAccount:
    """The statement in a document that was sent is of this account of ours (its code), "new" of one more, "" where that
    is known and only the import was asked about."""

    document: int
    account: str = ""


@dataclass(frozen=True)
class ChooseColumns:
    """The table in a document is read as it was shown; `account` is the code of its account, `columns` what was chosen
    otherwise than guessed (see `extraction.statements.tables.column_choices`)."""

    document: int
    account: str
    columns: str = ""


@dataclass(frozen=True)
class ShowColumns:
    """How the table in a document would be read with these `columns`, and one `change` to them: signs turned ("turn"),
    day and month ("days"), another column for a role ("amount": `column` is its heading or number, as it was said);
    "wrong" asks what there is to change, "" changes nothing.
    """

    document: int
    account: str
    columns: str = ""
    change: str = ""
    column: str = ""


@dataclass(frozen=True)
class TakeBackImport:
    """The statement in a document (None: the asker's last one) was not to be imported: its movements go. `sure` says
    that what was booked for them goes, too."""

    document: int | None = None
    sure: bool = False


@dataclass(frozen=True)
class WithdrawPaymentFile:
    """The last payment file was not uploaded and will not be: its bills may be paid otherwise."""


@dataclass(frozen=True)
class Movements:
    """The movements on statements that no entry explains yet."""


@dataclass(frozen=True)
class Reconcile:
    """The bank's balance beside the ledger's, for one account or all."""

    account: str | None = None


@dataclass(frozen=True)
class Transfer:
    """Money went from one account of ours to another.

    `received` is what arrived there, a decimal string too, where it was exchanged; None where it is the same. An
    account is None where only its currency was said.
    """

    amount: str
    source: str | None
    target: str | None
    on: date | None = None
    currency: str | None = None
    received: str | None = None
    received_currency: str | None = None


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
