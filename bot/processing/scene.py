"""What words are understood in the light of: the names in the books, the bill that "it" means, what was said last."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import Session

from bot.processing.dispatch import HANDLERS
from handlers import requests as asked
from handlers.context import Context
from handlers.language.translation import LANGUAGES, say, speaking
from handlers.understand.dialogue.suggestions import nearest
from handlers.understand.explanation import explain
from handlers.understand.interpreter import understand
from handlers.understand.text.sentence import sentence
from handlers.understand.text.sentence_context import KnownNames, SentenceContext
from storage.bills import lifecycle, vendors
from storage.ledger import accounts
from storage.models import BillState, Side
from storage.people import people

LATELY = timedelta(days=731)
"""Bills of the last two years are known by their number."""


def explanation(session: Session, context: Context, text: str) -> list[str]:
    """What is understood of a text here and now, in lines to read."""
    return explain(text, scene_of(session, context))


def request_of_text(session: Session, context: Context, text: str) -> asked.Understood:
    """Plain words to a request."""
    return understand(text, scene_of(session, context))


def served(request: object, text: str) -> object:
    """The request, unless nobody serves it."""
    parts = request.requests if isinstance(request, asked.SeveralRequests) else (request,)
    kinds = {type(part.request if isinstance(part, asked.OnBill) else part) for part in parts}
    return request if kinds <= HANDLERS.keys() else asked.Unknown(nearest(sentence(text)))


def scene_of(session: Session, context: Context) -> SentenceContext:
    """Today, the bill that "it" means, what was said last, and every name in the books."""
    bill = lifecycle.find(session, context.bill) if context.bill is not None else None
    known = {name: str(found["value"]) for name, found in bill.evidence.items()} if bill else {}
    return SentenceContext(
        context.today,
        (bill.currency if bill else None) or context.currency,
        known=known,
        booked=bool(bill and bill.state not in (BillState.DRAFT, BillState.HELD)),
        last=context.last,
        names=_names(session, context.today),
    )


def known_names(session: Session, context: Context) -> KnownNames:
    """Every name in the books."""
    return _names(session, context.today)


def _names(session: Session, today: date) -> KnownNames:
    found = accounts.liquidity_accounts(session)
    liquidity = {account.code: account.name for account in found}
    categories = {account.code: account.name for account in accounts.categories(session)}
    on_bills = vendors.named_on_bills(session, today - LATELY)
    return KnownNames(
        vendors=vendors.names(session),
        accounts=_called(liquidity),
        categories=_called(categories),
        kept={account.code: account.currency for account in found if account.currency},
        titles={code: say(name) for code, name in categories.items()},
        category_words={word: account.code for account in accounts.categories(session) for word in account.words},
        people=people.names(session),
        numbers=frozenset(number for _, _, number in on_bills if number),
        customers=frozenset(party for party, side, _ in on_bills if party and side == Side.RECEIVABLE),
        payees=frozenset(party for party, side, _ in on_bills if party and side == Side.PAYABLE),
    )


def _called(accounts: Mapping[str, str]) -> dict[str, str]:
    """What people may call an account: by its name, in whatever language, or by its code."""
    called = {code: code for code in accounts}
    for language in LANGUAGES:
        with speaking(language):
            called |= {say(name): code for code, name in accounts.items()}
    return called
