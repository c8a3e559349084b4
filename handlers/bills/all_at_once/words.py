"""Deciding about many bills at once: what is asked, offered, done and left."""

from __future__ import annotations

from handlers.language.translation import say, say_count
from handlers.requests import AllAtOnceAct
from handlers.wording.lists import vendor_and_number
from storage.models import Bill


def question(act: AllAtOnceAct, n: int, total: str) -> str:
    """What is asked above the list."""
    match act:
        case "confirm":
            return say_count(
                "Shall I confirm this bill, {total}?",
                "Shall I confirm these {n} bills, {total} in all?",
                n,
                total=total,
            )
        case "discard":
            return say_count(
                "Shall I discard this duplicate, {total}?",
                "Shall I discard these {n} duplicates, {total} in all?",
                n,
                total=total,
            )
        case "approve":
            return say_count(
                "Do you approve this bill, {total}?", "Do you approve these {n} bills, {total} in all?", n, total=total
            )


def order(act: AllAtOnceAct, n: int) -> str:
    """The button that does it."""
    match act:
        case "confirm":
            return say_count("Confirm it", "Confirm all {n}", n)
        case "discard":
            return say_count("Discard it", "Discard all {n}", n)
        case "approve":
            return say_count("Approve it", "Approve all {n}", n)


def done(act: AllAtOnceAct, n: int, total: str) -> str:
    """What was done."""
    match act:
        case "confirm":
            return say_count("{n} bill confirmed, {total}.", "{n} bills confirmed, {total} in all.", n, total=total)
        case "discard":
            return say_count("{n} duplicate discarded.", "{n} duplicates discarded.", n)
        case "approve":
            return say_count("{n} bill approved, {total}.", "{n} bills approved, {total} in all.", n, total=total)


def nothing(act: AllAtOnceAct) -> str:
    """There is no such bill."""
    match act:
        case "confirm":
            return say("No such bill is ready to be confirmed.")
        case "discard":
            return say("No such duplicate waits for a decision.")
        case "approve":
            return say("No such bill waits for your approval.")


def left(act: AllAtOnceAct, n: int) -> str:
    """Those that have to be looked at one by one."""
    match act:
        case "confirm":
            return say_count(
                "{n} more is left for you to look at: something on it is missing, in doubt, or there already.",
                "{n} more are left for you to look at: something on each is missing, in doubt, or there already.",
                n,
            )
        case "discard":
            return say_count("{n} more is not yours to decide.", "{n} more are not yours to decide.", n)
        case "approve":
            return say_count(
                "{n} more waits for somebody else, or for a word about its account.",
                "{n} more wait for somebody else, or for a word about their accounts.",
                n,
            )


def more_after(n: int) -> str:
    """More than one button decides about."""
    return say_count("{n} more comes after these.", "{n} more come after these.", n)


def other_currency(n: int) -> str:
    """Amounts that cannot be compared with the one that was said."""
    return say_count(
        "{n} bill in another currency is not among them.", "{n} bills in other currencies are not among them.", n
    )


def failed(n: int) -> str:
    """Stands above the reasons."""
    return say_count("{n} bill stays as it was:", "{n} bills stay as they were:", n)


def no_longer(bill: Bill) -> str:
    """It was decided about, or changed, since it was shown."""
    return say("{bill}: it no longer waits for this.", bill=vendor_and_number(bill))
