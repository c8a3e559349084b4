"""Questions to the ledger: what is due, what is owed to whom, how much is there.

A question is recognised by its trigger and by words that only ask; what they leave over is a time or a vendor.
"""

from __future__ import annotations

from dataclasses import replace

from handlers.language.translation import say
from handlers.requests import Balance, Due, Forecast, Owed, Side
from handlers.understand.text.sentence import NeedsClarification, Sentence, SlotMismatch
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values import names
from handlers.understand.values.conditions import Conditions, conditions_of
from handlers.understand.values.periods import Period, period
from handlers.wording import clarifying_questions, period_names
from storage.ledger.money import Money

_LATE = frozenset({
    "overdue", "late", "uberfallig", "uberfallige", "uberfalligen", "ueberfallig", "ueberfaellig", "ueberfaellige",
})  # fmt: skip
_OPEN = frozenset({
    "due", "payable", "owe", "owed", "owing", "open", "unpaid", "outstanding", "pending", "upcoming", "pay", "dues",
    "coming", "needs", "fallig", "faellig", "falligen", "fallige", "falligkeiten", "offen", "offene", "offenen",
    "unbezahlt",
    "unbezahlte", "zahlen", "bezahlen", "schulden", "schuldig",
})  # fmt: skip
_ASKING = frozenset({
    "what", "which", "who", "whom", "how", "anything", "something", "any", "show", "list", "give", "do", "does",
    "are", "is", "all", "everything", "was", "welche", "wem", "wie", "zeig", "zeige", "gibt", "sind", "ist",
    "mussen", "alle", "else", "etwas", "nichts", "nothing",
})  # fmt: skip
_AROUND = frozenset({
    "bill", "bills", "invoice", "invoices", "payment", "payments", "money", "much", "many", "there", "still",
    "already", "we", "i", "us", "me", "have", "has", "need", "must", "should", "to", "the", "our", "my", "got",
    "will", "be", "up", "falls", "gets", "were", "paid", "had", "that", "also", "past", "rechnung", "rechnungen",
    "wir", "mir", "uns", "noch", "es", "viel", "viele", "schon", "werden", "wird", "die", "unsere", "zu", "haben",
    "sollen", "alles", "und",
})  # fmt: skip
_BILLS = frozenset({"bills", "invoices", "payments", "rechnungen", "falligkeiten"})
_HEAD = _LATE | _OPEN | _ASKING | _AROUND
_NAMING = frozenset({"owe", "pay", "schulden", "wir", "bezahlen"})  # a name may follow at once: "owe Acme"
_WHEN = (
    r"(?:when|wann) (?:is|are|do we have to pay|must we pay|ist|mussen wir) (?:the |die )?(?P<whom>.+?)"
    r"(?: bills?| invoices?| rechnung)?(?: due| payable| fallig| bezahlen)?"
)
_TO = ("to", "from", "for", "with", "an", "von", "bei", "fur", "vom", "owed to", "to the", "from the", "an die")

_STANDS = frozenset({"balance", "balances", "kontostand", "kontostande", "kassenstand", "saldo", "salden"})
_HAVING = frozenset(
    {"have", "there", "left", "got", "haben", "da", "bank", "cash", "till", "konto", "kasse", "account"}
)
_CASH = frozenset({"cash", "petty", "till", "kasse", "kassen", "kassenstand", "box", "bargeld"})
_BANK = frozenset({"bank", "bankkonto", "konto", "kontostand", "account"})
_ROUND_BALANCE = frozenset({
    "what", "is", "are", "how", "much", "the", "our", "my", "your", "current", "show", "me", "us", "give", "do", "we",
    "i", "in", "on", "of", "at", "total", "overall", "money", "and", "accounts", "has", "was", "were", "ist", "war",
    "waren", "sind", "wie", "viel", "hoch", "der", "die", "das", "dem", "den", "unser", "unsere", "mein", "geld",
    "wir", "auf", "noch", "zeig", "zeige", "mir", "aktuelle", "aktueller", "still", "does", "look", "company",
})  # fmt: skip


def balance(said: Sentence, scene: SentenceContext) -> Balance | Forecast | None:
    """A question for what there is; None if it is another one. Raises: Puzzled for an account there is not."""
    words = [word.plain for word in said.words]
    asked = _STANDS.intersection(words) or (
        words[:2] in (["how", "much"], ["wie", "viel"], ["what", "is"], ["was", "ist"]) and _HAVING & set(words[2:])
    )
    if not asked:
        return None
    other = [n for n, word in enumerate(words) if word not in _STANDS | _HAVING | _CASH | _BANK | _ROUND_BALANCE]
    when: Period | None = None
    account: str | None = None
    if other:
        named, when = _dated(said.part(other[0], other[-1] + 1), scene)
        account = (names.account(named, scene) or names.further_account(named, scene)) if len(named) else None
        if len(named) and account is None:
            if not _STANDS.intersection(words):
                return None
            raise NeedsClarification(
                clarifying_questions.no_account(named.text), say("bank balance"), say("cash balance")
            )
    if account is None:
        account = "cash" if _CASH.intersection(words) else "bank" if _BANK.intersection(words) else None
    on = when.until if when else None
    if when and on and on > scene.today:
        return Forecast(on, when.label)
    return Balance(account, on)


