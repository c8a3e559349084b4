"""Payments and transfers that people tell or order, of the values in a sentence; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from handlers.requests import Allocate, BookMovement, HowToPay, Pay, PaymentCode, PaymentFile, Prepay, Transfer
from handlers.understand.assembly.material import Material
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.wording import clarifying_questions

_FROM = ("from", "von", "vom", "aus", "off", "der", "out")


_INTO = ("to", "into", "in", "auf", "zur", "zum", "nach", "an", "onto")


_TOLD = frozenset({
    "paid", "payed", "settled", "transferred", "sent", "wired", "remitted", "squared", "cleared", "covered", "forked",
    "coughed", "handed", "gave", "given", "went", "gone", "debited", "deducted", "charged", "spent", "bezahlt",
    "gezahlt",
    "uberwiesen", "ueberwiesen", "beglichen", "abgebucht", "eingezogen", "angewiesen", "ausgeglichen", "geblecht",
    "rausgegangen", "raus", "ging", "gegangen", "abgegangen", "bezahlte", "zahlte", "zahlten", "uberwies", "erledigt",
    "done", "transfered", "got", "received", "came", "arrived", "eingegangen", "erhalten", "bekommen", "gekommen",
    "landed",
    "deposited", "gutgeschrieben", "uberwiesene", "kam", "kamen", "nachgezahlt", "angezahlt", "hit", "reached",
    "collected",
    "kassiert", "zahlungseingang", "geldeingang", "payment", "zahlung", "eingang",
})  # fmt: skip
"""Words that tell of money that moved: without one, a payment is shown before it is booked."""


_DID = re.compile(r"\bdid (?:transfer|pay|send|wire)\b")


def tells(said: Sentence) -> bool:
    """Whether words say that money has moved."""
    return not _TOLD.isdisjoint(word.plain for word in said.words) or bool(_DID.search(said.plain))


def paid(material: Material) -> Pay:
    """We paid. Raises: NeedsClarification for a day to come."""
    return _payment(material, "payable")


def received(material: Material) -> Pay:
    """A customer paid us."""
    return _payment(material, "receivable")


_PARTS = (
    "half",
    "halb",
    "halfte",
    "halve",
    "partly",
    "partially",
    "teilweise",
    "most",
    "third",
    "drittel",
    "quarter",
    "some",
)


def _payment(material: Material, side: Literal["payable", "receivable"]) -> Pay:
    if material.has(*_PARTS):
        raise SlotMismatch  # how much that is, nobody said
    on, amount, account = past_day(material), material.amount(), material.account()
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


def past_day(material: Material) -> date | None:
    on = material.day()
    if on and on > material.scene.today:
        raise NeedsClarification(clarifying_questions.paid_in_future(on))
    return on


def pay(material: Material) -> HowToPay:
    """An order to pay, which moves nothing. Raises: NeedsClarification where it also says how much, when, or whence."""
    hint = material.hint()
    more = [tag for kind in ("amount", "day", "period", "account") for tag in material.take_all(kind)]
    if more and hint:
        raise NeedsClarification(clarifying_questions.pay_how(hint), *clarifying_questions.pay_suggestions(hint))
    if more:
        raise SlotMismatch
    return HowToPay(hint)


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
    on, amount, account, vendor = past_day(material), material.amount(), material.account(), material.party()
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
    on, amount = past_day(material), material.amount()
    source: str | None = None
    target: str | None = None
    accounts = material.take_all("account")
    if len(accounts) == 2 and material.before(accounts[1]) in _INTO and material.before(accounts[0]) not in _INTO:
        source, target = str(accounts[0].value), str(accounts[1].value)  # "Kasse an Bank"
        accounts = ()
    for tag in accounts:
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


def book_movement(material: Material) -> BookMovement:
    """What a movement of the bank was. Raises: SlotMismatch where no category is named."""
    category, number = material.category(), material.number()
    material.drop("period", "day", "amount", "account")  # which describe the movement
    if category is None:
        raise SlotMismatch
    return BookMovement(category, number)


BUILDERS: Mapping[str, Callable[[Material], object]] = {
    "paid": paid,
    "received": received,
    "pay": pay,
    "payment_file": payment_file,
    "payment_code": payment_code,
    "prepay": prepay,
    "allocate": allocate,
    "transfer": transfer,
    "book_movement": book_movement,
}
