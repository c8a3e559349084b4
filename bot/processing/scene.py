"""What words are understood in the light of: the names in the books, the bill that "it" means, what was said last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from sqlmodel import Session

from bot.processing.dispatch import HANDLERS
from handlers import requests as asked
from handlers.context import Context
from handlers.language.translation import LANGUAGES, say, speaking
from handlers.understand.dialogue.suggestions import nearest
from handlers.understand.explanation import explain
from handlers.understand.interpreter import MOST_WORDS, understand
from handlers.understand.tagging.known_values import MOST_WORDS as LONGEST_NUMBER
from handlers.understand.text.sentence import sentence
from handlers.understand.text.sentence_context import KnownNames, SentenceContext
from storage.bills import lifecycle, vendors
from storage.bills.names.named_on_bills import PartiesOnBills, numbers_among
from storage.ledger import account_kinds, accounts
from storage.models import BillState, Side
from storage.people import people

LATELY = timedelta(days=731)
"""Bills of the last two years are known by their number."""


def explanation(session: Session, context: Context, text: str) -> list[str]:
    """What is understood of a text here and now, in lines to read."""
    return explain(text, scene_of(session, context, text))


def request_of_text(session: Session, context: Context, text: str) -> asked.Understood:
    """Plain words to a request."""
    return understand(text, scene_of(session, context, text))


def served(request: object, text: str) -> object:
    """The request, unless nobody serves it."""
    parts = request.requests if isinstance(request, asked.SeveralRequests) else (request,)
    kinds = {type(part.request if isinstance(part, asked.OnBill) else part) for part in parts}
    return request if kinds <= HANDLERS.keys() else asked.Unknown(nearest(sentence(text)))


def scene_of(session: Session, context: Context, *texts: str) -> SentenceContext:
    """Today, the bill that "it" means, what was said last, and the names in the books; of bills' numbers those that
    these texts may mean."""
    bill = lifecycle.find(session, context.bill) if context.bill is not None else None
    known = {name: str(found["value"]) for name, found in bill.evidence.items()} if bill else {}
    return SentenceContext(
        context.today,
        (bill.currency if bill else None) or context.currency,
        known=known,
        booked=bool(bill and bill.state not in (BillState.DRAFT, BillState.HELD)),
        last=context.last,
        names=_names(session, context.today, texts),
    )


def known_names(session: Session, context: Context) -> KnownNames:
    """Every name in the books, but for bills' numbers."""
    return _names(session, context.today, ())


def _names(session: Session, today: date, texts: Iterable[str]) -> KnownNames:
    found = accounts.liquidity_accounts(session)
    liquidity = {account.code: account.name for account in found}
    categories = {account.code: account.name for account in accounts.categories(session)}
    since = today - LATELY
    return KnownNames(
        vendors=vendors.names(session),
        accounts=_called(liquidity),
        categories=_called(categories),
        further=_called({account.code: account.name for account in account_kinds.further(session)}),
        kept={account.code: account.currency for account in found if account.currency},
        titles={code: say(name) for code, name in categories.items()},
        category_words={word: account.code for account in accounts.categories(session) for word in account.words},
        people=people.names(session),
        numbers=numbers_among(session, since, (run for text in texts for run in _runs(text))),
        customers=PartiesOnBills(session, Side.RECEIVABLE, since),
        payees=PartiesOnBills(session, Side.PAYABLE, since),
    )


def _runs(text: str) -> Iterator[str]:
    """Every run of words that can be a number, as it is written."""
    said = sentence(text)
    if len(said) <= MOST_WORDS:
        for start in range(len(said)):
            ends = range(start + 1, min(len(said), start + LONGEST_NUMBER) + 1)
            yield from (said.part(start, end).text for end in ends)


def _called(accounts: Mapping[str, str]) -> dict[str, str]:
    """What people may call an account: by its name, in whatever language, or by its code."""
    called = {code: code for code in accounts}
    for language in LANGUAGES:
        with speaking(language):
            called |= {say(name): code for code, name in accounts.items()}
    return called