def _dated(said: Sentence, scene: SentenceContext) -> tuple[Sentence, Period | None]:
    """What may name an account, without the time before or after it, and that time; None for none."""
    for size in range(len(said), 0, -1):
        for part, rest in ((said.part(0, size), said.part(size)), (said.part(len(said) - size), said.part(0, -size))):
            if when := _nearest(part, scene):
                return rest, when
    return said, None


def _nearest(said: Sentence, scene: SentenceContext) -> Period | None:
    """The time that words say; of the last and the coming "1 August" the one that is less far away."""
    past, ahead = period(said, scene, "past"), period(said, scene, "due")
    if past is None or ahead is None or past.until is None or ahead.until is None:
        return past or ahead
    return min(past, ahead, key=lambda one: abs((one.until or scene.today) - scene.today))


def due(said: Sentence, scene: SentenceContext) -> Due | Owed | None:
    """A question for open bills; None if it is another one. Raises: Puzzled when its time or vendor is unclear."""
    try:
        return _asked(said, scene)
    except SlotMismatch:
        raise NeedsClarification(clarifying_questions.which_time(said.text), *due_suggestions()) from None


def _asked(said: Sentence, scene: SentenceContext) -> Due | Owed | None:
    if one := said.match(_WHEN):
        return due_of(Conditions(), one["whom"].without((*_TO, "the")), scene)
    if said.asks and (when := period(said, scene)):
        return due_of(Conditions(when=when), None, scene)
    words = [word.plain for word in said.words]
    start = next((n for n, word in enumerate(words) if word not in _HEAD), len(words))
    while 0 < start < len(words) and words[start - 1] in ("to", "the", "die"):  # they belong to the name
        start -= 1
    end = next((n for n in range(len(words), start, -1) if words[n - 1] not in _HEAD), start)
    around = {*words[:start], *words[end:]}
    rest = said.part(start, end)
    if not set(words[start:end]) - {"with", "on", "for", "from"}:
        rest = said.part(0, 0)
    all_bills = bool(around & _ASKING and around & _BILLS and not len(rest))
    if not (around & (_LATE | _OPEN) or all_bills):
        return None
    late = bool(around & _LATE)
    if not (around & _ASKING or said.asks or late or not len(rest) or _asks_barely(words[:start], rest, scene)):
        return None
    if not len(rest):
        return due_of(Conditions(overdue=True), None, scene) if late else _lone(words)
    return _slots(rest, scene, name_first=bool(start) and words[start - 1] in _NAMING, late=late)


def _lone(words: list[str]) -> Due | None:
    """ "due", "open bills" ask for all; "pay" alone orders something."""
    return Due() if set(words) - {"pay", "bezahlen", "zahlen"} else None


def _asks_barely(head: list[str], rest: Sentence, scene: SentenceContext) -> bool:
    """ "open bills from Acme" and "due this week" ask; "due Friday" corrects, as does "due by Friday" of a bill."""
    if (_BILLS | {"upcoming"}) & set(head):
        return True
    try:
        found = period(rest, scene)
    except NeedsClarification:
        return False
    if found is None or found.since == found.until or rest.plain.startswith(("end ", "the end ", "ende ")):
        return False
    named = found.since is not None or rest.plain.startswith(("in the next", "the next", "next"))
    return named or not (scene.known or rest.words[0].plain in ("in", "within", "innerhalb"))


def _slots(rest: Sentence, scene: SentenceContext, name_first: bool, late: bool) -> Due | Owed:
    """Time, vendor and bound in whatever order they come.

    A vendor needs a preposition ("to Acme"), except at the start where `name_first` ("owe Acme") and where it is one
    that we know.
    """
    parts = conditions_of(rest, scene)
    whom = next(iter(parts.names), None) if parts else None
    if parts is None or len(parts.names) > 1 or parts.compare or parts.chart or parts.below:
        raise NeedsClarification(clarifying_questions.which_time(rest.text), *due_suggestions())
    if parts.bare and not (names.vendors(parts.bare, scene) or (name_first and parts.bare.words[0] is rest.words[0])):
        raise NeedsClarification(clarifying_questions.which_time(rest.text), *due_suggestions())
    if parts.by == "vendor" and not parts.names and not parts.when:
        return Owed()
    return due_of(replace(parts, overdue=late or parts.overdue), whom, scene)


def due_of(parts: Conditions, whom: Sentence | None, scene: SentenceContext, side: Side = "payable") -> Due:
    """Open bills that these parts describe; `whom` is whose they are, None for anybody's."""
    when, least = parts.when, parts.above or parts.exactly
    late = parts.overdue or bool(when and when.overdue)
    vendor = names.vendor(whom, scene) if whom else None
    label = period_names.overdue() if late else when.label if when else ""
    bound = bound_money(least.value, least.currency or scene.currency) if least else None
    return Due(
        until=when.until if when and not late else None,
        since=when.since if when and not late else None,
        overdue=late,
        vendor=vendor,
        label=period_names.condition(label, vendor, bound, side),
        above=least.value if least else None,
        currency=least.currency if least else None,
        side=side,
    )


def bound_money(bound: str | None, currency: str | None) -> Money | None:
    """An amount of a question as money; None where there is none, its currency is not known, or has no such
    decimals."""
    try:
        return Money.of(bound, currency) if bound and currency else None
    except ValueError:
        return None


def due_suggestions() -> tuple[str, ...]:
    """Usual questions, in the language that is spoken."""
    return tuple(say(question) for question in clarifying_questions.DUE_SUGGESTIONS)
