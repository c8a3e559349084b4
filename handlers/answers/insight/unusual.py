"""What is unusual about bills: prices that went up, amounts far from the usual, accounts of somebody else."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from handlers.context import Context
from handlers.language.formats import listed
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.requests import Unusual
from handlers.wording import lists
from handlers.wording.books import subscription_texts
from handlers.wording.books.anomaly_words import anomaly_words
from handlers.wording.cards import bill_label
from storage.bills.vendors import find_all
from storage.reports.insight import anomalies
from storage.reports.insight.subscriptions import subscriptions

SINCE = timedelta(days=90)


def unusual(session: Session, context: Context, request: Unusual) -> tuple[Reply, ...]:
    """What stands out among the bills of the last three months, and regular bills that are missing or came twice."""
    until = request.until or context.today
    found = anomalies.lately(session, request.since or until - SINCE, until)
    regular = subscriptions(session, context.today) if request.since is None else []
    if request.vendor is not None:
        meant = {vendor.id for vendor in find_all(session, request.vendor)}
        found = [one for one in found if one.bill.vendor_id in meant]
        names = {one.name for one in find_all(session, request.vendor)}
        regular = [one for one in regular if one.series.party in names]
    words: dict[int, list[str]] = {}
    for one in found:
        words.setdefault(one.bill.id, []).append(anomaly_words(one))
    bills = list({one.bill.id: one.bill for one in found}.values())
    listing = lists.bill_list(bills, lambda bill: f"{bill_label(bill)}: {listed(words[bill.id])}")
    odd = [f"• {subscription_texts.line(one)}" for one in regular if subscription_texts.trouble(one)]
    if not bills and not odd:
        return (Reply(say("Nothing unusual: no price went up, no amount or account stands out.")),)
    parts = [say("Unusual:"), listing.text] if bills else []
    return (Reply("\n".join([*parts, *odd]), listed=listing.bills),)
