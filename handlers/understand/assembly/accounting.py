"""Every word of a message has to be accounted for: by a value that was taken, or by the kind of request itself.

Which words a kind of request is said with is known from the phrasings that the classifier learned
(`handlers.understand.intents.vocabulary`). A word that is none of them, nor near one, says something that nobody
understood.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale
from rapidfuzz.distance import OSA

from handlers.language.translation import LANGUAGES
from handlers.understand.assembly.conditions import LARGEST, LATE, NO_DATE
from handlers.understand.assembly.material import Material
from handlers.understand.assembly.narrowing import ABOUT, NARROWING, NEVER_TAKEN, UNLESS
from handlers.understand.intents.vocabulary import common_words, words_of
from handlers.understand.text.fillers import FILLERS
from handlers.understand.text.words import fold
from handlers.understand.values.dates import NUMBERS
from handlers.understand.values.trades import trade_words

FREE = frozenset(
    {"remind", "refuse", "none", "greeting", "thanks", "help", "undo_other", "mileage", "budget", "invite"}
)
"""Labels whose requests may hold words, and values, of one's own."""

COMMON_TO = 8
"""A word that so many labels are said with says nothing about any of them."""

OPERATORS = frozenset({
    "not", "no", "never", "nothing", "none", "nobody", "without", "except", "but", "only", "just", "unless", "if",
    "both", "half", "nicht", "kein", "keine", "keinen", "nie", "niemand", "ohne", "ausser", "nur", "wenn", "falls",
    "beide", "halb", "before", "after", "vor", "nach", "more", "less", "mehr", "weniger", "over", "under", "uber",
    "unter", "should", "soll", "sollte", "sollten", "would", "could", "might", "maybe", "vielleicht", "paid", "pay",
    "bezahlt", "bezahlen", "confirm", "approve", "reject", "undo", "export", "close", "delete", "remind", "all",
    "alle",
})  # fmt: skip
"""Words that turn a request into another one: each label has to be said with them itself."""

_SOME_DAY = frozenset({
    "today", "tomorrow", "yesterday", "heute", "gestern", "ubermorgen", "whenever", "someday", "sometime", "irgendwann",
})  # fmt: skip
DAYS = (
    frozenset(
        fold(name).strip(".")
        for language in LANGUAGES
        for table in (Locale(language).months, Locale(language).days)
        for name in table["format"]["wide"].values()
    )
    - {"may", "mai"}
) | _SOME_DAY
"""Words of a time: where no value took them, it was not understood."""


def unaccounted(material: Material, label: str) -> tuple[str, ...]:
    """What nobody accounted for, as it was written, in order."""
    if label == "remind" and (other := _beforehand(material)):
        return other
    if label in FREE:
        return tuple(_written(material, word) for word in material.words if word in UNITS and label == "remind")
    values = tuple(material.text(tag) for tag in material.left)
    numbers = frozenset(NUMBERS) if label == "require" else frozenset()
    known = numbers | (words_of(label) | (common_words(COMMON_TO) - OPERATORS)) - DAYS
    if label == "why":
        known |= frozenset(word.strip("*") for word in LATE)
    if any(tag.excluded for tag in material.tags):
        known |= EXCLUDING | LEFT_OUT
    if material.names_side:
        known |= {"only", "just", "nur"}  # "only customers"
    narrowing = NARROWING - UNLESS.get(label, frozenset())
    strange = [
        word
        for word in material.words
        if word in narrowing or (word not in FILLERS and not _is_said(word, label, known))
    ]
    if label in PURPOSES:
        strange = [word for word in strange if word in OPERATORS or word not in _purpose(material)]
    if label == "forecast" and any(tag.kind == "amount" for tag in material.tags):
        strange = [word for word in strange if word in narrowing | OPERATORS]  # what is bought costs the same
    return (*values, *(_written(material, word) for word in dict.fromkeys((*_unused(material, label), *strange))))


def _beforehand(material: Material) -> tuple[str, ...]:
    """What was asked before "and remind me …": another request."""
    words = [word.plain for word in material.said.words]
    at = next((n for n, word in enumerate(words) if word in _REMIND), 0)
    depends = at > 2 and bool(_ASKING.intersection(words[:at]))  # "is it paid? if not remind me"
    if not depends and (at < MOST_BEFORE or not _JOINTS.intersection(words[at - 2 : at])):
        return ()
    return tuple(material.said.text_of(word) for word in material.said.words[:1])


MOST_BEFORE = 4
_REMIND = frozenset({"remind", "erinner", "erinnere", "erinnern", "reminder", "nudge", "ping"})
_ASKING = frozenset({
    "is", "are", "has", "have", "did", "what", "how", "if", "unless", "ist", "sind", "hat", "wie", "wenn", "falls",
    "sonst", "otherwise", "else",
})  # fmt: skip
_JOINTS = frozenset({"and", "und", "then", "dann", "also", "auch"})


