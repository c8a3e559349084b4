"""The last question anew, a little changed: "and next month?", "only Acme", "as a chart"."""

from __future__ import annotations

from dataclasses import replace

from handlers.requests import (
    Ageing,
    Balance,
    Due,
    FinancialStatements,
    Find,
    Forecast,
    Income,
    Owed,
    Payments,
    Profit,
    Question,
    Settled,
    Side,
    Spend,
    VatReturn,
)
from handlers.understand.readers import due_and_balance, reports
from handlers.understand.text import grammar
from handlers.understand.text.sentence import Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.conditions import Conditions, conditions_of
from handlers.understand.values.periods_by_days import period_name, previous_period
from handlers.understand.values.slots import Slots
from handlers.wording import period_names

_OWN = frozenset({
    "what", "which", "who", "whom", "how", "when", "why", "is", "are", "do", "does", "did", "due", "owe", "owes",
    "show", "list", "find", "spend",
    "was", "wer", "wem", "welche", "wie", "wann", "warum", "ist", "sind", "fallig", "schulden", "schuldet", "zeig",
    "zeige", "haben", "have", "pay", "paid",
})  # fmt: skip
"""Words of a question of its own, which leans on nothing."""

_LEADS = ("and ", "und ", "only ", "nur ", "just ", "what about ", "how about ", "was ist mit ", "wie ist es mit ")
_EARLIER = frozenset({
    "month before", "year before", "quarter before", "week before", "one before", "before that", "before", "davor",
    "im monat davor", "im jahr davor", "woche davor", "im quartal davor", "month before that", "period before",
})  # fmt: skip
MOST_FOLLOWUP_WORDS = 12
_OF_THE_PAST = (Spend, Find, Payments, Settled, Income, Profit, VatReturn, FinancialStatements)
"""Questions in which "in May" is the last one."""


def starts_follow_up(said: Sentence) -> bool:
    """Whether the words begin as a follow-up does."""
    return said.plain.startswith(_LEADS)


def follow_up(said: Sentence, scene: SentenceContext) -> Question | None:
    """The last question, changed as the words say; None where there was none, or they say something else."""
    asked = scene.last.question
    if asked is None or len(said) > MOST_FOLLOWUP_WORDS:
        return None
    if isinstance(asked, Spend) and said.without(("and", "und", "the", "in", "der")).plain in _EARLIER:
        return _earlier(asked, scene)
    for phrase in grammar.phrases("followups"):
        slots = said.slots(phrase.text)
        if not slots:
            continue
        if _OWN & {word.plain for word in slots["rest"].words}:
            return None
        parts = conditions_of(slots["rest"], scene, "past" if isinstance(asked, _OF_THE_PAST) else "due")
        if parts is None or parts.empty:
            continue
        bare = len(slots["rest"]) == len(said)
        try:
            if (changed := _changed(asked, parts, Slots(slots, said, scene), bare)) is not None:
                return changed
        except SlotMismatch:
            continue
    return None


def _changed(asked: Question, parts: Conditions, slots: Slots, bare: bool) -> Question | None:
    """`bare` says that no word like "and" or "only" leads: a name must then be a known one."""
    for name in parts.names:
        if not _known(name, asked, slots.scene) and (bare or name.text[:1].islower()):
            return None
    match asked:
        case Due():
            return _due(asked, parts, slots)
        case Owed():
            return _owed(asked, parts, slots)
        case Spend():
            return _spend(asked, parts, slots)
        case Find():
            return _find(asked, parts, slots)
        case Forecast():
            return _forecast(asked, parts, slots)
        case Balance():
            return _balance(asked, parts, slots)
        case Payments() | Settled() | Income() | Profit():
            return _in_another_time(asked, parts)
        case VatReturn() | FinancialStatements() if parts.when is not None and not (
            parts.names or parts.above or parts.below or parts.by
        ):
            until = parts.when.until or slots.scene.today
            return replace(asked, since=parts.when.since or until, until=until, label=parts.when.label)
        case Ageing() if not (parts.names or parts.when):
            return replace(
                asked, chart=True, side="receivable" if parts.receivable else "payable" if parts.payable else asked.side
            )
    return None


def _in_another_time(
    asked: Payments | Settled | Income | Profit, parts: Conditions
) -> Payments | Settled | Income | Profit | None:
    """The same question of another period; None where the words say anything else."""
    if parts.when is None or parts.names or parts.above or parts.below or parts.overdue or parts.by:
        return None
    label = parts.when.label if isinstance(asked, Income | Profit) else ""
    return replace(asked, since=parts.when.since, until=parts.when.until, label=label)


def _side(parts: Conditions, before: Side) -> Side:
    return "receivable" if parts.receivable else "payable" if parts.payable else before


