"""What is due, what is owed, and whether it is paid, of the values in a sentence; one function a label."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from handlers.requests import Ageing, Due, Owed, Settled
from handlers.understand.assembly.conditions import LAST, LATE, NO_DATE, NOT_LATE, bounds, ends_of, most_of, order_of
from handlers.understand.assembly.material import Material
from handlers.understand.readers.due_and_balance import bound_money
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values.periods import Period
from handlers.wording import period_names


def due(material: Material) -> Due | Owed:
    """What is open, due or overdue."""
    side, tag = material.side, material.peek("party")
    if (
        tag
        and isinstance(tag.value, tuple)
        and len(tag.value) > 1
        and material.has("all", "alle", "together", "zusammen", "allen")
    ):
        return owed(material)
    vendor, without, when = material.party(), material.without(), material.when()
    least, most = bounds(material)
    late_by = material.take("lateness")
    if most is not None and most is not least:
        raise SlotMismatch
    late = late_by is not None or material.has(*LATE) or bool(when and when.overdue)
    if material.says(*NOT_LATE):
        if late_by or when:
            raise SlotMismatch
        late, when = False, Period(material.scene.today, None, period_names.since(material.scene.today))
    no_date = material.says(*NO_DATE)
    if no_date:
        material.drop("field")
    order = order_of(material)
    label = "" if late_by else period_names.overdue() if late else when.label if when else ""
    bound = bound_money(least.value, least.currency or material.scene.currency) if least else None
    return Due(
        until=when.until if when and not when.overdue else None,
        since=when.since if when and not when.overdue else None,
        overdue=late,
        vendor=vendor,
        label=period_names.condition(label, vendor, bound, side),
        above=least.value if least else None,
        currency=least.currency if least else None,
        side=side,
        without=without,
        days_late=int(str(late_by.value)) if late_by else None,
        no_due_date=no_date,
        order=order,
        most=most_of(material, ordered=order != "due"),
    )


def owed(material: Material) -> Due | Owed:
    """What is owed by party; with a time, or a bound, it is which bills are due."""
    if material.peek("period") or material.peek("day") or material.peek("amount") or material.peek("lateness"):
        return due(material)
    side = material.side
    tag = material.take("party")
    several = tag is not None and isinstance(tag.value, tuple) and len(tag.value) > 1
    together = material.has("all", "alle", "together", "zusammen", "allen", "altogether")
    party = None if tag is None else material.text(tag) if several and together else material.name(tag)
    return Owed(side, party, material.without())


def settled(material: Material) -> Settled:
    """Is it paid?"""
    side = material.side
    bill = material.take("bill")
    vendor, when = material.party(), material.when()
    since, until, label = ends_of(when)
    known = side if vendor or material.has("we", "wir", "us", "uns") else None
    return Settled(
        str(bill.value) if bill else None, vendor, known, since, until, last=material.has(*LAST), label=label
    )  # fmt: skip


def ageing(material: Material) -> Ageing:
    """Open amounts by age."""
    return Ageing(material.side)


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "due": due,
    "owed": owed,
    "settled": settled,
    "ageing": ageing,
}
