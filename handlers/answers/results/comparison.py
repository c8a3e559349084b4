"""One figure beside another: how much more or less, and the average month."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from handlers.language.formats import money, percent
from handlers.language.translation import say
from storage.ledger.money import Money
from storage.reports.spending import Period


def change(now: Money, before: Money) -> str:
    """ "+12% from €303.57"; where there was nothing before, there is no per cent of it."""
    if before.minor <= 0:
        return say("from {amount}", amount=money(before))
    share = percent(Decimal(now.minor - before.minor) / before.minor)
    return say("{percent} from {amount}", percent=share, amount=money(before))


def differences(now: Sequence[Money], before: Sequence[Money]) -> str:
    """ "€190.00 more (+119%)", for each currency that one of the two has."""
    then = {amount.currency: amount for amount in before}
    present = {amount.currency: amount for amount in now}
    parts = []
    for currency in sorted(then.keys() | present.keys()):
        was, is_ = then.get(currency, Money(0, currency)), present.get(currency, Money(0, currency))
        more = is_ - was
        share = f" ({percent(Decimal(more.minor) / was.minor)})" if was.minor > 0 and more.minor else ""
        if more.minor > 0:
            parts.append(say("{amount} more", amount=money(more)) + share)
        else:
            parts.append(say("{amount} less", amount=money(-more)) + share if more.minor else say("just as much"))
    return ", ".join(parts)


def average(amount: Money, span: Period) -> tuple[Money, int]:
    """The average month of a period, rounded to minor units, and how many months those are, begun ones too."""
    months = (span.until.year - span.since.year) * 12 + span.until.month - span.since.month + 1
    minor = (Decimal(amount.minor) / months).to_integral_value(ROUND_HALF_UP)
    return Money(int(minor), amount.currency), months
