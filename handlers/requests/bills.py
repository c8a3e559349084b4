"""About one bill: correct it, decide about it, see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


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
    """The bill is right: book it. `late` books one of a closed period on the first open day."""

    bill_hint: str | None = None
    late: bool = False


@dataclass(frozen=True)
class NotAnInvoice:
    """The document in focus is no bill; `reason` is in the person's words."""

    reason: str = ""


@dataclass(frozen=True)
class KeepBoth:
    """The held bill is no duplicate."""


@dataclass(frozen=True)
class KeepNew:
    """The held bill takes the place of the one that was here."""


@dataclass(frozen=True)
class Discard:
    """The held bill is a duplicate, away with it."""


AllAtOnceAct = Literal["confirm", "discard", "approve"]
"""What many bills can be decided about with one word; only duplicates are discarded."""


@dataclass(frozen=True)
class AllAtOnce:
    """Which bills would be decided about at once; nothing is done yet, whatever is said: they are looked at first.

    `bills` are those alone (what was listed last), () for all that wait. `vendor` and `without` are as they were said;
    `above` and `below` are decimal strings that bound the total, both inclusive, in `currency` (None: the company's);
    `since` and `until` bound the day of issue or, with `by_due_date`, the day when it is due.
    """

    act: AllAtOnceAct
    bills: tuple[int, ...] = ()
    vendor: str | None = None
    without: tuple[str, ...] = ()
    above: str | None = None
    below: str | None = None
    currency: str | None = None
    since: date | None = None
    until: date | None = None
    by_due_date: bool = False


@dataclass(frozen=True)
class DecideAll:
    """Decide so about each of these bills, which were looked at."""

    act: AllAtOnceAct
    bills: tuple[int, ...]


@dataclass(frozen=True)
class Undo:
    """Take back the asker's own last change in this conversation, or (`of_bill`, the button under it) the bill's last.

    `what` is what somebody named that may not be the last ("the last payment", "the Telekom payment"): which one it
    is is asked. `change` is the one that was chosen: the number of its last step in the audit. `seen` is the latest
    step there when the button was shown: it takes back what was last by then, and nothing that came later.
    """

    of_bill: bool = False
    what: str | None = None
    vendor: str | None = None
    change: str | None = None
    seen: int | None = None


@dataclass(frozen=True)
class Edit:
    """Something on the bill is wrong; the person wants to know how to correct it."""


@dataclass(frozen=True)
class ShowBill:
    """Show the bill's card again; `bill_hint` None means the one in focus."""

    bill_hint: str | None = None


@dataclass(frozen=True)
class ShowOriginal:
    """Send the original document back; `bill_hint` None means the one in focus. A period narrows down which of a
    vendor's
    bills it is, by date of issue."""

    bill_hint: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class History:
    """What happened to the bill, and where it stands; `bill_hint` None means the one in focus. `what` asks for one
    thing:
    who sent, confirmed, approved or paid it, and when."""

    bill_hint: str | None = None
    what: Literal["sent", "confirmed", "approved", "paid"] | None = None


@dataclass(frozen=True)
class Categorise:
    """Book the bill on the account that people call `category` ("travel"); None suggests from the vendor and lines."""

    category: str | None
    bill_hint: str | None = None


@dataclass(frozen=True)
class Approve:
    """The bill may be paid, or (`iban`) the vendor's changed account is theirs."""

    bill_hint: str | None = None
    iban: bool = False


@dataclass(frozen=True)
class Refuse:
    """The bill may not be paid; `reason` is in the person's words."""

    bill_hint: str | None = None
    reason: str = ""
