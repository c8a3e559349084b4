"""About one bill: confirm, approve, refuse, book on a category, show what became of it."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.requests import (
    Amend,
    Approve,
    BookMovement,
    Categorise,
    Confirm,
    Discard,
    Edit,
    FieldChange,
    History,
    KeepBoth,
    KeepNew,
    NotAnInvoice,
    Refuse,
    Request,
    ShowBill,
    Undo,
)
from handlers.understand.text.sentence import NeedsClarification, SlotMismatch
from handlers.understand.text.words import VOCABULARY
from handlers.understand.values import names
from handlers.understand.values.countries import country_code
from handlers.understand.values.slots import RequestBuilder, Slots
from handlers.wording import clarifying_questions

_PERCENT = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?%")
_TERMS = re.compile(r"(?P<rate>\d{1,2})/(?P<days>\d{1,3})")


def approve(slots: Slots) -> Request:
    """Of a bill that is not in the ledger yet, "approve" says that it is right."""
    return Approve() if slots.scene.booked or not slots.scene.known else Confirm()


def approve_named(slots: Slots) -> Approve:
    """ "approve the Acme bill"."""
    return Approve(_hint(slots))


def approve_iban(slots: Slots) -> Approve:
    """ "trust the new account of Acme"."""
    return Approve(slots.bill(), iban=True)


def refuse(slots: Slots) -> Refuse:
    """ "reject it because the amount is wrong"."""
    return Refuse(reason=slots.text("reason"))


def refuse_named(slots: Slots) -> Refuse:
    """ "reject the Acme bill"."""
    return Refuse(_hint(slots), slots.text("reason"))


def show_named(slots: Slots) -> ShowBill:
    """ "what about the Acme bill"."""
    return ShowBill(_hint(slots))


def history_named(slots: Slots) -> History:
    """ "what happened to 2024-117?", "have we paid Acme?"."""
    return History(slots.bill())


_MOVEMENTS = frozenset({"movement", "transaction", "umsatz", "bewegung", "kontobewegung"})


def categorise(slots: Slots) -> Request:
    """ "book it as travel"; only what is a category. "That's travel" without a bill is the movement that is open."""
    category = _category(slots)
    of_movement = not slots.scene.known and slots.said.words[0].plain in ("that", "this", "these", "das", "dies")
    return BookMovement(category) if of_movement else Categorise(category)


def categorise_named(slots: Slots) -> Categorise:
    """ "book the Acme bill under travel"; not a movement of the bank, which is no bill."""
    if set(slots.get("bill").plain.split()) & _MOVEMENTS:
        raise SlotMismatch
    return Categorise(_category(slots), _hint(slots))


def _category(slots: Slots) -> str:
    said = slots.get("category")
    found = names.category(said, slots.scene) or names.category(
        said.without(("a", "an", "eine", "ein"), ("expense", "expenses", "cost", "costs")), slots.scene
    )
    if found is None:
        raise SlotMismatch
    return found


def _hint(slots: Slots) -> str | None:
    """A bill's name: not of the grammar's own words alone, unless a vendor is called so."""
    hint = slots.bill()
    words = slots.get("bill").words
    if hint and all(word.plain in VOCABULARY for word in words) and not names.vendors(slots.get("bill"), slots.scene):
        raise SlotMismatch
    return hint


def discount(slots: Slots) -> Amend:
    """ "2% discount until 5 May", "2/10 net 30". Raises: Puzzled where terms count from an unknown issue date."""
    if "rate" in slots:
        return _terms(slots)
    said = slots.text("discount").replace(" ", "")
    if not said.endswith("%"):
        said = slots.amount("discount").value
    elif not _PERCENT.fullmatch(said):
        raise SlotMismatch
    changes = [FieldChange("discount", said.replace(",", "."))]
    if "until" in slots:
        changes.append(FieldChange("discount_until", slots.day("until").isoformat()))
    return Amend(tuple(changes))


def _terms(slots: Slots) -> Amend:
    """ "2/10 net 30": 2% when paid within 10 days, else all within 30, from the issue date."""
    terms = _TERMS.fullmatch(slots.get("rate").plain)
    days = slots.number("days", 0)
    if not terms or not days:
        raise SlotMismatch
    issued = slots.scene.issued
    if issued is None:
        raise NeedsClarification(clarifying_questions.terms_without_issue_date(slots.said.text))
    until, due = issued + timedelta(days=int(terms["days"])), issued + timedelta(days=days)
    return Amend(
        (
            FieldChange("discount", f"{terms['rate']}%"),
            FieldChange("discount_until", until.isoformat()),
            FieldChange("due_date", due.isoformat()),
        )
    )


_VAT_RATE = re.compile(r"(?P<rate>\d{1,2}(?:[.,]\d{1,2})?) ?(?:%|percent|per cent|prozent)?")


def _treated(category: str) -> RequestBuilder:
    """ "it is reverse charge from Ireland": how the bill is treated for VAT."""

    def build(slots: Slots) -> Amend:
        changes = [FieldChange("tax_category", category)]
        if "rate" in slots:
            rate = _VAT_RATE.fullmatch(slots.text("rate"))
            if rate is None:
                raise SlotMismatch
            changes.append(FieldChange("tax_rate", rate["rate"].replace(",", ".")))
        return Amend((*changes, *_country(slots)))

    return build


def party_country(slots: Slots) -> Amend:
    """ "the vendor is in Ireland"."""
    return Amend(_country(slots))


def _country(slots: Slots) -> tuple[FieldChange, ...]:
    """Raises: Misfit for what is no country."""
    if "country" not in slots:
        return ()
    code = country_code(slots.text("country"))
    if code is None:
        raise SlotMismatch
    return (FieldChange("party_country", code),)


TREATMENTS = {
    "vat_reverse_charge": "AE",
    "vat_acquisition": "K",
    "vat_exempt": "E",
    "vat_outside_scope": "O",
    "vat_export": "G",
    "vat_zero_rated": "Z",
    "vat_normal": "S",
    "vat_import": "IM",
}
"""Table of phrases → the category of EN 16931."""


TYPES = (
    "invoice", "reminder", "quotation", "order", "credit_note", "receipt", "delivery_note", "order_confirmation",
    "proforma_invoice", "statement_of_account", "contract",
)  # fmt: skip
"""What somebody may say that a document is."""


def _is_a(document_type: str) -> RequestBuilder:
    """ "it is a reminder": what the document is."""
    return lambda _: Amend((FieldChange("document_type", document_type),))


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "confirm": lambda _: Confirm(),
    "approve": approve,
    "approve_named": approve_named,
    "approve_iban": approve_iban,
    "refuse": refuse,
    "refuse_named": refuse_named,
    "issued_by_us": lambda _: Amend((FieldChange("side", "receivable"),)),
    "issued_to_us": lambda _: Amend((FieldChange("side", "payable"),)),
    **{f"is_{name}": _is_a(name) for name in TYPES},
    **{name: _treated(category) for name, category in TREATMENTS.items()},
    "party_country": party_country,
    "discount": discount,
    "no_discount": lambda _: Amend((FieldChange("discount", None), FieldChange("discount_until", None))),
    "not_an_invoice": lambda _: NotAnInvoice(),
    "keep_both": lambda _: KeepBoth(),
    "keep_new": lambda _: KeepNew(),
    "discard": lambda _: Discard(),
    "undo": lambda _: Undo(),
    "edit": lambda _: Edit(),
    "show_bill": lambda _: ShowBill(),
    "show_named": show_named,
    "history": lambda _: History(),
    "history_named": history_named,
    "categorise": categorise,
    "categorise_named": categorise_named,
    "which_category": lambda _: Categorise(None),
}
