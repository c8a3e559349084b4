"""What is no order, though it has the words of one: questions, conditions, denials."""

from __future__ import annotations

import re

from handlers.requests import (
    CHANGES,
    AllowInRoom,
    AllowSelfApproval,
    Amend,
    Categorise,
    Edit,
    GrantRight,
    Hold,
    HoldDocuments,
    KeepBoth,
    NotAnInvoice,
    Note,
    OnBill,
    Pay,
    Prepay,
    Refuse,
    RequireApproval,
    SetBudget,
    SetCompanyProfile,
    SeveralRequests,
    Split,
    Transfer,
)
from handlers.understand.assembly.guesses import SHOWS
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.words import fold

_ALLOWED = (
    Amend, NotAnInvoice, KeepBoth, Edit, Refuse, RequireApproval, AllowSelfApproval, SetCompanyProfile, AllowInRoom,
    HoldDocuments,
    GrantRight,
    Hold,
    Note,
    SetBudget,
    Split,
)  # fmt: skip
"""Orders that may be worded with "not" or "no"."""

_DENIES = frozenset({
    "not", "never", "nicht", "nie", "niemals", "kein", "keine", "keinen", "neither", "nor", "nobody", "niemand",
    "without", "ohne", "cannot",
})  # fmt: skip
_SUPPOSES = frozenset({
    "if", "unless", "whether", "should", "shall", "would", "could", "might", "maybe", "perhaps", "may", "wenn",
    "falls", "ob", "sollte", "sollten", "sollen", "soll", "wurde", "konnte", "konnten", "vielleicht", "eventuell",
    "darf", "durfen", "when", "suppose", "imagine", "hypothetically", "almost", "fast", "nearly", "beinahe", "wish",
    "kidding", "joke", "scherz", "dreams", "pretend", "hopefully", "hoffentlich",
})  # fmt: skip
_ASKS = frozenset({
    "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "will", "who", "what", "when",
    "why", "how", "which", "where", "am", "may",
    "ist", "sind", "war", "hat", "haben", "habe", "hast", "wer", "wann", "warum", "wie", "welche", "wo",
    "kann", "konnen", "muss", "mussen", "wird", "werden",
})  # fmt: skip
_DOUBTS = frozenset({"maybe", "perhaps", "might", "vielleicht", "eventuell", "if", "wenn", "falls"})
_THINKS = frozenset({"think", "believe", "glaub", "glaube", "denke", "guess", "reckon"})
_IN_DOUBT = _THINKS | {
    "wird", "werden", "werde", "will", "wrong", "falsch", "falsche", "falschen", "mistake", "accidentally", "versehen",
    "versehentlich", "twice", "doppelt", "zweimal", "supposedly", "allegedly", "angeblich", "claims", "claim",
}  # fmt: skip
"""With one of these nobody tells that money has moved as it should."""
_UNDOES = frozenset({
    "delete", "remove", "void", "discard", "throw", "refuse", "reject", "decline", "losche", "loschen", "entferne",
    "entfernen", "storniere", "stornieren", "verwerfen", "wegwerfen", "ablehnen", "zuruckweisen",
})  # fmt: skip
_BEFORE_MONTHS = frozenset({"in", "of", "for", "by", "until", "since", "close", "export", "last", "next", "this", "im"})
_DONE = frozenset({
    "pay", "paid", "pays", "confirm", "confirmed", "approve", "approved", "close", "closed", "book", "booked",
    "invite", "invited", "delete", "undo",
    "bezahlt", "gezahlt", "bezahlen", "zahlen", "bestatigt", "bestatigen", "uberwiesen", "freigegeben", "gebucht",
    "received", "erhalten",
})  # fmt: skip
_UMLAUT = re.compile(r"w(?:ü|ue)rde|k(?:ö|oe)nnte")
_CALENDAR = frozenset({"may"})


def is_not_an_instruction(request: object, said: Sentence) -> bool:
    """Whether the request would change something that the words only ask about, deny, or make depend on something.

    "can you confirm it?" was reduced to its order before; "confirmed?" still asks.
    """
    if isinstance(request, OnBill):
        return is_not_an_instruction(request.request, said)
    if isinstance(request, SeveralRequests):
        return False  # each part was looked at by itself
    if not isinstance(request, CHANGES):
        return False
    if describes(said):
        return True
    words = [word.plain for word in said.words]
    if isinstance(request, NotAnInvoice | Refuse) and (_spares(said) or _DOUBTS.intersection(words)):
        return True
    if isinstance(request, Pay | Prepay | Transfer) and (words[0] in SHOWS or _IN_DOUBT.intersection(words)):
        return True
    if isinstance(request, _ALLOWED):
        return said.asks and words[0] in _ASKS
    if _DENIES.intersection(words) and not (isinstance(request, Categorise) and _contrasts(said)):
        return True
    supposes = _SUPPOSES.intersection(words) - (_CALENDAR if _dated_may(words) else frozenset())
    if not _UMLAUT.search(said.raw.lower()):
        supposes -= {"wurde", "konnte", "konnten"}  # "wurde bezahlt" tells, "würde" supposes
    return bool(supposes) or (said.asks and words[0] in _ASKS)


