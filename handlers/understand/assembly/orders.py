"""Orders and settings, of the values in a sentence; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from handlers.requests import (
    Allocate,
    AllowSelfApproval,
    Amend,
    Approve,
    AssignRole,
    BookMovement,
    Categorise,
    ClosePeriod,
    Confirm,
    Digest,
    Export,
    FieldChange,
    HowToPay,
    NotAnInvoice,
    Pay,
    PaymentCode,
    PaymentFile,
    Prepay,
    Reconcile,
    Refuse,
    Remind,
    Reminders,
    RequireApproval,
    SetLanguage,
    SetOpeningBalance,
    SetQuietHours,
    SnoozeBill,
    Transfer,
    Undo,
)
from handlers.understand.assembly.material import Material
from handlers.understand.readers.books import Format
from handlers.understand.text.sentence import NeedsClarification, SlotMismatch
from handlers.understand.text.words import AMOUNTS, DATES
from handlers.understand.values.amounts import Amount
from handlers.understand.values.dates import NUMBERS
from handlers.understand.values.slots import hour_of
from handlers.wording import clarifying_questions

_OFF = ("off", "stop", "no", "disable", "aus", "keine", "kein", "nicht", "stopp", "abschalten", "ausschalten", "deaktivier*",
        "mute", "cancel", "without", "abbestellen", "ab", "unsubscribe")  # fmt: skip
_ON = ("on", "enable", "an", "ein", "wieder", "einschalten", "anschalten", "aktivier*", "start", "turn")
_FROM = ("from", "von", "vom", "aus", "off", "der", "out")
_INTO = ("to", "into", "in", "auf", "zur", "zum", "nach", "an", "onto")
_HOUR = re.compile(
    r"\b(?:(?:at|um|gegen|ab) )?(\d{1,2}(?: \d{2})?(?: ?(?:am|pm|uhr|h)))\b|\b(?:at|um|gegen|ab) (\d{1,2}|noon|midday|mittag)\b"
)


def confirm(material: Material) -> Confirm:
    """The bill is right."""
    return Confirm(material.hint())


def paid(material: Material) -> Pay:
    """We paid. Raises: NeedsClarification for a day to come."""
    return _payment(material, "payable")


def received(material: Material) -> Pay:
    """A customer paid us."""
    return _payment(material, "receivable")


def _payment(material: Material, side: Literal["payable", "receivable"]) -> Pay:
    on, amount, account = _past_day(material), material.amount(), material.account()
    if material.peek("party") or material.peek("bill"):
        material.drop("category")  # "the rent to Schmidt"
    bill = material.take("bill")
    tag = material.take("party")
    found = tag.value if tag and isinstance(tag.value, tuple) else ()
    vendor = None if tag is None else str(found[0]) if len(found) == 1 else material.text(tag)
    if material.has("rest", "remainder", "remaining", "restbetrag") and amount is not None:
        raise SlotMismatch
    if material.has("all", "alle", "everything", "alles") and not (vendor or bill or material.scene.known):
        raise SlotMismatch  # more than one bill, and which ones nobody said
    names = material.scene.names
    if side == "payable" and found and all(name in names.customers - names.payees for name in map(str, found)):
        side = "receivable"  # "Initech paid"
    return Pay(
        amount.value if amount else None,
        account,
        on,
        amount.currency if amount else None,
        vendor,
        side=side if vendor or bill or side == "receivable" else None,
        bill_hint=str(bill.value) if bill else None,
    )


def _past_day(material: Material) -> date | None:
    on = material.day()
    if on and on > material.scene.today:
        raise NeedsClarification(clarifying_questions.paid_in_future(on))
    return on


def pay(material: Material) -> HowToPay:
    """An order to pay, which moves nothing."""
    return HowToPay(material.hint())


def payment_file(material: Material) -> PaymentFile:
    """A payment file."""
    when = material.when()
    material.drop("account")
    return PaymentFile(when.until if when else None, material.party())


def payment_code(material: Material) -> PaymentCode:
    """A QR code to pay by."""
    return PaymentCode(material.hint())


def prepay(material: Material) -> Prepay:
    """Money ahead of a bill. Raises: NeedsClarification where it is not said how much, SlotMismatch where not to
    whom.
    """
    on, amount, account, vendor = _past_day(material), material.amount(), material.account(), material.party()
    if vendor is None or vendor in material.scene.names.customers - material.scene.names.payees:
        raise SlotMismatch  # a customer pays us
    if amount is None:
        raise NeedsClarification(clarifying_questions.prepaid_how_much(vendor))
    return Prepay(vendor, amount.value, account, on, amount.currency)


def allocate(material: Material) -> Allocate:
    """A credit note set off."""
    return Allocate(material.hint())


def transfer(material: Material) -> Transfer:
    """Money between our accounts. Raises: SlotMismatch where it is not said from where to where."""
    on, amount = _past_day(material), material.amount()
    source: str | None = None
    target: str | None = None
    for tag in material.take_all("account"):
        before = {word.plain for word in material.said.words[max(0, tag.start - 2) : tag.start + 1]}
        if before.intersection(_FROM) and not before.intersection(_INTO) and source is None:
            source = str(tag.value)
        elif target is None:
            target = str(tag.value)
        elif source is None:
            source = str(tag.value)
        else:
            raise SlotMismatch
    if material.has("withdrew", "withdraw", "withdrawn", "abgehoben", "abheben", "abhebung"):
        source, target = source or "bank", target or "cash"
    if material.has("deposited", "deposit", "eingezahlt", "einzahlung"):
        source, target = source or "cash", target or "bank"
    if amount is None or source is None or target is None or source == target:
        raise SlotMismatch
    return Transfer(amount.value, source, target, on, amount.currency)


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


def book_movement(material: Material) -> BookMovement:
    """What a movement of the bank was. Raises: SlotMismatch where no category is named."""
    category, number = material.category(), material.number()
    material.drop("period", "day", "amount", "account")  # which describe the movement
    if category is None:
        raise SlotMismatch
    return BookMovement(category, number)


def open_(material: Material) -> SetOpeningBalance:
    """An opening balance. Raises: SlotMismatch without an amount."""
    on, amount = material.day(), material.amount()
    if amount is None:
        raise SlotMismatch
    return SetOpeningBalance(amount.value, material.account() or "bank", on, amount.currency)


def close(material: Material) -> ClosePeriod:
    """The books are closed until a day. Raises: SlotMismatch without one."""
    until = material.day()
    if until is None:
        raise SlotMismatch
    return ClosePeriod(until)


def export(material: Material) -> Export:
    """The books of a period as files; the last month where none was said is asked. Raises: SlotMismatch."""
    when = material.when()
    if when is None or when.since is None:
        raise SlotMismatch
    format_: Format = next((one for word, one in _FORMATS.items() if material.has(word)), "all")
    return Export(when.since, when.until or material.scene.today, format_, when.label)


_FORMATS: Mapping[str, Format] = {
    "excel": "xlsx", "xlsx": "xlsx", "spreadsheet": "xlsx", "csv": "csv", "zip": "zip", "hledger": "hledger",
    "beancount": "beancount", "datev": "datev",
}  # fmt: skip


def require(material: Material) -> RequireApproval:
    """A rule for approvals. Raises: SlotMismatch without an amount."""
    amount, steps = material.amount(), material.number()
    if amount is None:
        raise SlotMismatch
    told = next((NUMBERS[word] for word in material.words if NUMBERS.get(word, 0) > 1), 1)
    told = 2 if material.has("both", "four", "vier", "beide") else told
    return RequireApproval(amount.value, steps or told, material.category(), currency=amount.currency)


def own_approval(material: Material) -> AllowSelfApproval:
    """Whether people may approve their own bills."""
    return AllowSelfApproval(not material.has("not", "nicht", "no", "never", "nobody", "niemand", "keiner", "forbid", "verbiet*",
                                              "disallow", "cannot", "nie", "kein"))  # fmt: skip


def appoint(material: Material) -> AssignRole:
    """Somebody gets a role. Raises: SlotMismatch where nobody, or no role, is named."""
    person = material.person()
    role = next((one for one, words in _ROLES.items() if material.has(*words)), None)
    if person is None or role is None:
        raise SlotMismatch
    return AssignRole(person, role)


_ROLES: Mapping[Literal["owner", "approver", "member"], tuple[str, ...]] = {
    "approver": ("approver*", "freigeber*", "genehmiger*", "approve"),
    "owner": ("owner*", "inhaber*", "boss", "chef*"),
    "member": ("member*", "mitglied*", "mitarbeiter*", "normal*"),
}


def remind(material: Material) -> Remind:
    """A reminder on a day. Raises: NeedsClarification without one, or for a day that is over."""
    on, today = material.day(), material.scene.today
    if on is None:
        raise NeedsClarification(
            clarifying_questions.remind_when(), *clarifying_questions.remind_suggestions(material.said.text)
        )
    if on < today:
        raise NeedsClarification(clarifying_questions.remind_in_past(on))
    said = _HOUR.search(material.said.plain)
    return Remind(on, hour_of(said[1] or said[2]) if said else None, material.hint())


def snooze(material: Material) -> SnoozeBill:
    """No reminder of a bill before a day."""
    return SnoozeBill(material.day(), material.hint())


def reminders(material: Material) -> Reminders:
    """Reminders on or off, or what is set."""
    return Reminders(False if material.has(*_OFF) else True if material.has(*_ON) else None)


def digest(material: Material) -> Digest:
    """The weekly digest: off, now, or on another day."""
    day = material.take("day")
    if isinstance(day.value if day else None, date):
        return Digest(weekday=day.value.weekday())  # type: ignore[union-attr]
    if material.has(*_OFF):
        return Digest(on=False)
    return Digest(now=material.has("now", "jetzt", "show", "zeig", "zeige", "send", "schick", "gib", "give"))


def quiet(material: Material) -> SetQuietHours:
    """Quiet hours. Raises: SlotMismatch where they are not two hours of the day."""
    found = _HOURS.search(material.said.raw.lower())
    if found is None or not (int(found[1]) <= 24 and int(found[2]) <= 24):
        raise SlotMismatch
    material.drop("amount", "number", "day", "period")
    start, end = (
        int(hour) % 24 + (12 if half == "pm" and int(hour) < 12 else 0)
        for hour, half in zip(found.group(1, 2), _halves(found[0]), strict=True)
    )
    return SetQuietHours(start % 24, end % 24)


def _halves(said: str) -> tuple[str, str]:
    """ "am" or "pm" of each of the two hours, "" where nothing is said."""
    halves = re.findall(r"am|pm", said)
    return (halves[0], halves[1]) if len(halves) == 2 else ("", halves[0] if halves else "")


_HOURS = re.compile(
    r"(\d{1,2})(?:[:.]00)? ?(?:uhr|h|am|pm|o'clock)? ?(?:-|–|to|bis|and|und|until|till) ?(?:um )?(\d{1,2})(?:[:.]00)? ?(?:uhr|h|am|pm)?"
)


def language(material: Material) -> SetLanguage:
    """The language to talk in. Raises: SlotMismatch for others than English and German."""
    english, german = material.has("english", "englisch"), material.has("german", "deutsch")
    if english == german:
        raise SlotMismatch
    return SetLanguage("en" if english else "de")


def reconcile(material: Material) -> Reconcile:
    """The bank's balance beside the ledger's."""
    return Reconcile(material.account())


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
    "amend": amend, "confirm": confirm, "paid": paid, "received": received, "pay": pay, "payment_file": payment_file,
    "payment_code": payment_code, "prepay": prepay, "allocate": allocate, "transfer": transfer, "approve": approve,
    "refuse": refuse, "categorise": categorise, "not_an_invoice": not_an_invoice, "undo": lambda _: Undo(),
    "undo_other": undo_other, "book_movement": book_movement, "open": open_, "close": close, "export": export,
    "require": require, "own_approval": own_approval, "appoint": appoint, "remind": remind, "snooze": snooze,
    "reminders": reminders, "digest": digest, "quiet": quiet, "language": language, "reconcile": reconcile,
}  # fmt: skip
