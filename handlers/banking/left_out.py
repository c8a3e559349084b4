"""What of a statement is not among its movements: rows that cannot be read, are not booked yet, or tell balances."""

from __future__ import annotations

from collections.abc import Sequence

from extraction.bank_statement import BankStatement, LeftOut
from handlers.language.translation import say, say_count

MOST_SHOWN = 3
"""Rows that are shown; of more it is said how many there are."""


def told_left_out(found: Sequence[BankStatement]) -> list[str]:
    """A line for each kind of what was left out, in the language spoken."""
    rows = [row for statement in found for row in statement.left_out]
    missing = [row for row in rows if row.is_missing]
    said = []
    if missing:
        head = say_count(
            "⚠ {n} row could not be read and is not imported:",
            "⚠ {n} rows could not be read and are not imported:",
            len(missing),
        )
        said += [head, *(f"• {_shown(row)}" for row in missing[:MOST_SHOWN])]
        if len(missing) > MOST_SHOWN:
            said.append(say("… and {n} more.", n=len(missing) - MOST_SHOWN))
    if others := sum(row.why in ("balance", "total") for row in rows):
        text = say_count(
            "{n} row tells a balance or a sum, which is no movement.",
            "{n} rows tell balances or sums, which are no movements.",
            others,
        )
        said.append(text)
    pending = sum(row.why == "pending" for row in rows)
    pending += sum(line.pending for statement in found for line in statement.lines)
    if pending:
        text = say_count(
            "{n} movement is pending and left out; it comes with a later statement.",
            "{n} movements are pending and left out; they come with a later statement.",
            pending,
        )
        said.append(text)
    return said


def _shown(row: LeftOut) -> str:
    why = {
        "date": say("no date that I can read"),
        "amount": say("no amount that I can read"),
        "direction": say("nothing says which way the money went"),
    }
    return say("row {n}: “{text}” ({why})", n=row.row, text=row.text, why=why[row.why])