def _written(material: Material, plain: str) -> str:
    """A word as it was written."""
    return next((material.said.text_of(word) for word in material.said.words if word.plain == plain), plain)


def _unused(material: Material, label: str) -> tuple[str, ...]:
    """Words that narrow an answer down, and did not: an "except" without whom, a "since" without when."""
    kinds = {tag.kind for tag in material.tags}
    idle: list[str] = []
    if not any(tag.excluded for tag in material.tags) and not material.says(*NO_DATE):
        idle += [word for word in material.words if word in EXCLUDING]
    if not kinds & {"period", "day", "lateness", "number"}:
        idle += [word for word in material.words if word in TIMING and label not in TIMELESS and not _ahead(material)]
    if label in COUNTED and not kinds & {"period", "day"}:
        idle += [word for word in material.words if word in STRETCHES and not _each(material, word)]
    if label in COUNTED:
        idle += [word for word in material.words if NUMBERS.get(word, 0) > 1]  # "five priciest vendors"
    if label == "payments":
        idle += [word for word in material.words if word in LARGEST]  # nothing sorts them
    if label in OF_PARTIES:
        idle += [word for word in material.words if trade_words(word) and word not in NO_TRADES]
        idle += _beside_excluded(material)
    if label not in TIMELESS:
        before = {material.before(tag): tag for tag in material.tags if tag.kind == "day"}
        idle += [word for word in before if word in UNTIL and word in material.words]  # "up to the 19th"
    idle += _half_of_two(material, label)
    idle += [word for word in _as_written(material) if word in NEVER_TAKEN.get(label, ())]
    idle += ["one"] if label in ("find", "show_bill", "show_original") and material.says(*_LAST_BUT_ONE) else []
    idle += [word for tag in material.tags if tag.kind == "amount" and (word := material.before(tag)) in ABOUT]
    if label == "due" and not kinds & {"period", "day", "lateness"}:
        idle += [word for word in material.words if word in ("within", "innerhalb")]  # "within the week"
    if label == "due" and material.has("paid", "bezahlt", "bezahlte") and not _DENIES.intersection(material.words):
        idle += [word for word in ("paid", "bezahlt", "bezahlte") if word in material.words]
    idle += [word for word in material.words if word in ORDINALS and label != "require"]  # "a second approval"
    idle += [word for word in ("then", "dann") if material.says(f"and {word}", f"und {word}")]  # another request
    return tuple(idle)


def _as_written(material: Material) -> list[str]:
    """The words that are no value, folded and unmended: "parts" is no slip of "party"."""
    taken = material.places()
    words = enumerate(material.said.words)
    return [word for n, each in words if n not in taken for word in {each.plain, fold(material.said.text_of(each))}]


_LAST_BUT_ONE = ("last but one", "last but two", "second to last", "next to last")


def turns(strange: str) -> bool:
    """Whether a word that nobody took makes another question of a sentence: a figure, "except", "second", "per"."""
    plain = fold(strange)
    return plain in _TURNING or any(sign.isdigit() for sign in plain)


def _half_of_two(material: Material, label: str) -> list[str]:
    """One of two that are joined, of which an answer would have but the other, or both at once: "this week *or next*",
    "travel *and* hotel costs"."""
    words = [word.plain for word in material.said.words]
    taken = material.places()
    joints = _EITHER if label == "spend" else _EITHER | _AGAINST  # which is compared with the time before
    idle = [
        word
        for n, word in enumerate(words)
        if n not in taken
        and _NEIGHBOUR.fullmatch(word)
        and not joints.isdisjoint((*words[n - 1 : n], *words[n + 1 : n + 2]))
    ]
    kinds = {tag.start: tag.kind for tag in material.tags}, {tag.end: tag.kind for tag in material.tags}
    for n, word in enumerate(words):
        around = {kinds[1].get(n), kinds[0].get(n + 1)}
        if word in _EITHER and around == {"category", "party"}:
            idle.append(word)
    return idle


_EITHER = frozenset({"and", "or", "und", "oder", "&", "plus", "bzw"})
_AGAINST = frozenset({"vs", "versus", "than", "als", "gegen", "gegenuber", "against"})
_NEIGHBOUR = re.compile(
    r"next|last|previous|this|coming|nachste[nrms]?|letzte[nrms]?|vorige[nrms]?|diese[nrms]?|kommende[nrms]?"
)
"""Which of several times is meant: without a value, of one that nobody took."""


def _purpose(material: Material) -> frozenset[str]:
    """The words that say what for: "prepaid Müller 800 for the desks", "als Excel für die Steuerberaterin"."""
    said, tagged = material.said, material.places()
    found: set[str] = set()
    for n, word in enumerate(said.words):
        if word.plain not in ("for", "fur", "furs"):
            continue
        for place in range(n + 1, len(said)):
            if place in tagged or said.words[place].breaks:
                break
            found.add(said.words[place].plain)
    return frozenset(found)


