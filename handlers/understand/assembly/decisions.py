"""Decisions about one bill, and its corrections, of the values in a sentence; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from handlers.requests import (
    Amend,
    Approve,
    Budgets,
    Categorise,
    Confirm,
    FieldChange,
    Hold,
    NotAnInvoice,
    Refuse,
    SetBudget,
    Trip,
    Undo,
    Unusual,
)
from handlers.understand.assembly.material import Material
from handlers.understand.readers.deeds.claims import DISTANCE, trip_of
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.text.words import AMOUNTS, DATES, fold
from handlers.understand.values import currencies
from handlers.understand.values.amounts import Amount
from handlers.understand.values.ibans import iban_in


def confirm(material: Material) -> Confirm:
    """The bill is right."""
    return Confirm(material.hint())


def approve(material: Material) -> Approve:
    """The bill may be paid."""
    return Approve(material.hint(), iban=material.has("iban", "kontonummer", "bankverbindung"))


def refuse(material: Material) -> Refuse:
    """The bill may not be paid, for a reason in the person's words."""
    found = _REASON.search(material.said.raw)
    return Refuse(material.hint(), found[1].strip(" .!") if found else "")


_REASON = re.compile(r"(?:\b(?:because|since|weil|denn|as|da)\b|[:,;–—]|\s-\s)\s*(.{6,})$", re.IGNORECASE)
"""A reason follows "because", or a comma: "reject the Print24 bill, we never ordered that"."""


def hold(material: Material) -> Hold:
    """The bill is not paid for now. Raises: SlotMismatch for a question."""
    if material.said.asks:
        raise SlotMismatch
    until = material.day()
    found = _REASON.search(material.said.raw)
    return Hold(material.hint(), found[1].strip(" .!") if found else "", until)


def mileage(material: Material) -> Trip:
    """A way with one's own vehicle. Raises: SlotMismatch without a distance, and for a question."""
    found = DISTANCE.search(material.said.raw)
    if found is None or material.said.asks:
        raise SlotMismatch
    for kind in ("amount", "number", "party"):
        material.drop(kind)
    return trip_of(found, material.said.text, material.day())


_QUARTERS = ("quarter", "quarterly", "quartal", "vierteljahr", "quartals*")
_YEARS = ("year", "yearly", "annual", "annually", "jahr", "jahrlich", "jahres*", "pa")
_ENDS = ("no", "remove", "delete", "kein", "losche", "entferne", "streiche", "cancel", "drop")


def budget(material: Material) -> SetBudget | Budgets:
    """A budget that is set or ended, else the question what is left. Raises: SlotMismatch for an amount without a
    category."""
    quarterly, yearly, ends = (material.has(*words) for words in (_QUARTERS, _YEARS, _ENDS))
    for kind in ("period", "day", "party"):
        material.drop(kind)
    tag = material.take("amount")
    category = material.category() or material.category_spoken_of()
    amount = tag.value if tag is not None and isinstance(tag.value, Amount) else None
    if amount is None and not ends:
        return Budgets(category)
    if category is None or material.said.asks:
        raise SlotMismatch
    interval: Literal["month", "quarter", "year"] = "quarter" if quarterly else "year" if yearly else "month"
    if amount is None:
        return SetBudget(category, None, None, interval)
    return SetBudget(category, amount.value, amount.currency, interval)


def unusual(material: Material) -> Unusual:
    """What stands out, of a vendor or a period where one is told."""
    vendor, when = material.party(), material.when()
    return Unusual(vendor, *((when.since, when.until) if when else ()))


def categorise(material: Material) -> Categorise:
    """Another category. Raises: SlotMismatch where none is named."""
    category = material.category()
    material.take_all("category", excluded=True)  # "postage, not advertising"
    if category is None:
        raise SlotMismatch
    return Categorise(category, material.hint())


def not_an_invoice(material: Material) -> NotAnInvoice:
    """The document in focus is no bill. Raises: SlotMismatch for a named one, which is shown first."""
    if material.hint() is not None:
        raise SlotMismatch
    return NotAnInvoice()


def undo_other(material: Material) -> Undo:
    """Something named is taken back; which one is asked."""
    vendor = material.hint()
    for kind in ("amount", "day", "period", "account"):
        material.take_all(kind)
    what = next((name for name, words in _ACTS.items() if material.has(*words)), "change")
    return Undo(what=what, vendor=vendor)


_ACTS = {
    "payment": ("payment*", "paid", "zahlung*", "bezahlung", "uberweisung"),
    "confirmation": ("confirmation", "confirm*", "bestatigung", "buchung", "booking"),
    "approval": ("approval", "approv*", "freigabe", "genehmigung"),
    "transfer": ("transfer*", "umbuchung", "ubertrag"),
    "correction": ("correction", "korrektur", "anderung"),
}


