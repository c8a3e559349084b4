"""From what a statement's file says to what is imported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from extraction.bank_statement import BankStatement, StatementLine
from handlers.errors import NotPossible
from handlers.language.translation import say
from storage.bank.statements import MovementDraft, StatementDraft
from storage.bills.vendors import alike, match_key
from storage.ledger import accounts
from storage.ledger.money import Money, UnknownCurrency
from storage.people import company

DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "TWD"})
CROWNS = frozenset({"SEK", "NOK", "DKK", "ISK"})
_SHARED = {"$": DOLLARS, "kr": CROWNS, "kr.": CROWNS, "¥": frozenset({"JPY", "CNY"})}
"""The currencies that a sign stands for."""


@dataclass(frozen=True)
class Ourselves:
    """Who we are on a statement: our names as `vendors.match_key` has them, and the IBANs of our accounts."""

    names: frozenset[str] = frozenset()
    ibans: frozenset[str] = frozenset()


def ourselves(session: Session, statement: BankStatement) -> Ourselves:
    """The company, and the owner whom the statement names."""
    us = company.company(session).name
    names = {match_key(name) for name in (us if us != company.NAMELESS else "", statement.owner)} - {""}
    return Ourselves(frozenset(names), frozenset(one.iban for one in accounts.liquidity_accounts(session) if one.iban))


def currency_of(statement: BankStatement, kept: str) -> str:
    """The currency of a statement, `kept` being that of its account. Raises: NotPossible where only a sign is printed
    that stands for several, none of which is the account's."""
    if statement.currency:
        return statement.currency
    shared = _SHARED.get(statement.symbol)
    if shared and kept not in shared:
        text = say(
            "The amounts of this statement are in “{sign}”, but the account is kept in {kept}. Add an account in its "
            "currency first, like “add bank account Dollars USD”, and send the file again.",
            sign=statement.symbol,
            kept=kept,
        )
        raise NotPossible(text)
    return kept


def draft_of(
    statement: BankStatement, currency: str, *, sha256: str, part: int, us: Ourselves = Ourselves()
) -> StatementDraft:
    """The statement as it is imported, its amounts in `currency`; pending and foreign movements are left out, and `us`
    as the other side of a movement, unless it went to another account of ours.

    Raises: NotPossible when an amount cannot be booked.
    """
    try:
        return StatementDraft(
            format=statement.format,
            sha256=sha256,
            part=part,
            currency=currency,
            movements=tuple(_movement(line, currency, us) for line in statement.booked),
            number=statement.number,
            since=_first_day(statement),
            until=statement.last_day,
            opening=None if statement.opening is None else Money.of(statement.opening, currency),
            closing=None if statement.closing is None else Money.of(statement.closing, currency),
        )
    except UnknownCurrency:
        text = say("I can't import this statement: {currency} is no currency of today.", currency=currency)
        raise NotPossible(text) from None
    except ValueError:
        text = say(
            "I can't import this statement: an amount in it has more decimals than {currency}.", currency=currency
        )
        raise NotPossible(text) from None


def _movement(line: StatementLine, currency: str, us: Ourselves) -> MovementDraft:
    name = match_key(line.counterparty)
    is_us = bool(name) and line.iban not in us.ibans and any(alike(name, ours) for ours in us.names)
    return MovementDraft(
        booked_on=line.booked_on,
        amount=Money.of(line.amount, currency),
        text=line.text,
        counterparty="" if is_us else line.counterparty,
        iban=line.iban,
        reference=line.reference,
        bank_reference=line.bank_reference,
        value_on=line.value_on,
    )


def _first_day(statement: BankStatement) -> date | None:
    """The first day with a movement, rather than the eve on which the opening balance was struck."""
    return min((line.booked_on for line in statement.booked), default=statement.first_day)
