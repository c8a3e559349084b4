"""A regular bill in a line: its cost, when its price changed, when the next one comes, and what is odd about it."""

from __future__ import annotations

from handlers.language.formats import money, short_day
from handlers.language.translation import say, sayable
from storage.reports.insight.subscriptions import Subscription

_RHYTHMS = {
    7: sayable("every week"), 14: sayable("every two weeks"), 30: sayable("every month"),
    61: sayable("every two months"), 91: sayable("every quarter"), 182: sayable("every half year"),
}  # fmt: skip


def line(one: Subscription) -> str:
    """ "Hosting AG · €99.00 every month · next about 1 Apr · up from €89.00 on 1 Mar"."""
    parts = [
        say("{party} · {amount} {rhythm}", party=one.series.party, amount=money(one.price), rhythm=rhythm(one)),
        say("next about {day}", day=short_day(one.next_on)) if one.missing_since is None else "",
    ]
    if one.changes:
        change = one.changes[-1]
        words = (
            sayable("up from {amount} on {day}")
            if change.after > change.before
            else sayable("down from {amount} on {day}")
        )
        parts.append(say(words, amount=money(change.before), day=short_day(change.on)))
    return " · ".join(filter(None, (*parts, trouble(one))))


def rhythm(one: Subscription) -> str:
    """ "every month"."""
    return say(_RHYTHMS[one.series.rhythm.days])


def trouble(one: Subscription) -> str:
    """That its bill is missing, or came twice; "" for neither."""
    if one.doubled is not None:
        return say("the last one came twice")
    if one.missing_since is not None:
        return say("missing since {day}", day=short_day(one.missing_since))
    return ""
