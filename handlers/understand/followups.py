"""What leans on the last answer: "and next month?", "only Acme", "as a chart", "the second"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from handlers import clarify, periods
from handlers.requests import Ageing, Balance, Due, Find, Forecast, Of, Owed, Question, Several, Side, Spend, Understood
from handlers.understand import asking, grammar, names, questions
from handlers.understand.dates import NUMBERS, month_number, weekday_number
from handlers.understand.parts import Parts, parts_of
from handlers.understand.periods import before, called
from handlers.understand.scene import Scene
from handlers.understand.sentence import Misfit, Puzzled, Sentence, Word
from handlers.understand.slots import Slots
from handlers.understand.words import ONLY

_PLACES = (
    "first 1st erste ersten erster", "second 2nd zweite zweiten", "third 3rd dritte dritten",
    "fourth 4th vierte vierten", "fifth 5th funfte funften", "sixth 6th sechste sechsten",
    "seventh 7th siebte siebten", "eighth 8th achte achten", "ninth 9th neunte neunten", "tenth 10th zehnte zehnten",
)  # fmt: skip
_PLACE_OF = {word: n for n, words in enumerate(_PLACES, 1) for word in words.split()}
_LAST = ("last", "letzte", "letzten")
_ONE = (
    r"(?:the |die |den |das |der )?(?:number |nummer |no |nr |# ?)?"
    rf"(?:{'|'.join((*_PLACE_OF, *_LAST))}|[1-9] (?:st|nd|rd|th)|(?<=number )\d\d?|(?<=nummer )\d\d?|(?<=# )\d\d?)"
    r"(?: one| bill| invoice| rechnung)?"
)
_SEVERAL = "|".join(word for word, n in NUMBERS.items() if 1 < n < 10)
_FIRST = rf"(?:the |die )?(?:first|ersten) (?:{_SEVERAL}|beiden)"
_PLACED = re.compile(
    r"(?<!\S)(?P<all>both(?: of them)?|beide|all of them|alle davon|"
    rf"{_FIRST}|{_ONE}(?:(?: and| und| &)? {_ONE})*)(?!\S)"
)
_BEFORE_DAYS = frozenset({
    "on", "by", "until", "till", "since", "from", "due", "am", "bis", "zum", "ab", "seit", "vom", "before", "after",
    "fallig", "until the",
})  # fmt: skip
_COUNTING = frozenset({
    "quarter", "quartal", "half", "week", "month", "year", "day", "tag", "woche", "monat", "jahr", "payment", "time",
    "mal", "bills",
    "invoices", "rechnungen", "thing", "five", "ten", "three", "two", "of",
})  # fmt: skip
"""What follows a number that counts something else: "the first of May", "the last two"."""

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


def pointed(said: Sentence, scene: Scene, understand: Callable[[Sentence], Understood | None]) -> Understood | None:
    """A request about bills that the last answer listed, "it" standing for each; None where none is pointed at.

    Raises: Puzzled where the list is shorter.
    """
    listed = scene.last.bills
    found = _PLACED.search(said.plain) if listed else None
    if not found or _is_date(said.plain[: found.start()].split(), said.plain[found.end() :].split()):
        return None
    places = _places(found["all"], len(listed))
    if not places or max(places) > len(listed):
        raise Puzzled(clarify.no_such_place(len(listed)))
    request = understand(_with_pronoun(said, found.start(), found.end()))
    if request is None or isinstance(request, Of | Several):
        return None
    each = tuple(Of(listed[place - 1], request) for place in places)
    return each[0] if len(each) == 1 else Several(each)


def _is_date(before: list[str], after: list[str]) -> bool:
    """Whether the words around a place show that it is a day, or counts something else."""
    if before and before[-1] in _BEFORE_DAYS:
        return True
    if not after:
        return False
    timely = month_number(after[0]) is not None or weekday_number(after[0]) is not None
    return timely or after[0] in _COUNTING or after[0].isdigit()


def _places(said: str, count: int) -> list[int]:
    if said.startswith(("both", "beide")):
        return [1, 2] if count == 2 else []
    if said.endswith("beiden"):
        return [1, 2]
    if said.startswith(("all", "alle")):
        return list(range(1, count + 1))
    words = said.split()
    if counted := next((NUMBERS[word] for word in words if word in NUMBERS and word not in ("one", "die", "a")), None):
        return list(range(1, counted + 1))
    return [
        _PLACE_OF.get(word) or (count if word in _LAST else int(word))
        for word in words
        if word in _PLACE_OF or word in _LAST or word.isdigit()
    ]


def _with_pronoun(said: Sentence, start: int, end: int) -> Sentence:
    """The words with those of the place replaced by "it"; German verbs keep their German pronoun."""
    first = said.plain.count(" ", 0, start)
    last = first + len(said.plain[start:end].split())
    german = any(word.plain in ONLY["de"] for word in said.words)
    it = Word("sie" if german else "it", said.words[first].start, said.words[last - 1].end, said.words[first].breaks)
    return Sentence(said.raw, (*said.words[:first], it, *said.words[last:]), said.asks)


def leads(said: Sentence) -> bool:
    """Whether the words begin as a follow-up does."""
    return said.plain.startswith(_LEADS)


def again(said: Sentence, scene: Scene) -> Question | None:
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
        parts = parts_of(slots["rest"], scene, "past" if isinstance(asked, Spend | Find) else "due")
        if parts is None or parts.empty:
            continue
        bare = len(slots["rest"]) == len(said)
        try:
            if (changed := _changed(asked, parts, Slots(slots, said, scene), bare)) is not None:
                return changed
        except Misfit:
            continue
    return None


def _changed(asked: Question, parts: Parts, slots: Slots, bare: bool) -> Question | None:
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
        case Ageing() if not (parts.names or parts.when):
            return replace(
                asked, chart=True, side="receivable" if parts.receivable else "payable" if parts.payable else asked.side
            )
    return None


def _side(parts: Parts, before: Side) -> Side:
    return "receivable" if parts.receivable else "payable" if parts.payable else before


def _known(said: Sentence, asked: Question, scene: Scene) -> bool:
    """Whether it is a name that such a question can be about."""
    if isinstance(asked, Balance):
        return names.account(said, scene) is not None
    return bool(names.vendors(said, scene) or (isinstance(asked, Spend) and names.category(said, scene)))


def _due(asked: Due, parts: Parts, slots: Slots) -> Question | None:
    side = _side(parts, asked.side)
    if parts.by == "vendor":
        return Owed(side)
    new = asking.due_of(replace(parts, receivable=False, payable=False), slots, side)
    timed = parts.when is not None or parts.overdue
    merged = replace(
        new,
        until=new.until if timed else asked.until,
        since=new.since if timed else asked.since,
        overdue=new.overdue if timed else asked.overdue,
        vendor=new.vendor or asked.vendor,
        above=new.above or asked.above,
        currency=new.currency if new.above else asked.currency,
    )
    when = parts.when.label if parts.when else called(merged.since, merged.until, slots.scene.today)
    label = periods.overdue() if merged.overdue else when
    above = questions.bound_money(merged.above, merged.currency or slots.scene.currency)
    return replace(merged, label=periods.condition(label, merged.vendor, above, merged.side))


def _owed(asked: Owed, parts: Parts, slots: Slots) -> Question | None:
    whom = next(iter(parts.names), None)
    if parts.when or parts.overdue or parts.above:
        side = _side(parts, asked.side)
        return asking.due_of(replace(parts, receivable=False, payable=False), slots, side)
    if whom is not None:
        return replace(asked, party=names.vendor(whom, slots.scene))
    if parts.receivable or parts.payable:
        return Owed(_side(parts, asked.side), asked.party)
    return None


def _spend(asked: Spend, parts: Parts, slots: Slots) -> Question | None:
    if parts.above or parts.below or parts.overdue:
        return None
    new = asking.spend_of(parts, slots)
    timed = parts.when is not None
    since, until = (new.since, new.until) if timed else (asked.since, asked.until)
    category, vendor = (new.category, new.vendor) if parts.names else (asked.category, asked.vendor)
    when = parts.when.label if parts.when else called(since, until, slots.scene.today)
    title = slots.scene.names.titles.get(category or "", category)
    return Spend(
        since,
        until,
        category,
        vendor,
        parts.by or asked.by,
        parts.compare or asked.compare,
        parts.chart or asked.chart,
        periods.spent(when, title, vendor),
    )


def _earlier(asked: Spend, scene: Scene) -> Spend | None:
    """The same for the time before: as many whole months, else as many days."""
    if asked.since is None or asked.until is None:
        return None
    since, until = before(asked.since, asked.until)
    title = scene.names.titles.get(asked.category or "", asked.category)
    label = periods.spent(called(since, until, scene.today), title, asked.vendor)
    return replace(asked, since=since, until=until, label=label)


def _find(asked: Find, parts: Parts, slots: Slots) -> Question | None:
    if parts.by or parts.compare or parts.chart or parts.overdue or len(parts.names) > 1:
        return None
    new = asking.find_of(parts, slots, asked.order, asked.most)
    merged = replace(
        new,
        text=new.text or asked.text,
        vendor=new.vendor or asked.vendor,
        at_least=new.at_least or asked.at_least,
        at_most=new.at_most or asked.at_most,
        since=new.since if parts.when else asked.since,
        until=new.until if parts.when else asked.until,
    )
    when = parts.when.label if parts.when else called(merged.since, merged.until, slots.scene.today)
    bounds = (questions.bound_money(bound, slots.scene.currency) for bound in (merged.at_least, merged.at_most))
    return replace(merged, label=periods.found(when, merged.text, merged.vendor, *bounds))


def _forecast(asked: Forecast, parts: Parts, slots: Slots) -> Question | None:
    if parts.names or parts.by or parts.above:
        return None
    if parts.when and parts.when.until and parts.when.until >= slots.scene.today:
        return replace(asked, until=parts.when.until, label=parts.when.label)
    return replace(asked, chart=True) if parts.chart else None


def _balance(asked: Balance, parts: Parts, slots: Slots) -> Question | None:
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
