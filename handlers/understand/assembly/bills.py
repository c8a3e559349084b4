"""Questions about bills and parties, of the values in a sentence; one function a label."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from handlers.requests import Due, Find, History, Owed, PartyDetails, ShowBill, ShowOriginal, Why
from handlers.understand.assembly import owing
from handlers.understand.assembly.conditions import (
    ABOVE,
    BELOW,
    LARGEST,
    LATE,
    NO_DATE,
    OLDEST,
    bounds,
    ends_of,
    most_of,
)
from handlers.understand.assembly.material import Material
from handlers.understand.readers.due_and_balance import bound_money
from handlers.understand.readers.reports import OPEN_WORDS
from handlers.understand.text.sentence import SlotMismatch
from handlers.wording import period_names


def find(material: Material) -> Find | Due | Owed:
    """Bills, open or not; those that have no due date are open ones."""
    if material.says(*NO_DATE) or material.has(*OPEN_WORDS):
        return owing.due(material)
    since, until, label = ends_of(material.when())
    number = _number(material)
    least, most = bounds(material)
    bill, vendor, person = material.take("bill"), material.party(), _sender(material)
    largest, oldest = material.has(*LARGEST), material.has(*OLDEST)
    newest = material.has("last", "latest", "newest", "letzte*", "neueste*", "neuste*", "jungste*", "recent")
    scene = material.scene
    text = str(bill.value) if bill else number
    values = (least.value if least else None, most.value if most else None)
    return Find(
        text,
        vendor,
        *values,
        since,
        until,
        order="largest" if largest else "oldest" if oldest else "newest",
        most=most_of(material, ordered=largest or oldest or newest),
        label=period_names.found(label, text, vendor, *(bound_money(value, scene.currency) for value in values)),
        person=person,
        count=material.says("how many", "wie viele", "wieviele", "number of", "anzahl", "wie viel rechnungen")
        or material.has("count", "anzahl"),
        without=material.without(),
    )


def _sender(material: Material) -> str | None:
    """Who sent the bills; not who only said something ("Anna said I should look for …")."""
    tag = material.peek("person")
    person = material.person()
    after = [word.plain for word in material.said.words[tag.end : tag.end + 2]] if tag else []
    return None if _SAYING.intersection(after) else person


_SAYING = frozenset({
    "said", "says", "told", "asked", "asks", "wants", "needs", "sagt", "sagte", "meint", "meinte", "fragt", "fragte",
    "will", "braucht", "mochte",
})  # fmt: skip


def _number(material: Material) -> str | None:
    """Many digits in a row without any mark: the number of a bill rather than an amount."""
    tag = material.peek("amount")
    if tag is None or not material.text(tag).isdigit() or len(material.text(tag)) < 5:
        return None
    if material.before(tag) in BELOW + ABOVE:
        return None
    material.drop("amount")
    return material.text(tag)


def history(material: Material) -> History:
    """What happened to a bill, or who did one thing to it."""
    what: Literal["sent", "confirmed", "approved", "paid"] | None = None
    for one, words in _STEPS.items():
        if material.has(*words):
            what = one
            break
    material.drop("person")  # "was it Anna who approved it?" is answered by who it was
    return History(material.hint(), what)


_STEPS: Mapping[Literal["sent", "confirmed", "approved", "paid"], tuple[str, ...]] = {
    "approved": ("approved", "approve", "signed", "freigegeben", "genehmigt", "abgesegnet", "okayed", "cleared"),
    "sent": (
        "sent", "send", "uploaded", "submitted", "geschickt", "hochgeladen", "eingereicht", "gesendet", "forwarded",
        "brought", "photographed", "abgegeben", "weitergeleitet",
    ),
    "confirmed": (
        "confirmed", "confirm", "booked", "entered", "bestatigt", "gebucht", "verbucht", "erfasst", "eingetragen",
    ),
    "paid": ("paid", "pay", "settled", "transferred", "bezahlt", "gezahlt", "uberwiesen", "beglichen"),
}  # fmt: skip


def why(material: Material) -> Why:
    """Why something is as it is."""
    hint = material.hint()
    about = "overdue" if material.has(*LATE) else "paid" if hint and material.has("paid", "bezahlt", "unpaid") else None
    return Why(about, hint)


def show_bill(material: Material) -> ShowBill:
    """A bill's card."""
    return ShowBill(material.hint())


def show_original(material: Material) -> ShowOriginal:
    """The original document."""
    since, until, _ = ends_of(material.when())
    return ShowOriginal(material.hint(), since, until)


def party(material: Material) -> PartyDetails:
    """What is known of a vendor or customer. Raises: SlotMismatch where nobody is named."""
    name = material.party()
    material.drop("field", "account")
    if name is None:
        raise SlotMismatch
    about: Literal["iban", "vat_id", "terms", "category"] | None = None
    if material.has("iban", "account", "konto", "kontonummer", "bankverbindung", "bankdaten"):
        about = "iban"
    elif material.has("vat", "ust", "ustid", "umsatzsteuer*", "steuernummer", "tax", "mwst"):
        about = "vat_id"
    elif material.has("terms", "zahlungsziel", "zahlungsbedingungen", "conditions", "bedingungen"):
        about = "terms"
    return PartyDetails(name, about)


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "find": find,
    "history": history,
    "why": why,
    "show_bill": show_bill,
    "show_original": show_original,
    "party": party,
}