def _known(said: Sentence, asked: Question, scene: SentenceContext) -> bool:
    """Whether it is a name that such a question can be about."""
    if isinstance(asked, Balance):
        return names.account(said, scene) is not None
    return bool(names.vendors(said, scene) or (isinstance(asked, Spend) and names.category(said, scene)))


def _due(asked: Due, parts: Conditions, slots: Slots) -> Question | None:
    side = _side(parts, asked.side)
    if parts.by == "vendor":
        return Owed(side)
    new = reports.due_of(replace(parts, receivable=False, payable=False), slots, side)
    timed = parts.when is not None or parts.overdue
    merged = replace(
        new,
        until=new.until if timed else asked.until,
        since=new.since if timed else asked.since,
        overdue=new.overdue if timed else asked.overdue,
        vendor=new.vendor or asked.vendor,
        above=new.above or asked.above,
        currency=new.currency if new.above else asked.currency,
        without=asked.without,
        days_late=None if timed else asked.days_late,
        no_due_date=asked.no_due_date and not timed,
        order=asked.order,
        most=asked.most,
    )
    when = parts.when.label if parts.when else period_name(merged.since, merged.until, slots.scene.today)
    label = period_names.overdue() if merged.overdue else when
    above = due_and_balance.bound_money(merged.above, merged.currency or slots.scene.currency)
    return replace(merged, label=period_names.condition(label, merged.vendor, above, merged.side))


def _owed(asked: Owed, parts: Conditions, slots: Slots) -> Question | None:
    whom = next(iter(parts.names), None)
    if parts.when or parts.overdue or parts.above:
        side = _side(parts, asked.side)
        return reports.due_of(replace(parts, receivable=False, payable=False), slots, side)
    if whom is not None:
        return replace(asked, party=names.vendor(whom, slots.scene))
    if parts.receivable or parts.payable:
        return Owed(_side(parts, asked.side), asked.party)
    return None


def _spend(asked: Spend, parts: Conditions, slots: Slots) -> Question | None:
    if parts.above or parts.below or parts.overdue:
        return None
    new = reports.spend_of(parts, slots)
    timed = parts.when is not None
    since, until = (new.since, new.until) if timed else (asked.since, asked.until)
    category, vendor = (new.category, new.vendor) if parts.names else (asked.category, asked.vendor)
    when = parts.when.label if parts.when else period_name(since, until, slots.scene.today)
    title = slots.scene.names.titles.get(category or "", category)
    return replace(
        asked,
        since=since,
        until=until,
        category=category,
        vendor=vendor,
        by=parts.by or asked.by,
        compare=parts.compare or asked.compare,
        chart=parts.chart or asked.chart,
        label=period_names.spent(when, title, vendor),
        versus_since=None if timed else asked.versus_since,
        versus_until=None if timed else asked.versus_until,
    )


def _earlier(asked: Spend, scene: SentenceContext) -> Spend | None:
    """The same for the time before: as many whole months, else as many days."""
    if asked.since is None or asked.until is None:
        return None
    since, until = previous_period(asked.since, asked.until)
    title = scene.names.titles.get(asked.category or "", asked.category)
    label = period_names.spent(period_name(since, until, scene.today), title, asked.vendor)
    return replace(asked, since=since, until=until, label=label)


def _find(asked: Find, parts: Conditions, slots: Slots) -> Question | None:
    if parts.by or parts.compare or parts.chart or parts.overdue or len(parts.names) > 1:
        return None
    new = reports.find_of(parts, slots, asked.order, asked.most)
    merged = replace(
        new,
        text=new.text or asked.text,
        vendor=new.vendor or asked.vendor,
        at_least=new.at_least or asked.at_least,
        at_most=new.at_most or asked.at_most,
        since=new.since if parts.when else asked.since,
        until=new.until if parts.when else asked.until,
        person=asked.person,
        count=asked.count,
        without=asked.without,
    )
    when = parts.when.label if parts.when else period_name(merged.since, merged.until, slots.scene.today)
    bounds = (due_and_balance.bound_money(bound, slots.scene.currency) for bound in (merged.at_least, merged.at_most))
    return replace(merged, label=period_names.found(when, merged.text, merged.vendor, *bounds))


def _forecast(asked: Forecast, parts: Conditions, slots: Slots) -> Question | None:
    if parts.names or parts.by or parts.above:
        return None
    if parts.when and parts.when.until and parts.when.until >= slots.scene.today:
        return replace(asked, until=parts.when.until, label=parts.when.label)
    return replace(asked, chart=True) if parts.chart else None


def _balance(asked: Balance, parts: Conditions, slots: Slots) -> Question | None:
    said = next(iter(parts.names), None)
    account = names.account(said, slots.scene) if said else asked.account
    if said is not None and account is None:
        return None
    if parts.when is None:
        return replace(asked, account=account) if said else None
    on = parts.when.until
    if on is not None and on > slots.scene.today:
        return Forecast(on, parts.when.label)
    return replace(asked, account=account, on=on)