def amend(material: Material) -> Amend:
    """A correction of one field of a bill. Raises: SlotMismatch where no field, or no value of its kind, is told."""
    tag = material.take("field")
    field = str(tag.value) if tag else material.field_spoken_of()
    denied = material.take_all("amount", excluded=True)
    for kind in ("day", "period"):
        material.take_all(kind, excluded=True)  # "8 July, not 7 July"
    if field is None and denied and material.peek("amount"):
        field = "total"  # "the DHL bill was 74.20 and not 47.20"
    if field is None:
        return _other_vendor(material) or _other_currency(material)
    value: str | None = None
    if field in AMOUNTS:
        value = _right_amount(material)
    elif field in DATES:
        when = material.when()
        if when and when.since and when.since != when.until:
            raise SlotMismatch  # "payable Monday to Wednesday" asks
        value = when.until.isoformat() if when and when.until else None
    elif field == "vendor":
        material.take_all("party", excluded=True)
        parties = material.take_all("party")
        value = material.name(parties[-1]) if len(parties) == 1 else None
    elif field == "number":
        value = _number(material)
    elif field == "iban":
        value = _iban(material)
    elif field == "currency":
        return _other_currency(material)
    if value is None:
        raise SlotMismatch
    return Amend((FieldChange(field, value),), material.hint())


def _number(material: Material) -> str | None:
    """The right number: the last one that is said, after "to", "is" or the like; any digits may be one."""
    material.take_all("bill", excluded=True)  # "K-26-11, not K-26-1"
    told = sorted(
        (*material.take_all("bill"), *material.take_all("amount"), *material.take_all("number")),
        key=attrgetter("start"),
    )
    if not told or material.before(told[-1]) not in _BEFORE_RIGHT:
        return None
    material.put_back(*told[:-1])
    return material.text(told[-1])


_BEFORE_RIGHT = frozenset({
    "to", "is", "be", "read", "reads", "auf", "ist", "lautet", "in", "zu", "muss", "soll", "sollte", "lauten", "number",
    "nummer", "heisst",
})  # fmt: skip


def _other_vendor(material: Material) -> Amend | None:
    """ "Not Acme GmbH, this is Acme Logistics": the one that is denied is on the bill in focus; None for another
    correction. Raises: SlotMismatch where nothing tells which of two names is right.
    """
    denied, named = material.take_all("party", excluded=True), material.take_all("party")
    if len(named) == 1 and material.has("vendor", "supplier", "lieferant", "seller", "issuer", "aussteller"):
        return Amend((FieldChange("vendor", material.name(named[0])),), None)  # "wrong vendor, it's Acme"
    if len(named) + len(denied) < 2:
        material.put_back(*named, *denied)
        return None
    if len(named) == 1:
        return Amend((FieldChange("vendor", material.name(named[0])),), None)
    after = [word.plain for word in material.said.words[named[0].end : named[-1].start]]
    if len(named) != 2 or not _DENYING.intersection(after):
        raise SlotMismatch
    return Amend((FieldChange("vendor", material.name(named[1])),), None)


_DENYING = frozenset({"not", "nicht", "wrong", "falsch", "incorrect", "isn't", "sondern", "but"})


def _other_currency(material: Material) -> Amend:
    """ "The bill is in dollars". Raises: SlotMismatch where no currency is named, or several are."""
    kept = material.scene.names.kept.values()
    found: dict[str, str] = {}
    denied = {after for word, after in pairwise(material.words) if word in _INSTEAD}
    for word in material.words:
        if word in denied:
            continue
        called = currencies.meant(word) if len(word) > 2 else ()
        code = currencies.kept_of(called, kept) if len(called) > 1 else None  # "dollars", as we keep some
        if code := code or (currencies.currency(word, material.scene.currency) if called else None):
            found[code] = word
    if len(found) != 1:
        raise SlotMismatch
    code, spoken = found.popitem()
    material.words = tuple(word for word in material.words if word != spoken and word not in denied)
    return Amend((FieldChange("currency", code),), material.hint())


def _iban(material: Material) -> str | None:
    """The account number in the sentence; its words are then no others. None where it is ours."""
    if material.has("our", "ours", "unser*", "we", "wir"):
        return None
    found = iban_in(material.said.raw)
    if found is None:
        return None
    taken = {fold(word) for word in found[0].split()}
    material.words = tuple(word for word in material.words if word not in taken)
    material.drop("bill", "amount", "number")
    return found[1]


def _right_amount(material: Material) -> str | None:
    """The amount that is right: not the one after "not" or "instead of"."""
    tags = [tag for tag in material.take_all("amount") if material.before(tag) not in _INSTEAD]
    values = {tag.value.value for tag in tags if isinstance(tag.value, Amount)}
    return values.pop() if len(values) == 1 else None


_INSTEAD = frozenset({"not", "nicht", "statt", "anstatt", "of", "than"})


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "confirm": confirm,
    "amend": amend,
    "approve": approve,
    "refuse": refuse,
    "hold": hold,
    "mileage": mileage,
    "budget": budget,
    "unusual": unusual,
    "categorise": categorise,
    "not_an_invoice": not_an_invoice,
    "undo": lambda _: Undo(),
    "undo_other": undo_other,
}
