"""What is unusual about a bill, in words."""

from __future__ import annotations

from decimal import Decimal

from handlers.language.formats import money, rate, short_day
from handlers.language.translation import say
from storage.ledger.money import Money
from storage.reports.insight.anomalies import Anomaly


def anomaly_words(one: Anomaly) -> str:
    """ "€10.00 (11%) dearer than on 1 Mar", "usually about €80.00", "its account is that of Globex Ltd"."""
    if one.kind == "account":
        return say("its account is that of {name}", name=one.name)
    assert one.before is not None and one.bill.total_minor is not None
    if one.kind == "amount":
        return say("usually about {amount}", amount=money(one.before))
    more = Money(one.bill.total_minor, one.before.currency) - one.before
    share = rate((more.decimal * 100 / one.before.decimal).quantize(Decimal(1)))
    assert one.on is not None
    return say("{amount} ({share}) dearer than on {day}", amount=money(more), share=share, day=short_day(one.on))
