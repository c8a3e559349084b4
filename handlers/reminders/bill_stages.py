"""At which reminder a bill stands for somebody: the latest that its rhythm has come to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from handlers.reminders.schedule import ReminderSchedule, Stage, stages
from storage.messages.reminders import OpenBill
from storage.models import Side, Snooze

_Kind = tuple[date, tuple[date, ...]]


@dataclass(frozen=True)
class BillStages:
    """The stages of bills in one rhythm, as of `now` (aware): bills of the same days are looked at once."""

    rhythm: ReminderSchedule
    now: datetime
    _reached: dict[_Kind, Sequence[Stage]] = field(default_factory=dict)

    def latest(self, bill: OpenBill, snooze: Snooze | None) -> Stage | None:
        """The stage at which the bill stands, or none: not before it was booked, nor while it is snoozed."""
        reached = [stage for stage in self._of(bill) if stage.at > bill.since]
        if bill.side is Side.RECEIVABLE:  # what others owe us is news once it is late
            reached = [stage for stage in reached if stage.offset > 0]
        if snooze is None:
            return reached[-1] if reached else None
        if snooze.until is None or snooze.until > self.now:
            return None
        days = (snooze.until.astimezone(self.rhythm.zone).date() - bill.due_date).days
        woken = Stage(days, snooze.until)
        return [stage for stage in (woken, *reached) if stage.at >= snooze.until][-1]

    def _of(self, bill: OpenBill) -> Sequence[Stage]:
        kind = bill.due_date, bill.discount_ends
        if kind not in self._reached:
            self._reached[kind] = stages(bill.due_date, self._with_discount(bill), self.now)
        return self._reached[kind]

    def _with_discount(self, bill: OpenBill) -> ReminderSchedule:
        """With a reminder as long before the end of each discount as the last one before the due date comes."""
        before = self.rhythm.before
        if not before:
            return self.rhythm
        ends = [(bill.due_date - until).days for until in bill.discount_ends]
        return replace(self.rhythm, before=(*before, *(end + min(before) for end in ends if end > 0)))
