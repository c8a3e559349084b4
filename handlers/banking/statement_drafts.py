"""From what a statement's file says to what is imported."""

from __future__ import annotations

from datetime import date

from extraction.bank_statement import BankStatement, StatementLine
from handlers.errors import NotPossible
from handlers.language.translation import say
from storage.bank.statements import MovementDraft, StatementDraft
from storage.ledger.money import Money, UnknownCurrency


def draft_of(statement: BankStatement, currency: str, *, sha256: str, part: int) -> StatementDraft:
    """The statement as it is imported, its amounts in `currency`; pending and foreign movements are left out.

    Raises: NotPossible when an amount cannot be booked.
    """
    try:
        return StatementDraft(
            format=statement.format,
            sha256=sha256,
            part=part,
            currency=currency,
            movements=tuple(_movement(line, currency) for line in statement.booked),
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


def _movement(line: StatementLine, currency: str) -> MovementDraft:
    return MovementDraft(
        booked_on=line.booked_on,
        amount=Money.of(line.amount, currency),
        text=line.text,
        counterparty=line.counterparty,
        iban=line.iban,
        reference=line.reference,
        bank_reference=line.bank_reference,
        value_on=line.value_on,
    )


def _first_day(statement: BankStatement) -> date | None:
    """The first day with a movement, rather than the eve on which the opening balance was struck."""
    return min((line.booked_on for line in statement.booked), default=statement.first_day)
