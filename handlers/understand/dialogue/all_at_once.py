"""Orders about many bills at once ("confirm all without doubts", "approve everything under 200").

What is understood to its last word becomes the list of them, which is looked at before anything is done; of any other
it is asked which bills these are.
"""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.language.translation import say
from handlers.requests import AllAtOnce, AllAtOnceAct
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.conditions import Conditions, conditions_of
from handlers.understand.values.dates import Sense
from handlers.wording import clarifying_questions

_ORDERS = (
    r"(?:confirm|approve|reject|refuse|pay|book|delete|discard|void|undo|bestatige?|genehmige?|bezahle?|zahle?|losche?"
    r"|verwerfe?|freigeben|bestatigen|ablehnen|genehmigen|bezahlen|zahlen|uberweisen|loschen|verwerfen|buchen)"
)
_ALL = r"(?:all|everything|both|them all|all of (?:them|these|those|it)|alle|alles|beide|beides|samtliche)"
_AT_ONCE = re.compile(
    rf"(?:.* )?{_ORDERS} (?:mir |mal |bitte |uns |the |die )*{_ALL}"
    r"(?: (?:bills|invoices|rechnungen|of them|now|at once|please|bitte))*"
    rf"|(?:bitte )?{_ALL}(?: (?:rechnungen|bills|zusammen|auf einmal|davon|bitte))* {_ORDERS}(?: bitte)?"
)

_ACTS: dict[AllAtOnceAct, frozenset[str]] = {
    "confirm": frozenset({
        "confirm", "book", "post", "bestatige", "bestatigen", "buche", "buch", "buchen", "verbuche", "verbuchen",
    }),
    "approve": frozenset({"approve", "release", "genehmige", "genehmigen", "freigeben"}),
    "discard": frozenset({
        "discard", "delete", "remove", "drop", "void", "bin", "losche", "losch", "loschen", "verwerfe", "verwirf",
        "verwerfen", "entferne", "entfernen",
    }),
}  # fmt: skip
_VERBS = frozenset[str]().union(*_ACTS.values())
_APART = frozenset({"gib", "gebe", "geb"})
"""Begins a verb in two parts ("gib alle frei")."""
_EVERY = frozenset({"all", "every", "everything", "each", "alle", "alles", "samtliche", "allen", "jede", "jeden"})
_SHOWN = frozenset({"them", "these", "those", "both", "beide", "beides", "davon", "diese"})
"""Words for the bills that were listed last."""
_MANY = frozenset({
    "bills", "invoices", "documents", "drafts", "receipts", "rechnungen", "belege", "dokumente", "entwurfe",
})  # fmt: skip
_DUPLICATES = frozenset({
    "duplicates", "duplicate", "dupes", "doubles", "copies", "duplikate", "dubletten", "doppelte", "doppelten",
    "kopien",
})  # fmt: skip
_BESIDE = frozenset({
    "the", "of", "ones", "one", "that", "which", "are", "have", "is", "has", "there", "bill", "invoice", "document",
    "waiting", "wait", "open", "now", "at", "once", "please", "just", "for", "me", "die", "der", "den", "das", "bitte",
    "mir", "mal", "auf", "einmal", "zusammen", "jetzt", "wartende", "wartenden", "offene", "offenen", "remaining",
    "rest", "restlichen", "new", "neuen", "clear", "sure", "certain", "sicheren", "zweifelsfreien", "sind",
})  # fmt: skip
"""Words before and behind that narrow nothing down: what is confirmed at once is without doubts anyway."""
_WITHOUT_DOUBTS = re.compile(
    r"(?:(?:that|which|where|die)(?: (?:there|are|have|is))* )?"
    r"(?:without|with no|have no|has no|no|ohne|keine)(?: any| a)? (?:doubts?|zweifel)(?: haben)?"
)
FEW = 3
"""Of so many bills that were listed just now, "all of them" needs no further look."""
_DUE = frozenset({"due", "fallig", "fallige", "falligen"})
_QUESTIONS = frozenset({
    "what", "which", "who", "when", "how", "why", "is", "are", "did", "was", "were", "has", "have", "wer", "welche",
    "wann", "wie", "warum", "ist", "sind", "hat", "haben", "not", "nicht", "never", "do", "dont", "if", "wenn",
})  # fmt: skip


