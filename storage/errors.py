"""One tree of errors of the ledger. `str(error)` tells a person why, and what to do next.

Amounts in these texts are plain ("500.00 EUR"); whoever shows them may word them anew from the error's class.
"""

from __future__ import annotations

import errno
from datetime import date


class LedgerError(Exception):
    """The ledger refuses this.

    `text` has {names} that `values` fill: Money, dates and words of the caller, so that whoever shows the error can
    say it in another language and format. `about` is the id of the bill that the request was about, None for none.
    """

    about: int | None = None

    def __init__(self, text: str, /, **values: object) -> None:
        super().__init__(text.format(**values) if values else text)
        self.text = text
        self.values = values


class NoSuchBill(LedgerError):
    """No bill has this id."""


class NewerDatabase(LedgerError):
    """A later version of Billify changed the database so that this one cannot work on it."""


class NoSuchAccount(LedgerError):
    """No account of the chart has this code, or it is of the wrong type for this."""


class KeyOfAnother(LedgerError):
    """What a key stands for is another conversation's."""


class TooManyAttempts(LedgerError):
    """Too many wrong codes were tried; none is looked at for so many `values["minutes"]`."""


class WrongState(LedgerError):
    """The bill is not in a state in which this can be done."""


class OnHold(LedgerError):
    """The bill is not to be paid for now."""


class Incomplete(LedgerError):
    """The bill cannot be booked before something is known; `missing` names the fields."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(f"Still unknown: {', '.join(missing)}. Say for example “{missing[0]} is …”, then confirm.")
        self.missing = missing


class Unfit(LedgerError):
    """A value does not fit: no number, no date, a wrong currency, against the arithmetic."""


class NoBill(LedgerError):
    """The document is none that is booked: a reminder, an order, a statement."""


class Overpaid(LedgerError):
    """More would be paid than is owed."""


class PeriodClosed(LedgerError):
    """The day is closed; `until` is the last day that is."""

    def __init__(self, until: date) -> None:
        super().__init__(
            "The books are closed until {day}. Give a later day, or say “reopen the books” first.", day=until
        )
        self.until = until


class NoRate(LedgerError):
    """No exchange rate is known for a currency on a day."""


class Unbalanced(LedgerError):
    """An entry does not hold; `problems` lists why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("This cannot be booked: " + " ".join(problems))
        self.problems = problems


class NotYours(LedgerError):
    """This person may not decide about this bill."""


class LastOwner(LedgerError):
    """Nobody would be left who owns the books."""


class AddressTaken(LedgerError):
    """The address belongs to somebody else already."""


class DocumentDamaged(LedgerError):
    """The stored original cannot be opened: another key, or its file was altered."""


class BadKey(LedgerError):
    """The key of the document store is no key."""


class BadStore(LedgerError):
    """No store of documents or backups has this address, or a package for it is missing."""


class NoBackup(LedgerError):
    """There is no backup of this name, or none at all."""


class BackupDamaged(LedgerError):
    """A piece of a backup is missing, cut off or changed; the text says which."""


class NotRestored(LedgerError):
    """A backup cannot be brought back there: something is there already, or it is of a newer version."""


class StoreAway(OSError):
    """A store is away, or does not let us in: waited for as for a disk, and no fault of what was asked."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(errno.EIO, reason, place)


class QuarantineFull(LedgerError):
    """No more mail of strangers is kept now; `limit` names the one that is reached (`QuarantineLimits`)."""

    def __init__(self, limit: str) -> None:
        super().__init__("No more mail from unknown senders is kept at the moment.")
        self.limit = limit
