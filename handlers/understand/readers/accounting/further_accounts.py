"""Accounts of every type, what they began with, and what a told balance differs by."""

from __future__ import annotations

from handlers.requests import AddAccount, SetOpeningBalance, TellDifference
from handlers.understand.readers.payments import payment_parts
from handlers.understand.text.sentence import Sentence, SlotMismatch
from handlers.understand.values import names
from handlers.understand.values.slots import RequestBuilder, Slots
from storage.ledger.account_kinds import Kind

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(("loan", "bank loan", "mortgage", "darlehenskonto", "kreditkonto", "darlehen"), "loan"),
    **dict.fromkeys(("tax", "taxes", "tax liability", "steuerkonto", "steuern", "steuerschuldkonto"), "tax"),
    **dict.fromkeys(
        ("payroll", "wages payable", "wage liability", "payroll liability", "lohnverbindlichkeitenkonto"), "payroll"
    ),
    **dict.fromkeys(
        ("private", "drawings", "owner's drawings", "drawing", "privatkonto", "privatentnahmekonto"), "private"
    ),
    **dict.fromkeys(("salary", "salaries", "wages", "lohnkonto", "gehaltskonto", "gehalterkonto"), "salaries"),
    **dict.fromkeys(("asset", "fixed asset", "fixed assets", "assets", "anlagekonto", "aktivkonto"), "asset"),
    **dict.fromkeys(("liability", "liabilities", "debt", "verbindlichkeitenkonto", "schuldenkonto"), "liability"),
    **dict.fromkeys(("equity", "capital", "share capital", "kapitalkonto", "eigenkapitalkonto"), "equity"),
    **dict.fromkeys(("income", "revenue", "sales", "erloskonto", "ertragskonto"), "income"),
}
_OPENING = ("opening balance", "anfangsbestand", "opening", "eroffnungssaldo")


def add_account(slots: Slots) -> AddAccount:
    """ "add a loan account at the Sparkasse"; only for kinds that are known."""
    kind = _KINDS.get(slots.get("kind").plain)
    if kind is None:
        raise SlotMismatch
    return AddAccount(slots.text("name"), kind)


def open_further(slots: Slots) -> SetOpeningBalance:
    """ "opening balance of Loan Sparkasse is 50,000 on 1 January"; bank and cash are others' to read."""
    account = names.further_account(slots.get("account"), slots.scene)
    if account is None:
        raise SlotMismatch
    parts = payment_parts(Sentence(slots.said.raw, (*slots.get("rest").words, *slots.get("on").words)), slots.scene)
    if parts is None or parts.amount is None or parts.account or parts.vendor:
        raise SlotMismatch
    return SetOpeningBalance(parts.amount.value, account, parts.on, parts.amount.currency)


def tell_difference(slots: Slots) -> TellDifference:
    """What a button says under a balance that differs from what is booked."""
    said = slots.get("account")
    account = names.account(said, slots.scene) or names.further_account(said, slots.scene)
    told, off = slots.amount("amount"), slots.amount("difference")
    if account is None or told.currency is None or off.currency != told.currency:
        raise SlotMismatch
    less = {"less", "weniger"}.intersection(slots.said.plain.split())
    difference = f"-{off.value}" if less else off.value
    because = "opening" if slots.get("because").plain in _OPENING else slots.text("because")
    return TellDifference(account, told.value, told.currency, slots.day("on", "past"), difference, because)


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "further_account": add_account,
    "open_further": open_further,
    "tell_difference": tell_difference,
}
