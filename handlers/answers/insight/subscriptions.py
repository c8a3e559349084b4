"""Which bills come again and again, what they cost, and what is odd about them."""

from __future__ import annotations

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import money
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Subscriptions
from handlers.wording import lists
from handlers.wording.books import subscription_texts
from storage.ledger import double_entry
from storage.reports.insight.subscriptions import subscriptions

MOST = 20


def show(session: Session, context: Context, request: Subscriptions) -> tuple[Reply, ...]:
    """Each with its price, interval and next bill, the dearest first; price changes, missing and doubled ones are
    told."""
    found = subscriptions(session, context.today)
    if not found:
        return (Reply(say("No bill has come regularly yet: it takes three at one interval.")),)
    sums = double_entry.sum_by_currency(one.yearly for one in found)
    head = say("Regular bills, {sums} a year:", sums=" + ".join(map(money, sums)))
    shown = found[: lists.at_most(MOST)]
    lines = [f"• {subscription_texts.line(one)}" for one in shown]
    if len(found) > len(shown):
        lines.append(lists.left_out(len(found) - len(shown)))
    return (Reply("\n".join([head, *lines])),)
