"""Questions to the ledger: what is due, what is owed to whom, how much is there.

A question is recognised by its trigger and by words that only ask; what they leave over is a time or a vendor.
"""

from __future__ import annotations

from handlers import clarify, periods
from handlers.requests import Balance, Due
from handlers.understand.periods import Period, period
from handlers.understand.scene import Scene
from handlers.understand.sentence import Puzzled, Sentence
from handlers.understand.words import VOCABULARY

_LATE = frozenset({
    "overdue", "late", "uberfallig", "uberfallige", "uberfalligen", "ueberfallig", "ueberfaellig", "ueberfaellige",
})  # fmt: skip
_OPEN = frozenset({
    "due", "payable", "owe", "owed", "owing", "open", "unpaid", "outstanding", "pending", "upcoming", "pay", "dues",
    "coming", "needs", "fallig", "faellig", "falligen", "fallige", "offen", "offene", "offenen", "unbezahlt",
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
_BILLS = frozenset({"bills", "invoices", "payments", "rechnungen"})
_HEAD = _LATE | _OPEN | _ASKING | _AROUND
_NAMING = frozenset({"owe", "pay", "schulden", "wir", "bezahlen"})  # a name may follow at once: "owe Acme"
_WHEN = (
    r"(?:when|wann) (?:is|are|do we have to pay|must we pay|ist|mussen wir) (?:the |die )?(?P<whom>.+?)"
    r"(?: bills?| invoices?| rechnung)?(?: due| payable| fallig| bezahlen)?"
)
_TO = ("to", "from", "for", "with", "an", "von", "bei", "fur", "vom", "owed to", "to the", "from the", "an die")

_STANDS = frozenset({"balance", "balances", "kontostand", "kontostande", "kassenstand", "saldo", "salden"})
_HAVING = frozenset({"have", "there", "left", "got", "haben", "da", "bank", "cash", "till", "konto", "kasse"})
_CASH = frozenset({"cash", "petty", "till", "kasse", "kassen", "kassenstand", "box", "bargeld"})
_BANK = frozenset({"bank", "bankkonto", "konto", "kontostand", "account"})
_ROUND_BALANCE = frozenset({
    "what", "is", "are", "how", "much", "the", "our", "my", "your", "current", "show", "me", "us", "give", "do", "we",
    "i", "in", "on", "of", "at", "total", "overall", "money", "and", "accounts", "has", "was", "ist", "sind", "wie",
    "viel", "hoch", "der", "die", "das", "dem", "den", "unser", "unsere", "mein", "geld", "wir", "auf", "noch",
    "zeig", "zeige", "mir", "aktuelle", "aktueller", "still", "does", "look", "company",
})  # fmt: skip


def balance(said: Sentence, scene: Scene) -> Balance | None:
    """A question for what there is; None if it is another one. Raises: Puzzled for an account there is not."""
    words = [word.plain for word in said.words]
    asked = _STANDS.intersection(words) or (
        words[:2] in (["how", "much"], ["wie", "viel"]) and _HAVING & set(words[2:])
    )
    if not asked:
        return None
    other = [n for n, word in enumerate(words) if word not in _STANDS | _HAVING | _CASH | _BANK | _ROUND_BALANCE]
    if other and not _STANDS.intersection(words):
        return None
    if other:
        raise Puzzled(clarify.no_account(said.part(other[0], other[-1] + 1).text), "bank balance", "cash balance")
    if _CASH.intersection(words):
        return Balance("cash")
    return Balance("bank" if _BANK.intersection(words) else None)


def due(said: Sentence, scene: Scene) -> Due | None:
    """A question for open bills; None if it is another one. Raises: Puzzled when its time or vendor is unclear."""
    if one := said.match(_WHEN):
        return _due(None, one["whom"], late=False)
    if said.asks and (when := period(said, scene)):
        return _due(when, said.part(0, 0), late=False)
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
        return Due(overdue=True, label=periods.overdue()) if late else _lone(words)
    return _slots(rest, scene, name_first=bool(start) and words[start - 1] in _NAMING, late=late)


def _lone(words: list[str]) -> Due | None:
    """ "due", "open bills" ask for all; "pay" alone orders something."""
    return Due() if set(words) - {"pay", "bezahlen", "zahlen"} else None


def _asks_barely(head: list[str], rest: Sentence, scene: Scene) -> bool:
    """ "open bills from Acme" and "due this week" ask; "due Friday" corrects, as does "due by Friday" of a bill."""
    if (_BILLS | {"upcoming"}) & set(head):
        return True
    try:
        found = period(rest, scene)
    except Puzzled:
        return False
    if found is None or found.since == found.until or rest.plain.startswith(("end ", "the end ", "ende ")):
        return False
    named = found.since is not None or rest.plain.startswith(("in the next", "the next", "next"))
    return named or not (scene.known or rest.words[0].plain in ("in", "within", "innerhalb"))


def _slots(rest: Sentence, scene: Scene, name_first: bool, late: bool) -> Due:
    """Time and vendor in whatever order they come; the longest time wins.

    A vendor needs a preposition ("to Acme"), except at the start where `name_first` ("owe Acme").
    """
    problem: Puzzled | None = None
    for size in range(len(rest), 0, -1):
        for when, whom in ((rest.part(0, size), rest.part(size)), (rest.part(len(rest) - size), rest.part(0, -size))):
            try:
                found = period(when, scene)
            except Puzzled as puzzled:
                if size == len(rest):
                    raise
                problem = problem or puzzled
                continue
            first = len(whom) and whom.words[0] is rest.words[0]
            if found and (not len(whom) or _introduced(whom) or (name_first and first)):
                return _due(found, whom, late)
    named = any(word.plain not in VOCABULARY for word in rest.words)
    if problem is None and named and (_introduced(rest) or name_first):
        return _due(None, rest, late)
    raise problem or Puzzled(clarify.which_time(rest.text), *clarify.DUE_SUGGESTIONS)


def _introduced(whom: Sentence) -> bool:
    return len(whom.without(_TO)) < len(whom)


def _due(found: Period | None, whom: Sentence, late: bool) -> Due:
    vendor = whom.without((*_TO, "the")).text if len(whom) else None
    late = late or bool(found and found.overdue)
    label = periods.overdue() if late else found.label if found else ""
    until, since = (found.until, found.since) if found else (None, None)
    return Due(until, since, late, vendor, periods.condition(label, vendor))
