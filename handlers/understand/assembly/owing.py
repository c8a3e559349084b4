"""What is due, what is owed, and whether it is paid, of the values in a sentence; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handlers.requests import Ageing, Due, Owed, Settled
from handlers.understand.assembly.conditions import LAST, LATE, NO_DATE, NOT_LATE, bounds, ends_of, most_of, order_of
from handlers.understand.assembly.material import Material
from handlers.understand.readers.due_and_balance import bound_money
from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values.periods import Period, period
from handlers.wording import period_names

_LEFT_OVER = (
    "left over",
    "left when",
    "left after",
    "left once",
    "left if",
    "bleibt wenn",
    "bleibt nach",
    "left for us",
    "remains over",
    "bleibt ubrig",
    "ubrig bleibt",
    "ubrig ist",
    "dann noch ubrig",
)


def due(material: Material) -> Due | Owed:
    """What is open, due or overdue. Raises: SlotMismatch for what is left of our money."""
    if material.says(*_LEFT_OVER):
        raise SlotMismatch
    side, tag = material.side, material.peek("party")
    if (
        tag
        and isinstance(tag.value, tuple)
        and len(tag.value) > 1
        and material.has("all", "alle", "together", "zusammen", "allen")
    ):
        return owed(material)
    issued = _issued(material)
    vendor, without, when = material.party(), material.without(), material.when()
    least, most = bounds(material)
    late_by = material.take("lateness")
    past_due = bool(_PAST_DUE.search(material.said.plain))
    if past_due:
        material.drop("field")
    if most is least:
        most = None  # a bare amount is from there on
        if least and material.has("owes", "owe", "owed", "schuldet", "schulden"):
            raise SlotMismatch  # "Umbrella owes 2000 more" tells, or asks whether it is so much
    late = late_by is not None or past_due or material.has(*LATE) or bool(when and when.overdue)
    if material.says(*NOT_LATE) or _BUT_LATE.search(material.said.plain):
        if late_by or when:
            raise SlotMismatch
        late, when = False, Period(material.scene.today, None, period_names.since(material.scene.today))
    no_date = material.says(*NO_DATE)
    if no_date:
        material.drop("field")
    order = order_of(material)
    label = "" if late_by else period_names.overdue() if late else when.label if when else ""
    money = [bound_money(one.value, one.currency or material.scene.currency) if one else None for one in (least, most)]
    return Due(
        until=when.until if when and not when.overdue else None,
        since=when.since if when and not when.overdue else None,
        overdue=late,
        vendor=vendor,
        label="" if issued else period_names.condition(label, vendor, money[0], side, money[1]),
        above=least.value if least else None,
        below=most.value if most else None,
        currency=least.currency if least else most.currency if most else None,
        side=side,
        without=without,
        days_late=int(str(late_by.value)) if late_by else None,
        no_due_date=no_date,
        order=order,
        most=most_of(material, ordered=order != "due"),
        issued_since=issued.since if issued else None,
        issued_until=issued.until if issued else None,
    )


_BUT_LATE = re.compile(
    r"\b(?:but|except|without|besides|excluding|other than|apart from|ohne|ausser|bis auf)(?: for)?"
    r"(?: the| those| die| den)? "
    r"(?:overdue|late|uberfallige?n?|ueberfallige?n?)\b"
)
"""What leaves out the overdue ones."""


def _issued(material: Material) -> Period | None:
    """When the bills were issued, where that is what the time is about: "bills from May", "issued in April"."""
    tag = material.peek("period") or material.peek("day")
    if tag is None:
        return None
    first, before = material.said.words[tag.start].plain, _before_article(material, tag)
    said = material.said.part(tag.start, tag.end).without(_OF_BILLS)
    of_bills = first in _OF_BILLS or before in _OF_BILLS
    told = material.has(*_ISSUED) or _CAME.search(material.said.plain) or _is_over(material, tag)
    if not told and not (of_bills and before not in _FROM_THEN_ON):
        return None
    when = period(said, material.scene, "past") if len(said) else None
    if when is None or when.since is None:
        return None
    if not told and (when.until is None or when.since == when.until):
        return None  # "what is open from the 5th" rather begins then
    material.take_all(tag.kind)
    return when


def _before_article(material: Material, tag: Tag) -> str:
    words = [word.plain for word in material.said.words[max(0, tag.start - 2) : tag.start]]
    return next((word for word in reversed(words) if word not in ("the", "dem", "der", "den")), "")


def _is_over(material: Material, tag: Tag) -> bool:
    """Whether the time is over, and nothing says that bills fell due in it: "Q1 bills that are still open"."""
    ended = isinstance(tag.value, Period) and tag.value.since and tag.value.until
    return bool(ended) and tag.value.until < material.scene.today and not material.has(*_DUE)  # type: ignore[attr-defined]


_DUE = (
    "due",
    "overdue",
    "payable",
    "pay",
    "paying",
    "fallig*",
    "uberfallig*",
    "faellig*",
    "zahlbar",
    "zahlen",
    "bezahlen",
)
_OF_BILLS = ("from", "of", "aus", "vom", "von", "dated", "issued")
_FROM_THEN_ON = ("due", "fallig", "payable", "starting", "beginning")
_ISSUED = (
    "issued", "dated", "ausgestellt", "ausgestellte*", "datiert", "written", "geschrieben", "arrived", "received",
    "reingekommen", "eingegangen", "hereingekommen", "reinkamen", "angekommen",
)  # fmt: skip
_PAST_DUE = re.compile(
    r"\b(?:past|over|uber) (?:(?:their|its|the|das|ihr|dem) )?(?:due date|falligkeitsdatum|falligkeit)\b"
)
_CAME = re.compile(
    r"\b(?:we|that|which) (?:have )?(?:got|came in)\b|\b(?:die|wir) .{0,20}\b(?:bekommen|kamen|gekriegt)\b"
)


def owed(material: Material) -> Due | Owed:
    """What is owed by party; with a time, or a bound, it is which bills are due."""
    if material.peek("period") or material.peek("day") or material.peek("amount") or material.peek("lateness"):
        return due(material)
    side = material.side
    tag = material.take("party")
    several = tag is not None and isinstance(tag.value, tuple) and len(tag.value) > 1
    count = material.number()
    spoken = material.said.words[tag.end - 1].plain if tag else ""
    together = material.has("all", "alle", "together", "zusammen", "allen", "altogether") or (
        tag is not None and isinstance(tag.value, tuple) and (count == len(tag.value) or spoken.endswith("s"))
    )  # "the three Acmes"
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