def order_about_all(said: Sentence, scene: SentenceContext) -> AllAtOnce | None:
    """The bills that an order about many names; None for words that order nothing of the kind.

    Raises: NeedsClarification for an order about all of which more is said than is understood.
    """
    if order := _understood(said, scene):
        return order
    if not said.asks and _AT_ONCE.fullmatch(said.plain):
        raise _which_bills()
    return None


def of_those_listed(said: Sentence, scene: SentenceContext) -> AllAtOnce | None:
    """An order about more of the bills that were listed last than can be had in view. Raises: NeedsClarification for
    two orders in one ("confirm and approve all")."""
    plain = [word.plain for word in said.politely_reduced().words]
    if len(plain) > 3 and {plain[0], plain[2]} <= _VERBS and plain[1] in ("and", "und") and plain[3] in _EVERY:
        raise _which_bills()
    if len(scene.last.bills) <= FEW:
        return None
    order = _understood(said, scene)
    return order if order and order.bills else None


def _understood(said: Sentence, scene: SentenceContext) -> AllAtOnce | None:
    """The order, if its last word is understood."""
    bare = _without_doubts(said.politely_reduced())
    plain = [word.plain for word in bare.words]
    act, verb = _act(plain)
    if act is None or plain[0] in _QUESTIONS:
        return None
    every, shown, many, copies = (not kind.isdisjoint(plain) for kind in (_EVERY, _SHOWN, _MANY, _DUPLICATES))
    every = every or plain[1:2] == ["anything"]  # "approve anything below 100", but not "anything to approve"
    if (act == "discard") is not copies or not (every or shown or many or copies) or (shown and not scene.last.bills):
        return None
    known = {"anything"} | _EVERY | _SHOWN | _MANY | _DUPLICATES | _BESIDE
    rest = Sentence(bare.raw, tuple(word for n, word in enumerate(bare.words) if n not in verb))
    while rest.words and rest.words[0].plain in known:
        rest = rest.part(1)
    while rest.words and rest.words[-1].plain in known:
        rest = rest.part(0, -1)
    due = not _DUE.isdisjoint(plain)
    sense: Sense = "due" if due else "past"
    found = conditions_of(rest, scene, sense, exclusions=True) if rest.words else Conditions()
    narrowed = found is not None and not found.empty
    if found is None or not (every or shown or copies or narrowed):  # "confirm bills": which?
        return None
    return _request(act, found, scene, shown=shown, by_due_date=due or found.overdue)


def _request(
    act: AllAtOnceAct, found: Conditions, scene: SentenceContext, *, shown: bool, by_due_date: bool
) -> AllAtOnce | None:
    """None where something was said that does not narrow such bills down."""
    others = (found.exactly, found.by, found.compare, found.chart, found.receivable, found.payable, found.what)
    called = found.who or found.bare
    if any(others) or (found.who and found.bare) or (called and not names.vendors(called, scene)):
        return None
    bound = found.above or found.below
    until = found.when.until if found.when else None
    if found.overdue and until is None:
        until = scene.today - timedelta(days=1)
    return AllAtOnce(
        act,
        scene.last.bills if shown else (),
        called.text if called else None,
        tuple(name.text for name in found.without),
        found.above.value if found.above else None,
        found.below.value if found.below else None,
        bound.currency if bound else None,
        found.when.since if found.when else None,
        until,
        by_due_date,
    )


def _act(plain: list[str]) -> tuple[AllAtOnceAct | None, frozenset[int]]:
    """What is to be done, and the places of the words that say so; None where several things are."""
    if plain and plain[0] in _APART and plain[-1] == "frei":
        return "approve", frozenset({0, len(plain) - 1})
    found: list[tuple[AllAtOnceAct, int]] = [
        (act, place) for place, word in enumerate(plain) for act, words in _ACTS.items() if word in words
    ]
    if len(found) != 1:
        return None, frozenset()
    return found[0][0], frozenset({found[0][1]})


def _without_doubts(said: Sentence) -> Sentence:
    """The sentence without "that have no doubts"."""
    found = _WITHOUT_DOUBTS.search(said.plain)
    if not found:
        return said
    first = said.plain.count(" ", 0, found.start())
    after = first + len(found[0].split())
    return Sentence(said.raw, said.words[:first] + said.words[after:], said.asks)


def _which_bills() -> NeedsClarification:
    return NeedsClarification(clarifying_questions.which_bills(), say("what is waiting for me?"))
