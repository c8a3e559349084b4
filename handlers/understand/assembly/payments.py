"""Payments and transfers that people tell or order, of the values in a sentence; one function a label."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal

from handlers.requests import Allocate, BookMovement, HowToPay, Pay, PaymentCode, PaymentFile, Prepay, Transfer
from handlers.understand.assembly.material import Material
from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.wording import clarifying_questions

_FROM = frozenset({"from", "von", "vom", "aus", "off", "out", "ausm"})
_INTO = frozenset({"to", "into", "in", "auf", "zur", "zum", "nach", "an", "onto", "for", "fur", "ins", "aufs", "im"})
_BESIDE = frozenset({
    "of", "the", "our", "my", "petty", "der", "dem", "die", "das", "den", "da", "unser", "unsere", "unserem", "unserer",
    "unseren", "business", "main",
})  # fmt: skip
"""What may stand between a preposition and an account."""


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
    "half", "halb", "halfte", "halve", "partly", "partially", "teilweise", "most", "third", "drittel", "quarter",
    "some",
)  # fmt: skip


_ABOUT = frozenset(
    {"about", "around", "roughly", "approximately", "circa", "ca", "ungefahr", "etwa", "rund", "fast", "almost"}
)


def _payment(material: Material, side: Literal["payable", "receivable"]) -> Pay:
    if material.has(*_PARTS) and not material.peek("amount"):
        raise SlotMismatch  # how much that is, nobody said
    told = material.peek("amount")
    if told and material.before(told) in _ABOUT:
        raise SlotMismatch  # "about 500" is no sum to book
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
    if side == "receivable" and found and all(map(names.is_payee_only, map(str, found))):
        side = (
            "receivable"
            if material.has(*_CAME_IN) or not material.has("paid", "payed", "bezahlt", "gezahlt")
            else "payable"
        )
    if side == "payable" and found and all(map(names.is_customer_only, map(str, found))):
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


_CAME_IN = (
    "received", "got", "gotten", "refund*", "credited", "erhalten", "bekommen", "gutgeschrieben", "gutschrift",
    "erstattet",
    "zuruck", "back", "came", "us", "uns", "eingegangen", "arrived", "from", "von",
)  # fmt: skip
"""What is said of money that came from somebody who is only ever paid: a refund."""


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
    if vendor is None or material.scene.names.is_customer_only(vendor):
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
    source, target = _ways(material)
    if material.has("withdrew", "withdraw", "withdrawn", "abgehoben", "abheben", "abhebung"):
        source, target = source or "bank", target or "cash"
    if material.has("deposited", "deposit", "eingezahlt", "einzahlung"):
        source, target = source or "cash", target or "bank"
    if amount is None or source is None or target is None or source == target:
        raise SlotMismatch
    return Transfer(amount.value, source, target, on, amount.currency)


def _ways(material: Material) -> tuple[str | None, str | None]:
    """From which of our accounts to which, as the words before them say; what one leaves open, the other tells.

    Raises: SlotMismatch where neither of two does, or there are more.
    """
    accounts = material.take_all("account")
    ways = [_way(material, tag) for tag in accounts]
    if len(accounts) == 2 and ways[0] != ways[1]:
        first_is_source = ways[0] == "from" or ways[1] == "into"
        source, target = accounts if first_is_source else accounts[::-1]
        return str(source.value), str(target.value)
    if len(accounts) == 1 and ways[0]:
        name = str(accounts[0].value)
        return (name, None) if ways[0] == "from" else (None, name)
    if accounts:
        raise SlotMismatch
    return None, None


def _way(material: Material, tag: Tag) -> Literal["from", "into"] | None:
    """What the nearest preposition before an account says."""
    for word in reversed(material.said.words[max(0, tag.start - 3) : tag.start + 1]):
        if word.plain in _FROM:
            return "from"
        if word.plain in _INTO:
            return "into"
        if word.plain not in _BESIDE and word is not material.said.words[tag.start]:
            return None
    return None


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
