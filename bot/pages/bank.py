"""The accounts that hold money, and the movements of the bank that wait to be matched or booked."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from bot.pages.page import Page, Visit, may_ask
from bot.processing.buttons.page_addresses import request_at
from handlers import requests as asked
from handlers.answers import balance
from handlers.banking.categories import bookable
from handlers.banking.match_questions import label, match_question, reasons
from handlers.bills.shown.versions import stamped
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say, sayable
from handlers.messages import Choice, Reply
from storage.bank import bank_movements, opening_balances, statements
from storage.models import Account, Movement
from storage.reconciliation.matching import Proposal

MOST = 100
LATEST = 10


def _request(visit: Visit) -> asked.Balance:
    return request_at(asked.Balance, visit.query)


def _values(session: Session, context: Context, visit: Visit) -> dict[str, Any]:
    request = _request(visit)
    meant = balance.accounts_of(session, request)
    held = balance.held_by(session, meant, request.on)
    untold = {account.code for account in opening_balances.without_opening_balance(session, request.on)}
    sees = may_ask(session, context, asked.Movements())
    books = may_ask(session, context, asked.Match(0))
    waiting = bank_movements.open_movements(session) if sees else []
    categories = bookable(session) if books else []
    return {
        "on": request.on,
        "accounts": [
            (
                say(account.name),
                [money(one) for one in held[account.code]],
                bool(held[account.code]) and account.code in untold,
            )
            for account in meant
            if account.liquidity or held[account.code]
        ],
        "sees": sees,
        "number": len(waiting),
        "most": MOST,
        "movements": [_movement(session, one, categories) for one in waiting[:MOST]],
        "statements": [
            (one, say(session.get_one(Account, one.account_id).name)) for one in statements.listed(session, LATEST)
        ]
        if sees
        else [],
    }


def _movement(session: Session, movement: Movement, categories: list[Account]) -> dict[str, Any]:
    """A movement with the bills that it may pay and why, and the categories that it can be booked on; neither for who
    may not do so."""
    proposals = [Proposal.from_record(one) for one in movement.proposals] if categories else []
    book = tuple(
        Choice(choice_id("book", argument=f"{movement.id}:{one.code}"), say(one.name)) for one in categories
    )  # fmt: skip
    choices = match_question(session, movement).choices if proposals else ()
    (asking, booking) = stamped(session, (Reply(choices=choices), Reply(choices=book)))
    return {
        "row": movement,
        "amount": money(bank_movements.amount_of(movement)),
        "choices": asking.choices,
        "why": [(label(session, one), reasons(one)) for one in proposals],
        "categories": sorted(booking.choices, key=lambda choice: choice.label),
    }


PAGE = Page("/bank", sayable("Bank"), "bank.html", _request, _values)