def _each(material: Material, unit: str) -> bool:
    """ "Per month", "jeden Monat": a unit that groups, and is no time."""
    words = [word.plain for word in material.said.words]
    return any(word == unit and words[n - 1] in _PER for n, word in enumerate(words) if n)


_PER = frozenset({"per", "pro", "by", "nach", "each", "every", "a", "je", "jeden", "jedes", "im", "the", "monthly"})
_DENIES = frozenset(
    {"not", "never", "nicht", "nie", "noch", "un", "unpaid", "to", "be", "werden", "zu", "get", "getting"}
)
"""With one of these "paid" is what is yet to be done."""
STRETCHES = frozenset({"year", "years", "quarter", "quarters", "jahr", "jahre", "quartal", "quartale"})
"""Units of time that answers are about: where none was taken, it was not understood."""
PURPOSES = frozenset({"paid", "received", "prepay", "export", "digest", "trial_balance", "show_original", "party"})
"""Labels whose request is the same whatever it is for."""


def _ahead(material: Material) -> bool:
    """ "How many weeks till we run dry": until something happens."""
    return bool(_UNTIL_WE.search(material.said.plain))


_UNTIL_WE = re.compile(r"\b(?:till|until|before|bis|bevor) (?:we|the money|wir|das geld|it|es)\b")
ORDINALS = frozenset({
    "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "zweite", "zweiten", "dritte",
    "dritten", "vorletzte", "vorletzten", "penultimate", "vierte", "vierten", "funfte", "funften",
})  # fmt: skip
"""Of what was listed: whoever knew the list has put the bill in their place already."""
EXCLUDING = frozenset({"except", "excluding", "excl", "without", "besides", "ohne", "ausser", "minus", "exklusive"})
LEFT_OUT = frozenset({
    "ausgenommen", "weggelassen", "ausgeklammert", "rausgerechnet", "mitgerechnet", "eingerechnet", "excluded",
    "excepted", "aside", "included", "counted", "leaving",
})  # fmt: skip
"""What else is said of a name that is left out."""
UNITS = frozenset({"week", "weeks", "fortnight", "month", "months", "woche", "wochen", "monat", "monate", "monaten"})
"""Units that no value took: "on Thursday week" is not this Thursday."""
_TURNING = (EXCLUDING | ORDINALS | UNITS | {"within", "innerhalb"}).union(*NEVER_TAKEN.values()) - {"least"}
TIMING = frozenset({"since", "until", "till", "before", "seit", "bis", "vor"})
COUNTED = frozenset({"due", "owed", "spend", "find", "payments", "income"})
OF_PARTIES = frozenset(
    {"due", "owed", "settled", "paid", "received", "pay", "payments", "approve", "confirm", "refuse", "why"}
)
"""Labels of which a trade that nobody is known by ("the accountant") names somebody whom the books do not know."""
NO_TRADES = frozenset(
    {"cleaning", "energy", "train", "trains", "hotel", "hotels", "insurance", "furniture", "verwaltung"}
)


def _beside_excluded(material: Material) -> list[str]:
    """Names of a sentence that leaves out others: whether they are left out, too, nobody said."""
    names = [tag for tag in material.tags if tag.kind == "party"]
    return [material.text(tag) for tag in names if not tag.excluded] if any(tag.excluded for tag in names) else []


UNTIL = TIMING | {"to", "by", "after", "nach"}
TIMELESS = frozenset({"not_an_invoice", "amend", "remind", "reminders", "snooze", "hold", "rename", "reopen", "undo"})


def _is_said(word: str, label: str, known: frozenset[str]) -> bool:
    return word in known or (word not in DAYS and _near(word, label))


_PREFIXES = ("rein", "raus", "rauf", "rum", "hin", "her", "ein", "los", "mit", "weiter", "hoch", "durch")
"""Of German verbs, which are the same without: "reingeschickt". Not "zurück", "ab", "nach", "vor": they are others."""


@lru_cache(maxsize=4096)
def _near(word: str, label: str) -> bool:
    """Whether a word is a slip or another form of one that the label is said with."""
    if len(word) < 4 or not word.isalpha():
        return False
    slips = 2 if len(word) >= 8 else 1
    bare = next((word.removeprefix(one) for one in _PREFIXES if word.startswith(one) and len(word) - len(one) > 4), "")
    if bare in words_of(label):
        return True
    for other in words_of(label):
        if len(other) < 4 or other[0] != word[0]:
            continue
        if abs(len(other) - len(word)) <= slips and OSA.distance(word, other, score_cutoff=slips) <= slips:
            return True
        stem = min(len(word), len(other)) - 1
        if stem >= 5 and word[:stem] == other[:stem] and abs(len(word) - len(other)) <= 3:
            return True
    return False
