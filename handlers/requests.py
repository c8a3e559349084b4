"""What a person can ask for: one frozen dataclass a request, whatever words, buttons or language it came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

PaymentAccount = Literal["bank", "cash"]


@dataclass(frozen=True)
class FieldChange:
    """A new value of one field of a bill, by its name in `extraction.evidence.FIELDS`.

    `value` is normalised text as in evidence ("1294.50", "2025-05-15", "EUR"); None means that the bill has none
    ("no due date").
    """

    field: str
    value: str | None


@dataclass(frozen=True)
class Amend:
    """Correct fields of the bill in focus, or of the one that `bill_hint` (a vendor, a number) names.

    A currency said with an amount ("total is 50 USD") is a change of its own, also where it is the one already known.
    """

    changes: tuple[FieldChange, ...]
    bill_hint: str | None = None


@dataclass(frozen=True)
class Confirm:
    """The bill is right: book it."""

    bill_hint: str | None = None


@dataclass(frozen=True)
class Pay:
    """The bill was paid. `amount` is a decimal string, None the whole open rest; `on` None means today.

    `account` and `currency` are None where nothing was said; `vendor` names whose bill, None the one in focus.
    """

    amount: str | None = None
    account: PaymentAccount | None = None
    on: date | None = None
    currency: str | None = None
    vendor: str | None = None


@dataclass(frozen=True)
class NotAnInvoice:
    """The document in focus is no bill."""


@dataclass(frozen=True)
class KeepBoth:
    """The held bill is no duplicate."""


@dataclass(frozen=True)
class KeepNew:
    """The held bill takes the place of the one that was here."""


@dataclass(frozen=True)
class Discard:
    """The held bill is a duplicate, away with it."""


@dataclass(frozen=True)
class Undo:
    """Take back the last thing that was done here."""


@dataclass(frozen=True)
class Edit:
    """Something on the bill is wrong; the person wants to know how to correct it."""


@dataclass(frozen=True)
class ShowBill:
    """Show the bill's card again; `bill_hint` None means the one in focus."""

    bill_hint: str | None = None


@dataclass(frozen=True)
class ShowOriginal:
    """Send the original document back; `bill_hint` None means the one in focus."""

    bill_hint: str | None = None


@dataclass(frozen=True)
class Due:
    """Which bills are open. Both ends are inclusive, None is no limit; `overdue` means due before today.

    `vendor` is as it was said. `label` repeats the condition in words ("this week, to Acme"), "" for none.
    """

    until: date | None = None
    since: date | None = None
    overdue: bool = False
    vendor: str | None = None
    label: str = ""


@dataclass(frozen=True)
class Balance:
    """How much there is, on one account or (None) on all of them."""

    account: PaymentAccount | None = None


@dataclass(frozen=True)
class Invite:
    """Let somebody in; `who` is a mail address or a name."""

    who: str


@dataclass(frozen=True)
class Redeem:
    """Somebody hands in an invitation code, as they typed it."""

    code: str


@dataclass(frozen=True)
class Help:
    """What can Billify do, and who is it?"""


@dataclass(frozen=True)
class Greeting:
    """Hello."""


@dataclass(frozen=True)
class Thanks:
    """Thank you."""


@dataclass(frozen=True)
class Unclear:
    """The request is understood but for one part. `question` says which, and how to say it.

    `suggestions` are whole sentences that are understood without a doubt, to be shown as buttons.
    """

    question: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unknown:
    """The words fit no request; `suggestions` are the nearest sentences that do."""

    suggestions: tuple[str, ...] = ()


Request = (
    Amend
    | Confirm
    | Pay
    | NotAnInvoice
    | KeepBoth
    | KeepNew
    | Discard
    | Undo
    | Edit
    | ShowBill
    | ShowOriginal
    | Due
    | Balance
    | Invite
    | Redeem
    | Help
    | Greeting
    | Thanks
)

Understood = Request | Unclear | Unknown

CHANGES = (Amend, Confirm, Pay, NotAnInvoice, KeepBoth, KeepNew, Discard, Undo, Invite)
"""Requests that change something: nobody may make them in another's name."""
