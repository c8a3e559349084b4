"""Money that moves: payment files and codes, statements, transfers, prepayments."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from handlers.requests import (
    Allocate,
    BookMovement,
    HowToPay,
    Movements,
    Pay,
    PaymentCode,
    PaymentFile,
    Prepay,
    Reconcile,
    TakeBackImport,
    Transfer,
    Unmatch,
    WithdrawPaymentFile,
)
from handlers.understand.readers.payments import payment_of, payment_parts
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.values import names
from handlers.understand.values.amounts import Amount
from handlers.understand.values.conditions import conditions_of
from handlers.understand.values.dates import day
from handlers.understand.values.slots import RequestBuilder, Slots
from handlers.wording import clarifying_questions

_ON = ("on", "am", "vom", "at")
MOST_DAY_WORDS = 5


def payment_file(slots: Slots) -> PaymentFile:
    """ "payment file for Acme", "pay everything due by Friday"."""
    parts = conditions_of(slots.get("rest"), slots.scene)
    if parts is None or parts.by or parts.above or parts.below:
        raise SlotMismatch
    whom = next(iter(parts.names), None)
    return PaymentFile(parts.when.until if parts.when else None, names.vendor(whom, slots.scene) if whom else None)


def payment_code(slots: Slots) -> PaymentCode:
    """ "QR code for Acme"."""
    return PaymentCode(slots.bill())


def movement_is(slots: Slots) -> BookMovement:
    """ "movement 3 is bank fees"; the number is the one that lists show. What follows a comma says nothing more."""
    said = slots.get("category")
    end = next((n for n, word in enumerate(said.words) if n and word.breaks), len(said))
    return BookMovement(said.part(0, end).text.strip(" \"'“”„.,;:"), _listed(slots))


def movement_off(slots: Slots) -> Unmatch:
    """ "movement 3 is wrong"."""
    return Unmatch(_listed(slots))


def _listed(slots: Slots) -> int:
    """The number of a movement. Raises: Misfit for anything but digits."""
    number = slots.text("number").lstrip("#")
    if not number.isdigit():
        raise SlotMismatch
    return int(number)


def reconcile(slots: Slots) -> Reconcile:
    """ "reconcile the Sparkasse"."""
    return Reconcile(slots.account("account") if "account" in slots else None)


def transfer(slots: Slots) -> Transfer:
    """ "moved 500 from bank to cash yesterday"; the day may stand at the end."""
    target, on = _target(slots)
    return _transfer(slots, slots.account("source"), target, on)


def exchange(slots: Slots) -> Transfer:
    """ "moved 5000 EUR to the USD account, got 5400 USD", "exchanged 5000 EUR for 5400 USD".

    Raises: Misfit where that is one currency, and no account is named.
    """
    source = slots.account("source") if "source" in slots else None
    target, on = _target(slots) if "target" in slots else (None, None)
    said, dated = _dated(slots.get("received"), slots)
    arrived = _amount(said, slots)
    moved = _transfer(slots, source, target, on or dated)
    if not (arrived.currency or target) or (target is None and arrived.currency == moved.currency):
        raise SlotMismatch
    return replace(moved, received=arrived.value, received_currency=arrived.currency)


def withdraw(slots: Slots) -> Transfer:
    """ "withdrew 200": from the bank into cash."""
    return _transfer(slots, "bank", "cash", None)


def deposit(slots: Slots) -> Transfer:
    """ "deposited 200": cash brought to the bank."""
    return _transfer(slots, "cash", "bank", None)


def _target(slots: Slots) -> tuple[str, date | None]:
    """The account that money went to, and the day beside it. Raises: Misfit."""
    said, on = _dated(slots.get("target"), slots)
    account = names.account(said, slots.scene)
    if account is None:
        raise SlotMismatch
    return account, on


def _transfer(slots: Slots, source: str | None, target: str | None, on: date | None) -> Transfer:
    said, dated = _dated(slots.get("amount"), slots)
    moved = _amount(said, slots)
    return Transfer(moved.value, source, target, dated or on, moved.currency)


def _amount(said: Sentence, slots: Slots) -> Amount:
    return Slots({"amount": said}, slots.said, slots.scene).amount()


def _dated(said: Sentence, slots: Slots) -> tuple[Sentence, date | None]:
    """The words without the day at one of their ends, and that day; None where there is none."""
    for size in range(min(MOST_DAY_WORDS, len(said) - 1), 0, -1):
        for part, rest in ((said.part(len(said) - size), said.part(0, -size)), (said.part(0, size), said.part(size))):
            alone = part.plain[0].isdigit() and len(part) == 1  # an amount rather than a day
            if not alone and (on := day(part.without(_ON), slots.scene, "past")):
                return rest, on
    return said, None


def allocate(slots: Slots) -> Allocate:
    """ "apply the credit note of Acme"."""
    return Allocate(slots.bill())


def prepay(slots: Slots) -> Prepay:
    """ "prepaid Acme 500 from cash yesterday". Raises: Puzzled when it is not said to whom, or how much."""
    rest = Sentence(slots.said.raw, (*slots.get("rest").words, *slots.get("more").words))
    parts = payment_parts(rest, slots.scene)
    if parts is None or not parts.vendor:
        raise SlotMismatch
    if parts.amount is None:
        raise NeedsClarification(clarifying_questions.prepaid_how_much(parts.vendor.text))
    vendor = names.vendor(parts.vendor, slots.scene, new=True)
    return Prepay(vendor, parts.amount.value, parts.account, parts.on, parts.amount.currency)


def pay_discounted(slots: Slots) -> Pay:
    """ "paid with the discount yesterday"."""
    return replace(_paid(slots), discounted=True)


def pay_and_rest(slots: Slots) -> Pay:
    """ "paid Acme 600, keep the rest for later"; what the rest is stands after the payment."""
    after = slots.said.plain
    kind: Literal["ahead", "fee", "rounding"] = "ahead"
    if any(word in after for word in (" fee", "gebuhr")):
        kind = "fee"
    elif "rundung" in after or "rounding" in after:
        kind = "rounding"
    return replace(_paid(slots), rest=kind)


def _paid(slots: Slots) -> Pay:
    """The payment that the rest of the words tells."""
    rest = Sentence(slots.said.raw, (*slots.get("rest").words, *slots.get("more").words))
    if not len(rest):
        return Pay()
    found = payment_of(rest, slots.scene)
    if found is None:
        raise SlotMismatch
    return found


def received(slots: Slots) -> Pay:
    """ "received 80 from Globex": a payment of our own invoice."""
    found = payment_of(slots.get("rest"), slots.scene)
    if found is None or found.amount is None:
        raise SlotMismatch
    return found


def pay_whom(slots: Slots) -> HowToPay:
    """ "pay Acme": we move no money ourselves, so it is shown how that bill can be paid.

    Raises: NeedsClarification where more is said, or the name could be several.
    """
    said = slots.get("vendor")
    if not names.vendors(said, slots.scene):
        raise SlotMismatch
    if not len(slots.get("rest")):
        return HowToPay(names.vendor(said, slots.scene))
    raise NeedsClarification(clarifying_questions.pay_how(said.text), *clarifying_questions.pay_suggestions(said.text))


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "payment_file": payment_file,
    "payment_code": payment_code,
    "movements": lambda _: Movements(),
    "movement_is": movement_is,
    "movement_off": movement_off,
    "payment_file_off": lambda _: WithdrawPaymentFile(),
    "import_off": lambda _: TakeBackImport(),
    "reconcile": reconcile,
    "exchange": exchange,
    "transfer": transfer,
    "withdraw": withdraw,
    "deposit": deposit,
    "pay_discounted": pay_discounted,
    "pay_and_rest": pay_and_rest,
    "allocate": allocate,
    "prepay": prepay,
    "received": received,
    "paid_it": lambda _: Pay(),
    "pay_it": lambda _: HowToPay(),
    "pay_whom": pay_whom,
}
