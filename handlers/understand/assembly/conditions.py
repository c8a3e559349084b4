"""Conditions that questions about bills share: bounds of an amount, the order, how many, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Literal

from handlers.understand.assembly.material import Material
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.values.amounts import Amount
from handlers.understand.values.periods import Period

LATE = (
    "overdue", "late", "uberfallig*", "ueberfallig*", "verspatet", "verzug", "arrears", "delinquent", "rausteht",
    "druber", "daruber", "ruckstand", "spat", "frist", "deadline", "uberschritten",
)  # fmt: skip


NOT_LATE = (
    "not overdue", "not yet overdue", "not late", "not yet due", "not due yet", "not past due",
    *(f"nicht {late}{end}" for late in ("uberfallig", "ueberfallig", "fallig", "faellig") for end in ("", "e", "en")),
)  # fmt: skip


LARGEST = (
    "most",
    "meisten",
    "largest",
    "biggest",
    "highest",
    "gross*",
    "hochst*",
    "teuerst*",
    "priciest",
    "top",
    "fattest",
    "largst",
)


OLDEST = ("oldest", "altest*", "longest", "langst*", "earliest", "first", "erste", "erster", "erstes", "fruhest*")


NO_DATE = (
    "without due date",
    "without a due date",
    "no due date",
    "ohne falligkeit",
    "ohne falligkeitsdatum",
    "ohne datum",
    "kein falligkeitsdatum",
    "keine falligkeit",
    "keinen falligkeitstermin",
    "no date",
    "have no due date",
    "has no due date",
    "lack a due date",
    "missing a due date",
    "due date missing",
    "due date is missing",
)


BELOW = ("under", "below", "less", "unter", "weniger", "maximal", "hochstens", "most", "max", "cheaper", "bis")


ABOVE = (
    "over",
    "above",
    "more",
    "than",
    "uber",
    "mehr",
    "als",
    "mindestens",
    "least",
    "from",
    "ab",
    "exceeding",
    "min",
    "bigger",
)


_ONE_BILL = ("rechnung", "beleg", "gutschrift", "quittung", "zahlung", "uberweisung", "bon", "kassenbon")
"""Of one of these "über" says the amount; of several ("Rechnungen über 500") the least."""


LAST = ("last", "zuletzt", "letzte*", "letztes", "most recently", "latest", "letztmals")


def bounds(material: Material) -> tuple[Amount | None, Amount | None]:
    """From and up to which amount; a bare one is both."""
    tags = tuple(material.beyond_doubt(tag) for tag in material.take_all("amount"))
    amounts = [tag.value for tag in tags if isinstance(tag.value, Amount)]
    if len(amounts) == 2:
        between = {word.plain for word in material.said.words[tags[0].end : tags[1].start]}
        if between & {"or", "oder"}:
            raise SlotMismatch  # "over 1000 or under 10": no stretch has both
        return amounts[0], amounts[1]
    if len(amounts) != 1:
        if amounts:
            raise SlotMismatch
        return None, None
    before = material.before(tags[0])
    if before == "uber" and material.has(*_ONE_BILL) and not material.has("mehr", "alle", "alles"):
        return amounts[0], amounts[0]  # "die Rechnung über 1.785"
    if before in BELOW:
        return None, amounts[0]
    if before in ABOVE:
        return amounts[0], None
    return amounts[0], amounts[0]


def order_of(material: Material) -> Literal["due", "oldest", "largest"]:
    return "largest" if material.has(*LARGEST) else "oldest" if material.has(*OLDEST) else "due"


def most_of(material: Material, *, ordered: bool) -> int | None:
    """How many were asked for; one where an order was said and something single."""
    number = material.number()
    if number is not None:
        return number
    return 1 if ordered and not material.has(*_SEVERAL) else None


_SEVERAL = (
    "bills", "invoices", "rechnungen", "expenses", "ausgaben", "items", "ones", "vendors", "suppliers", "lieferanten",
    "customers", "kunden", "costs", "kosten", "posten", "belege", "receipts",
)  # fmt: skip


def ends_of(when: Period | None) -> tuple[date | None, date | None, str]:
    """The first and last day of a stretch, and its name."""
    return (when.since, when.until, when.label) if when else (None, None, "")