def only_withholds(said: Sentence) -> bool:
    """ "Don't approve Krause": what is not approved need not be refused."""
    words = {word.plain for word in said.words}
    return bool(words & _DENIES and words & _APPROVES) and not words & _UNDOES


_APPROVES = frozenset(
    {"approve", "approved", "confirm", "freigeben", "freigibst", "genehmigen", "genehmige", "gib", "frei"}
)


def describes(said: Sentence) -> bool:
    """ "Rejected bills", "show the confirmed invoices": whether words name bills by what was done to them, and order
    nothing."""
    return bool(_DESCRIBED.match(" ".join(fold(said.text_of(word)) for word in said.words)))


_DESCRIBED = re.compile(
    r"(?:(?:all|any|the|our|my|show|list|give|find|me|how many|number of|which|what|alle|die|unsere|zeig\w*|mir|liste|"
    r"welche|wie viele|anzahl) )*"
    r"(?:rejected|refused|declined|confirmed|approved|voided|cancelled|canceled|deleted|discarded|posted|exported|"
    r"unconfirmed|unapproved|(?:un|nicht )?(?:abgelehnte|freigegebene|genehmigte|"
    r"bestatigte|bestaetigte|stornierte|geloschte|verworfene|gebuchte|"
    r"verbuchte|zuruckgewiesene|exportierte)[nr]?) "
    r"(?:\S+ )?(?:bills|invoices|receipts|documents|drafts|rechnungen|belege|dokumente|entwurfe)\b"
)
"""As it was written: mended, "bestätigte Rechnungen" would be the order "bestätige Rechnungen"."""


def _contrasts(said: Sentence) -> bool:
    """ "Adobe is software, not office supplies", "travel and not meals": what is denied stands behind what is right."""
    places = [n for n, word in enumerate(said.words) if word.plain in _DENIES]
    at = places[0]
    behind = said.words[at].breaks or (at > 0 and said.words[at - 1].plain not in _VERBS)
    return len(places) == 1 and 2 < at < len(said) - 1 and behind


_VERBS = frozenset({
    "is", "are", "was", "were", "do", "does", "did", "should", "must", "can", "could", "will", "would", "may", "has",
    "have", "ist", "sind", "war", "soll", "sollte", "darf", "kann", "muss", "wird", "hat", "i", "we", "it", "das",
    "that", "this", "es", "ich", "wir", "mir", "bitte", "please", "them", "ihn", "sie",
})  # fmt: skip
"""Beside these "not" denies the whole."""


def _spares(said: Sentence) -> bool:
    """ "don't delete it", "lösche das nicht": not "this is not an invoice, delete it", "reject it, it is not ours"."""
    words = [word.plain for word in said.words]
    denied = any(word in _DENIES and _UNDOES.intersection(words[n + 1 : n + 3]) for n, word in enumerate(words))
    clause = max((n for n, word in enumerate(said.words) if word.breaks), default=0)
    return denied or (words[-1] in _DENIES and bool(_UNDOES.intersection(words[clause:])))


def asks_leave(request: object, said: Sentence) -> bool:
    """ "ok?", "undo that?", "can I undo that?": whether the words ask about a change that they seem to order.

    "Could you undo that?" and "undo that, please?" order it.
    """
    if not said.asks or not isinstance(request, CHANGES):
        return False
    plain = f" {said.plain} "
    return not any(f" {words} " in plain for words in _REQUESTS)


_REQUESTS = (
    "please", "pls", "plz", "bitte", "can you", "could you", "would you", "will you", "kannst du", "konntest du",
    "wurdest du", "magst du", "konnen sie", "konnten sie", "wurden sie",
)  # fmt: skip


def only_thinks(request: object, said: Sentence) -> bool:
    """ "I think I paid Krause": whether money is only thought to have moved."""
    return isinstance(request, Pay | Prepay | Transfer) and any(word.plain in _THINKS for word in said.words)


def hedges(said: Sentence) -> bool:
    """Whether the words deny, ask or suppose: to such, nothing that changes anything is offered."""
    words = {word.plain for word in said.words}
    return bool(words & (_DENIES | _SUPPOSES)) or said.asks


def denies(said: Sentence) -> bool:
    """ "I didn't pay", "noch nicht bezahlt": tells that something was not done, and corrects nothing."""
    words = {word.plain for word in said.words}
    return bool(words & _DENIES and words & _DONE) and not any(sign.isdigit() for sign in said.text)


def asks_whether(said: Sentence) -> bool:
    """ "should I …", "sollen wir …", "if …"."""
    words = [word.plain for word in said.words[:2]]
    if words and words[0] in ("if", "unless", "wenn", "falls", "suppose", "did"):
        return True
    return len(words) == 2 and words[0] in _SUPPOSES and words[1] in ("i", "we", "you", "ich", "wir", "man")


def _dated_may(words: list[str]) -> bool:
    """ "may" beside a number, or after "in" and the like, is the month."""
    return all(_is_month(words[:n], words[n + 1 :]) for n, word in enumerate(words) if word == "may")


def _is_month(before: list[str], after: list[str]) -> bool:
    if after and after[0][0].isdigit():
        return True
    return bool(before) and (before[-1][0].isdigit() or before[-1] in _BEFORE_MONTHS)
