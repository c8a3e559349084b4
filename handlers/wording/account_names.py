"""Accounts and categories as people call them: by name, in any language, by code, or half remembered."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from sqlmodel import Session

from handlers.errors import NotFound
from handlers.language.formats import listed
from handlers.language.translation import LANGUAGES, say, sayable, speaking
from storage.bills.splitting import cost_objects
from storage.ledger import accounts
from storage.models import Account
from storage.people import people

CLOSE = 80.0
"""Least similarity (0–100) of a name as it was said with an account's."""

VAT = {
    "input_vat": sayable("Input VAT {rate}%"),
    "output_vat": sayable("Output VAT {rate}%"),
    "input_vat_reverse": sayable("Input VAT {rate}% on reverse charge"),
    "output_vat_reverse": sayable("VAT {rate}% owed on reverse charge"),
    "input_vat_acquisition": sayable("Input VAT {rate}% on intra-community acquisitions"),
    "output_vat_acquisition": sayable("VAT {rate}% owed on intra-community acquisitions"),
}


def account_name(account: Account) -> str:
    """The account's name in the language spoken: "Reisekosten" for "Travel"; what people named stays as it is."""
    kind, _, rate = account.code.partition(":")
    return say(VAT[kind], rate=rate) if rate and kind in VAT else say(account.name)


def account_names(session: Session) -> dict[str, str]:
    """The name of every account by its code."""
    return {account.code: account_name(account) for account in accounts.chart(session)}


def all_names(session: Session) -> dict[str, str]:
    """The name of every account by its code, and of every project, cost centre and person by its key."""
    objects = {cost_objects.key_of(one): one.name for one in cost_objects.in_use(session)}
    persons = {cost_objects.person_key(one.id): one.name for one in people.everybody(session)}
    return {**account_names(session), **objects, **persons}


def account_name_of_code(session: Session, code: str) -> str:
    """The name of the account with this code; the code itself where there is none."""
    return account_names(session).get(code, code)


def find_account(known: Sequence[Account], said: str) -> Account:
    """The one of these accounts that people mean. Raises: NotFound naming those that there are."""
    names = {account.code.replace("_", " "): account for account in known}
    for language in LANGUAGES:
        with speaking(language):
            names |= {account_name(account).casefold(): account for account in known}
    wanted = said.casefold().replace("_", " ")
    if found := names.get(wanted):
        return found
    containing = {account.code: account for name, account in names.items() if wanted in name}
    if len(containing) == 1:
        return next(iter(containing.values()))
    near = process.extractOne(wanted, list(names), scorer=fuzz.ratio, score_cutoff=CLOSE)
    if near is None:
        there = listed([account_name(account) for account in known])
        raise NotFound(say("There is no account “{name}”. There are {accounts}.", name=said, accounts=there))
    return names[near[0]]


def liquidity_account(session: Session, said: str | None) -> Account:
    """The bank or cash account that people mean, the first bank account where they named none. Raises: NotFound."""
    return find_account(accounts.liquidity_accounts(session), said or "bank")
