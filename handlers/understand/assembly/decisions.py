"""Decisions about one bill, and its corrections, of the values in a sentence; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from handlers.requests import Amend, Approve, Categorise, Confirm, FieldChange, NotAnInvoice, Refuse, Undo
from handlers.understand.assembly.material import Material
from handlers.understand.text.sentence import SlotMismatch
from handlers.understand.text.words import AMOUNTS, DATES
from handlers.understand.values.amounts import Amount


def confirm(material: Material) -> Confirm:
    """The bill is right."""
    return Confirm(material.hint())


def approve(material: Material) -> Approve:
    """The bill may be paid."""
    return Approve(material.hint(), iban=material.has("iban", "kontonummer", "bankverbindung"))


def refuse(material: Material) -> Refuse:
    """The bill may not be paid, for a reason in the person's words."""
    found = re.search(r"\b(?:because|since|weil|denn|as|da|:)\s+(.+)$", material.said.raw, re.IGNORECASE)
    return Refuse(material.hint(), found[1].strip(" .!") if found else "")


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
    if tag is None:
        raise SlotMismatch
    field = str(tag.value)
    for kind in ("amount", "day", "period", "party"):
        material.take_all(kind, excluded=True)  # "8 July, not 7 July"
    value: str | None = None
    if field in AMOUNTS:
        value = _right_amount(material)
    elif field in DATES:
        on = material.day()
        value = on.isoformat() if on else None
    elif field == "vendor":
        parties = material.take_all("party")
        value = material.name(parties[-1]) if len(parties) == 1 else None
    if value is None:
        raise SlotMismatch
    return Amend((FieldChange(field, value),), material.hint())


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
    "categorise": categorise,
    "not_an_invoice": not_an_invoice,
    "undo": lambda _: Undo(),
    "undo_other": undo_other,
}
