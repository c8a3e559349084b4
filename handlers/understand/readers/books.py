"""Keeping the books: opening balances, accounts and categories, closing, exports, the company itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from handlers.requests import (
    AccountingSoftware,
    AddAccount,
    Categories,
    ClosePeriod,
    Export,
    NumberAccount,
    RenameAccount,
    ReopenPeriod,
    SetCompanyProfile,
    SetOpeningBalance,
    TrialBalance,
    VatReturn,
)
from handlers.understand.readers.payments import payment_parts
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch, sentence
from handlers.understand.values import names
from handlers.understand.values.countries import country_code
from handlers.understand.values.currencies import meant
from handlers.understand.values.dates import day
from handlers.understand.values.ibans import iban_in
from handlers.understand.values.periods import Period, period
from handlers.understand.values.slots import RequestBuilder, Slots
from handlers.wording.books import books_questions

Format = Literal["xlsx", "csv", "zip", "hledger", "beancount", "datev", "all"]

_FORMATS: dict[str, Format] = {
    "xlsx": "xlsx", "excel": "xlsx", "spreadsheet": "xlsx", "csv": "csv", "zip": "zip", "documents": "zip",
    "originals": "zip", "belege": "zip",
    "hledger": "hledger", "ledger": "hledger", "beancount": "beancount", "datev": "datev", "all": "all",
    "everything": "all", "alles": "all",
}  # fmt: skip
_AROUND_FORMATS = frozenset({
    "as", "in", "to", "for", "als", "nach", "fur", "format", "im", "file", "datei", "a", "the", "an", "data", "zu",
    "books", "journal",
    "tabelle", "und", "and", "accountant", "my", "our", "steuerberater", "advisor", "tax", "den", "unseren", "meinen",
    "of", "von",
})  # fmt: skip
_CASH = frozenset({"cash account", "cash box", "till", "petty cash", "purse", "kasse", "barkasse"})
_BALANCES = {
    **dict.fromkeys(("kontostand", "banksaldo", "bankguthaben", "kontosaldo", "saldo"), "bank"),
    **dict.fromkeys(("kassenstand", "kassenbestand", "barbestand"), "cash"),
}
_QUOTES = " \"'“”„.,;:"
_PERIOD_UNITS = {
    "month": "month",
    "monat": "month",
    "monatsabschluss": "month",
    "quarter": "quarter",
    "quartal": "quarter",
    "year": "year",
    "jahr": "year",
}


def open_(slots: Slots) -> SetOpeningBalance:
    """ "opening balance of the bank is 12,400 on 1 January". Raises: Puzzled when no amount is said."""
    said = slots.get("rest")
    rest = Sentence(
        said.raw,
        tuple(word for word in said.words if word.plain not in ("is", "was", "of", "ist", "war", "betragt", "=")),
    )
    parts = payment_parts(rest, slots.scene) if len(rest) else None
    if parts is None or (parts.vendor and not names.account(parts.vendor, slots.scene)):
        raise SlotMismatch
    if parts.amount is None:
        raise NeedsClarification(books_questions.opening_how_much())
    account = parts.account or (names.account(parts.vendor, slots.scene) if parts.vendor else None)
    return SetOpeningBalance(parts.amount.value, account or "bank", parts.on, parts.amount.currency)


def open_told(slots: Slots) -> SetOpeningBalance:
    """ "our bank balance was 12,400 on 1 November"; only where an account and an amount are said."""
    account = _stands_for(slots.get("account"), slots) if "account" in slots else "bank"
    if slots.said.asks or account is None:
        raise SlotMismatch
    parts = payment_parts(Sentence(slots.said.raw, (*slots.get("rest").words, *slots.get("on").words)), slots.scene)
    if parts is None or parts.amount is None or parts.account or parts.vendor:
        raise SlotMismatch
    return SetOpeningBalance(parts.amount.value, account, parts.on, parts.amount.currency)


def _stands_for(said: Sentence, slots: Slots) -> str | None:
    """The account, also by a word for its balance: "Kontostand", "Kassenbestand"; None for none."""
    return _BALANCES.get(said.plain) or names.account(said, slots.scene)


def add_account(slots: Slots) -> AddAccount:
    """ "add a bank account Sparkasse DE89…"; cash where it is called so."""
    said = slots.text("name")
    found = iban_in(said)
    iban = found[1] if found else None
    name = said.replace(found[0], "") if found else said
    words = [word for word in name.split() if word.casefold() not in ("iban", "with", "mit", "in")]
    units = (meant(word) for word in words[1:] or words if word.isupper())
    unit = next((codes[0] for codes in units if len(codes) == 1), None)
    name = " ".join(word for word in words if unit is None or meant(word) != (unit,)).strip(_QUOTES)
    cash = any(f" {word} " in f" {slots.said.plain} " for word in _CASH)
    return AddAccount(name or unit or "Bank", "cash" if cash else "bank", iban, unit)


def add_category(slots: Slots) -> AddAccount:
    """ "new category Marketing"."""
    return AddAccount(slots.text("name"), "expense")


def rename(slots: Slots) -> RenameAccount:
    """ "rename travel to trips"; only what is an account or category."""
    said = slots.get("name")
    name = names.category(said, slots.scene) or names.account(said, slots.scene)
    if name is None:
        raise SlotMismatch
    return RenameAccount(name, slots.text("new"))


def close(slots: Slots) -> ClosePeriod:
    """ "close March". Without a time it is the last month. Raises: Puzzled when the time is not over."""
    said = slots.get("until")
    until = _end(said, slots) if len(said) else _last(slots)
    if until is None:
        raise SlotMismatch
    if until >= slots.scene.today:
        raise NeedsClarification(books_questions.close_in_future(until))
    return ClosePeriod(until)


def _end(said: Sentence, slots: Slots) -> date | None:
    stripped = said.without(
        ("until", "till", "the", "bis", "books of", "month of", "den", "die", "monat", "bucher", "zum")
    )
    when = period(stripped, slots.scene, "past")
    return when.until if when else day(stripped, slots.scene, "past")


def _last(slots: Slots) -> date | None:
    unit = next((known for word in slots.said.words if (known := _PERIOD_UNITS.get(word.plain))), None)
    when = period(sentence(f"last {unit}"), slots.scene) if unit else None
    return when.until if when else None


def trial_balance(slots: Slots) -> TrialBalance:
    """ "trial balance at 31 March"."""
    return TrialBalance(on_day(slots))


def on_day(slots: Slots) -> date | None:
    """The day in the slot "on", the end of a longer time; None where nothing was said. Raises: Misfit."""
    if "on" not in slots:
        return None
    found = _end(
        slots.get("on").without(("at", "on", "as of", "per", "zum", "am", "for", "fur", "of", "at the", "vom")), slots
    )
    if found is None:
        raise SlotMismatch
    return found


def export(slots: Slots) -> Export:
    """ "export March for DATEV". Raises: Puzzled when no period is said."""
    said = slots.get("rest")
    format_: Format = _FORMATS.get(slots.get("format").plain, "all")
    if "format" in slots and slots.get("format").plain not in _FORMATS:
        raise SlotMismatch
    kept = []
    for word in said.words:
        if word.plain in _FORMATS:
            format_ = _FORMATS[word.plain]
        else:
            kept.append(word)
    rest = Sentence(said.raw, tuple(kept))
    start = next((n for n, word in enumerate(kept) if word.plain not in _AROUND_FORMATS), len(kept))
    end = next((n for n in range(len(kept), start, -1) if kept[n - 1].plain not in _AROUND_FORMATS), start)
    if start == end:
        raise NeedsClarification(books_questions.export_when(), *books_questions.export_suggestions(slots.said.raw))
    when = period(rest.part(start, end), slots.scene, "past")
    if when is None or (when.since is None and when.until is None):
        raise SlotMismatch
    return _export(when, format_, slots)


def _export(when: Period, format_: Format, slots: Slots) -> Export:
    until = when.until or slots.scene.today
    since = when.since or until.replace(month=1, day=1)
    return Export(since, until, format_, when.label)


def vat_return(slots: Slots) -> VatReturn:
    """ "VAT for May". Raises: Puzzled when no period is said."""
    rest = slots.get("rest").without(("for", "of", "in", "fur", "im", "von", "vom", "the"))
    if not len(rest):
        raise NeedsClarification(books_questions.vat_when(), *books_questions.vat_suggestions())
    when = period(rest, slots.scene, "past")
    if when is None or (when.since is None and when.until is None):
        raise SlotMismatch
    return vat_return_of(when, slots.scene.today)


def vat_return_of(when: Period, today: date) -> VatReturn:
    """The return of a period; one without a beginning begins with its year, one without an end is until today."""
    until = when.until or today
    return VatReturn(when.since or until.replace(month=1, day=1), until, label=when.label)


def vat_box(slots: Slots) -> VatReturn:
    """ "box 81 for May"; without a time it is that of the last return that was asked for."""
    box = slots.get("box").plain.upper()
    last = slots.scene.last.question
    if not (box.isalnum() and len(box) <= _LONGEST_BOX):
        raise SlotMismatch
    if "rest" in slots:
        return replace(vat_return(slots), box=box)
    if not isinstance(last, VatReturn):
        raise NeedsClarification(books_questions.vat_when(), *books_questions.vat_suggestions())
    return replace(last, box=box)


def datev_number(field: Literal["datev_adviser", "datev_client"]) -> RequestBuilder:
    """ "our DATEV client number is 12345"."""

    def build(slots: Slots) -> SetCompanyProfile:
        number = slots.text("number").replace(" ", "")
        if not number.isdecimal():
            raise SlotMismatch
        return SetCompanyProfile(field, number)

    return build


def datev_chart(slots: Slots) -> SetCompanyProfile:
    """ "we use SKR04"."""
    return SetCompanyProfile("datev_chart", "skr04" if "skr04" in slots.said.plain.split() else "skr03")


def number_account(slots: Slots) -> NumberAccount:
    """ "Qonto is account 1210 in DATEV"."""
    number = slots.text("number")
    if not number.isdecimal():
        raise SlotMismatch
    return NumberAccount(slots.text("name"), number)


_LONGEST_BOX = 3


def profile(slots: Slots) -> SetCompanyProfile:
    """ "our VAT id is DE123456789". Raises: Puzzled for an IBAN whose check digits do not fit."""
    if "iban" in slots:
        found = iban_in(slots.text("iban"))
        if found is None:
            raise SlotMismatch
        return SetCompanyProfile("iban", found[1])
    if "vat_id" in slots:
        vat_id = slots.text("vat_id").replace(" ", "")
        if not any(sign.isdigit() for sign in vat_id):
            raise SlotMismatch
        return SetCompanyProfile("vat_id", vat_id)
    if "country" in slots:
        code = country_code(slots.text("country"))
        if code is None:
            raise SlotMismatch
        return SetCompanyProfile("country", code)
    return SetCompanyProfile("name", slots.text("name"))


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "accounting_again": lambda _: AccountingSoftware(again=True),
    "accounting_software": lambda _: AccountingSoftware(),
    "open": open_,
    "open_told": open_told,
    "add_account": add_account,
    "add_category": add_category,
    "rename": rename,
    "categories": lambda _: Categories(),
    "close": close,
    "reopen": lambda _: ReopenPeriod(),
    "trial_balance": trial_balance,
    "export": export,
    "vat_return": vat_return,
    "vat_box": vat_box,
    "datev_adviser": datev_number("datev_adviser"),
    "datev_client": datev_number("datev_client"),
    "datev_chart": datev_chart,
    "datev_net": lambda _: SetCompanyProfile("datev_corrections", "net"),
    "datev_pairs": lambda _: SetCompanyProfile("datev_corrections", "pairs"),
    "number_account": number_account,
    "vat_basis_cash": lambda _: SetCompanyProfile("vat_basis", "cash"),
    "vat_basis_accrual": lambda _: SetCompanyProfile("vat_basis", "accrual"),
    "profile": profile,
}
