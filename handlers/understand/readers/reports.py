"""Questions to the ledger beyond what is due: spending, what others owe us, forecast, ageing, finding, why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from handlers.requests import Ageing, Due, Find, Forecast, Owed, Request, ShowAll, Side, Spend, Waiting, Why
from handlers.understand.readers import due_and_balance
from handlers.understand.readers.corrections import field_at
from handlers.understand.text.sentence import Sentence, SlotMismatch, sentence
from handlers.understand.values import names
from handlers.understand.values.conditions import Conditions, conditions_of
from handlers.understand.values.periods import Period, period
from handlers.understand.values.slots import RequestBuilder, Slots
from handlers.wording import period_names

OPEN_WORDS = frozenset({
    "due", "open", "unpaid", "outstanding", "overdue", "owe", "owed", "pending", "payable", "upcoming", "fallig",
    "faellig", "offen", "offene",
    "offenen", "unbezahlt", "unbezahlte", "unbezahlten", "uberfallig", "fallige", "falligen", "uberfallige",
    "uberfalligen",
})  # fmt: skip

Order = Literal["newest", "largest", "oldest"]

MOST_WHY_WORDS = 6
MOST_FLAG_WORDS = 2
"""A longer "why" is a sentence about something else."""

_PAID_WORDS = frozenset({"paid", "bezahlt", "bezahlte", "bezahlten"})
_LATE_WORDS = frozenset({"overdue", "late", "uberfallig", "ueberfallig", "verspatet"})

_STILL = frozenset({"still", "already", "immer", "noch", "schon"})

FORECAST_DAYS = 30
"""How far a forecast looks where nothing was said."""

FARTHEST_FORECAST = timedelta(days=730)


def why_about(slots: Slots) -> Why:
    """ "why is it overdue?", "why is the due date doubtful?": of a flag, or a field by its name in evidence."""
    said = slots.get("about").without(("the", "it", "this", "that", "so", "bill", "marked", "als", "die", "der"))
    if len(said) > MOST_WHY_WORDS:
        raise SlotMismatch
    words = {word.plain for word in said.words} - _STILL
    if words and words <= _LATE_WORDS:
        return Why("overdue")
    field = field_at(said)
    if field is None and len(said) > MOST_FLAG_WORDS:  # "Globex still in arrears": whose it is, others read
        raise SlotMismatch
    return Why(field[0] if field else said.text.strip(" ?"))


def owes_us(slots: Slots) -> Request:
    """ "who owes us money?"; with a time it is which of our invoices are due."""
    if "rest" not in slots:
        return Owed("receivable")
    return receivable_due(slots)


def owes_us_one(slots: Slots) -> Owed:
    """ "what does Globex owe us?"."""
    return Owed("receivable", names.vendor(slots.get("party"), slots.scene))


def receivable_due(slots: Slots) -> Due:
    """ "what should come in next week?"."""
    said = slots.get("party") if "party" in slots else slots.get("rest")
    parts = conditions_of(said, slots.scene)
    if parts is None:
        raise SlotMismatch
    return due_of(parts, slots, side="receivable")


def due_of(parts: Conditions, slots: Slots, side: Side = "payable") -> Due:
    """Open bills that these parts describe. Raises: Misfit when they describe something else."""
    if len(parts.names) > 1 or parts.by or parts.compare or parts.chart or parts.below:
        raise SlotMismatch
    return due_and_balance.due_of(parts, next(iter(parts.names), None), slots.scene, side)


def forecast(slots: Slots) -> Forecast:
    """ "forecast for 60 days", "how much money will we have at the end of May?"."""
    parts = conditions_of(slots.get("rest"), slots.scene)
    if parts is None or parts.names or parts.by or parts.compare or parts.above:
        raise SlotMismatch
    today = slots.scene.today
    until = parts.when.until if parts.when else today + timedelta(days=FORECAST_DAYS)
    if parts.when and until:
        until = looked_ahead_to(parts.when.since, until)
    if until is None or not today <= until <= today + FARTHEST_FORECAST:
        raise SlotMismatch
    label = parts.when.label if parts.when else period_names.next_days(FORECAST_DAYS)
    return Forecast(until, label)


def looked_ahead_to(since: date | None, until: date) -> date:
    """The last day, but the 15th of the middle of a month, which is ten days long."""
    in_thelooked_ahead_to = since is not None and (since.day, until.day, since.month) == (11, 20, until.month)
    return until.replace(day=15) if in_thelooked_ahead_to else until


def ageing(slots: Slots) -> Ageing:
    """ "ageing of receivables"."""
    parts = conditions_of(slots.get("rest"), slots.scene)
    if parts is None or parts.names or parts.when:
        raise SlotMismatch
    return Ageing("receivable" if parts.receivable else "payable")


def spend(slots: Slots) -> Spend:
    """ "what did we spend on travel last month, compared with the month before?"."""
    parts = conditions_of(slots.get("rest"), slots.scene, "past")
    if parts is None or parts.overdue or parts.receivable or parts.above or parts.below:
        raise SlotMismatch
    if "what" in slots:  # "travel costs since January"
        parts = replace(parts, bare=slots.get("what").without(("our", "the", "my", "all")))
    compare = parts.compare or slots.said.words[0].plain in ("compare", "comparison", "vergleiche")
    chart = parts.chart or any(word.plain in ("chart", "graph", "picture") for word in slots.said.words)
    when = parts.when or (_compared(slots) if compare else None)
    return spend_of(replace(parts, compare=compare, chart=chart, when=when), slots)


def _compared(slots: Slots) -> Period | None:
    """ "versus last month" alone compares this one with it."""
    units = {
        "month": "month",
        "vormonat": "month",
        "year": "year",
        "vorjahr": "year",
        "quarter": "quarter",
        "week": "week",
    }
    unit = next((known for word in slots.said.words if (known := units.get(word.plain))), None)
    return period(sentence(f"this {unit}"), slots.scene) if unit else None


def top_vendors(slots: Slots) -> Spend:
    """ "our biggest suppliers this year"."""
    parts = conditions_of(slots.get("rest"), slots.scene, "past")
    if parts is None or parts.names:
        raise SlotMismatch
    return spend_of(replace(parts, by="vendor"), slots)


def spend_of(parts: Conditions, slots: Slots) -> Spend:
    """Raises: Misfit when a name is neither a category nor a vendor."""
    category, vendor = _purpose(parts, slots)
    since, until, label = span(parts.when, slots.scene.today)
    return Spend(
        since,
        until,
        category,
        vendor,
        parts.by or "category",
        parts.compare,
        parts.chart,
        period_names.spent(label, slots.scene.names.titles.get(category or "", category), vendor),
    )


def span(when: Period | None, today: date) -> tuple[date | None, date | None, str]:
    """The days and their name; this year so far where nothing was said."""
    if when is None:
        since = today.replace(month=1, day=1)
        return since, today, period_names.between(since, today)
    return when.since, when.until, when.label


def _purpose(parts: Conditions, slots: Slots) -> tuple[str | None, str | None]:
    """The category and the vendor that the names mean; after "on" rather a category."""
    category: str | None = None
    vendor: str | None = None
    for said in parts.names:
        found = None if said is parts.who else names.category(said, slots.scene)
        if found is None and said is parts.who and not names.vendors(said, slots.scene):
            found = names.category(said, slots.scene)
        if found is not None and category is None:
            category = found
        elif vendor is None:
            vendor = names.vendor(said, slots.scene)
        else:
            raise SlotMismatch
    return category, vendor


def find(slots: Slots) -> Request:
    """ "find bills over 500 from Acme in March", "search for hosting"; open ones are asked as due."""
    if any(word.plain in OPEN_WORDS for word in slots.said.words):
        return _open(slots)
    if any(word.plain in _PAID_WORDS for word in slots.said.words):  # when bills were paid is not looked for
        raise SlotMismatch
    return _find(slots, "newest", None)


def _open(slots: Slots) -> Due:
    """ "bills over 500 that are due next week"."""
    parts = conditions_of(slots.get("rest"), slots.scene)
    if parts is None or not (parts.above or parts.when or parts.overdue or parts.names):
        raise SlotMismatch
    return due_of(parts, slots)


def largest(slots: Slots) -> Find:
    """ "the three largest bills this year"."""
    return _find(slots, "largest", _most(slots))


def newest(slots: Slots) -> Find:
    """ "last 5 invoices from Acme"."""
    return _find(slots, "newest", _most(slots))


def _most(slots: Slots) -> int | None:
    plural = any(word.plain in _PLURALS for word in slots.said.words)
    return slots.number("count", 5 if plural else 1) or None


_PLURALS = frozenset(
    {"bills", "invoices", "receipts", "documents", "ones", "expenses", "rechnungen", "belege", "came", "in"}
)


def _find(slots: Slots, order: Order, most: int | None) -> Find:
    parts = conditions_of(slots.get("rest"), slots.scene, "past")
    if parts is None or parts.compare or parts.by or len(parts.names) > 1 or parts.overdue:
        raise SlotMismatch
    found = find_of(parts, slots, order, most)
    if found == Find():  # every bill there is: hardly what was meant
        raise SlotMismatch
    return found


def find_of(parts: Conditions, slots: Slots, order: Order, most: int | None) -> Find:
    """Bills that these parts describe."""
    said = next(iter(parts.names), None)
    vendor = names.vendor(said, slots.scene) if said and _is_party(said, parts, slots) else None
    text = said.text.strip(" \"'“”„?") if said and vendor is None else None
    when = parts.when
    least, most_amount = parts.above or parts.exactly, parts.below or parts.exactly
    at_least, at_most = least.value if least else None, most_amount.value if most_amount else None
    bounds = (due_and_balance.bound_money(bound, slots.scene.currency) for bound in (at_least, at_most))
    return Find(
        text,
        vendor,
        at_least,
        at_most,
        when.since if when else None,
        when.until if when else None,
        order,
        most,
        period_names.found(when.label if when else "", text, vendor, *bounds),
    )


def _is_party(said: Sentence, parts: Conditions, slots: Slots) -> bool:
    """A vendor that we know; or whoever a bill is said to be from."""
    if names.vendors(said, slots.scene):
        return True
    return said is parts.who and not any(sign.isdigit() for sign in said.text)


REQUEST_BUILDERS: dict[str, RequestBuilder] = {
    "why": lambda _: Why(),
    "show_all": lambda _: ShowAll(),
    "why_about": why_about,
    "waiting": lambda _: Waiting(),
    "owes_us": owes_us,
    "owes_us_one": owes_us_one,
    "owe_whom": lambda _: Owed(),
    "receivable_due": receivable_due,
    "forecast": forecast,
    "ageing": ageing,
    "spend": spend,
    "top_vendors": top_vendors,
    "find": find,
    "largest": largest,
    "newest": newest,
}
