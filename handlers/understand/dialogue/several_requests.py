"""Several requests in one message: "confirm and remind me on Friday", "what's due and what's the balance?"."""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import pairwise

from handlers.requests import (
    Amend,
    BookMovement,
    Categorise,
    Confirm,
    Discard,
    Edit,
    Find,
    Greeting,
    Hold,
    HowToPay,
    Movements,
    NotAnInvoice,
    Pay,
    Payments,
    Prepay,
    Proposed,
    Refuse,
    Settled,
    SeveralRequests,
    Thanks,
    Transfer,
    Unclear,
    Understood,
    Undo,
    Unknown,
    WithdrawPaymentFile,
)
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.words import BEFORE

MOST = 5
"""More parts than these are a letter."""

_JOINTS = frozenset({"and", "und", "then", "dann", "also", "sowie", "&", "plus"})
_STARTS = frozenset({
    "confirm", "pay", "paid", "remind", "show", "what", "how", "who", "whom", "which", "when", "export", "undo",
    "invite", "find", "forecast", "balance",
    "send", "approve", "reject", "refuse", "snooze", "book", "put", "close", "reopen", "transfer", "moved",
    "withdrew", "mark", "give", "search",
    "due", "total", "vendor", "it", "tell", "set", "change", "make", "create", "rename", "add", "qr", "digest",
    "stop", "turn", "i", "we", "is", "the",
    "bestatige", "bezahle", "bezahl", "bezahlt", "erinnere", "erinner", "zeig", "zeige", "was", "wie", "wer", "wem",
    "welche", "wann", "exportiere",
    "lade", "suche", "finde", "prognose", "kontostand", "schick", "schicke", "gib", "lehne", "buche", "buch",
    "schliesse", "benenne", "ruckgangig", "overdue",
    "waiting", "spend", "cash", "bank", "ageing", "categories", "reconcile", "ausgaben", "uberfallig", "passt", "ok",
    "yes", "ja", "are", "do", "habe", "ich", "wir", "wofur", "das",
})  # fmt: skip
"""Words that a request of its own begins with."""

_BOOKED = (Confirm, BookMovement, Transfer, Prepay)
"""What is booked by being said."""

_OOPS = frozenset({
    "oops", "oops wrong", "whoops", "ups", "hoppla", "oh no", "sorry", "wrong", "falsch", "sorry wrong", "mist", "uups",
})  # fmt: skip
"""What one says before a correction, which alone takes back the last step."""

_DANGLING = frozenset({
    "the", "a", "an", "our", "to", "from", "for", "of", "with", "by", "at", "in", "um", "uh", "er", "der", "die", "das",
    "den", "dem", "ein", "eine", "einen", "von", "vom", "fur", "mit", "bei", "ahm", "zum", "zur",
})  # fmt: skip
"""Words that no request ends with."""

_RELATIVE = frozenset(
    {"what", "who", "whom", "which", "when", "was", "wer", "wem", "welche", "die", "das", "wie", "wann", "how"}
)


def split_requests(
    said: Sentence, whole: Collection[range], understand: Callable[[Sentence], Understood | None]
) -> Understood | None:
    """The requests that the parts of a message make, if each part makes one (the same said twice is one); None where it
    is one request.

    No part is, nor ends within, the places of a value that is `whole` ("between the 15th and the 20th", "881: paid?").
    Corrections of one bill stay one request.
    """
    uncut = frozenset(place for places in whole for place in places[1:])
    alone = {said.part(places[0], places[-1] + 1).plain for places in whole}
    for parts in (_parts(said, uncut, at_breaks=True), _parts(said, uncut, at_breaks=False)):
        if not 1 < len(parts) <= MOST:
            continue
        if any(part.words[-1].plain in _DANGLING or _bare(part) in alone for part in parts):
            continue  # "I paid the, um, the bakery"
        if any(part.plain.startswith(_LEAVING_OUT) for part in parts):
            continue  # "leave out Hetzner: what's due?"
        parts = [part for part in parts if part.plain not in _OOPS] or parts
        requests = [understand(part) for part in parts]
        if len(requests) == 1:
            return requests[0] if _complete(requests[0]) else None
        if all(_complete(request) for request in requests):
            flat = _flat(requests)
            if any(_goes_on(one, other) for one, other in pairwise(flat)):
                return None
            if len(flat) > 1:
                return SeveralRequests(tuple(flat))
            twice = [request for request in requests if flat and request == flat[0]]
            return twice[0] if len(twice) > 1 else None
    return None


_LEAVING_OUT = (
    "leave out ",
    "leaving ",
    "ignore ",
    "skip ",
    "without ",
    "except ",
    "ohne ",
    "ausser ",
    "abgesehen von ",
)


def _bare(part: Sentence) -> str:
    """Its words but those around a name: "acme" of "for the Acme bill"."""
    return " ".join(word.plain for word in part.words if word.plain not in _DANGLING | _BILL)


_BILL = frozenset({"bill", "bills", "invoice", "one", "rechnung", "rechnungen", "beleg"})


def _goes_on(request: object, other: object) -> bool:
    """Whether the second only says more of the first: "Globex finally paid, it came last Thursday", "paid Acme, that
    was from cash"."""
    about = any(getattr(other, name, None) for name in ("vendor", "bill_hint", "amount"))
    if isinstance(request, Pay):
        return isinstance(other, Pay | Payments) and not about
    if isinstance(request, Find):  # "for the Acme bill, the total is 50"
        return isinstance(other, Amend) and other.bill_hint is None
    if isinstance(request, Movements):  # "that unexplained line, book it as insurance"
        return isinstance(other, Categorise | BookMovement) and not about
    if isinstance(request, BookMovement):  # "that line was fuel, book it as vehicle costs"
        return isinstance(other, Categorise) and other.category == request.category
    if isinstance(request, WithdrawPaymentFile):  # "…, the bank rejected it"
        return isinstance(other, Refuse) and not about
    if isinstance(request, Refuse):  # "reject Print24, it's a duplicate": a reason
        return isinstance(other, Refuse | Discard | NotAnInvoice | Settled | Undo) and not about
    if isinstance(request, Hold):
        return isinstance(other, HowToPay | Hold | Refuse | Pay) and not about
    return False


def _complete(request: Understood | None) -> bool:
    return request is not None and not isinstance(request, Unclear | Unknown | Proposed)


def _flat(requests: list[Understood | None]) -> list[object]:
    """Requests in their order, without courtesies; neighbouring corrections become one, also after a "no"."""
    flat: list[object] = []
    for request in requests:
        if isinstance(request, SeveralRequests):
            flat += request.requests
        elif isinstance(request, Greeting | Thanks) or (flat and request == flat[-1]):  # the same said twice is once
            continue
        elif isinstance(request, Amend) and flat and isinstance(flat[-1], Edit):
            flat[-1] = request
        elif isinstance(request, Amend) and flat and isinstance(flat[-1], Amend) and request.bill_hint is None:
            flat[-1] = Amend((*flat[-1].changes, *request.changes), flat[-1].bill_hint)
        elif isinstance(request, Confirm) and request.bill_hint is None and flat and isinstance(flat[-1], _BOOKED):
            continue  # "DHL is correct, book it", "movement 3 is the rent, book it"
        else:
            flat.append(request)
    return flat


def _parts(said: Sentence, uncut: frozenset[int], *, at_breaks: bool) -> list[Sentence]:
    """The sentence cut before each word that begins a request and follows an "and" or, `at_breaks`, a mark; not before
    the `uncut` ones."""
    cuts = [0]
    for n in range(1, len(said)):
        if n in uncut:
            continue
        word = said.words[n]
        start = said.part(n).without(_JOINTS)
        joined = word.plain in _JOINTS and len(start) < len(said) - n
        marked = at_breaks and word.breaks and _ends(said, cuts[-1], n)
        if (joined or marked) and len(start) and start.words[0].plain in _STARTS:
            cuts.append(n)
    ends = [*cuts[1:], len(said)]
    parts = [said.part(start, end).without(_JOINTS, _JOINTS) for start, end in zip(cuts, ends, strict=True)]
    return [Sentence(part.raw, part.words, asks=_asks(part, said)) for part in parts if len(part)]


def _ends(said: Sentence, start: int, end: int) -> bool:
    """Whether the mark before a word ends a request: not after a courtesy ("ok, what's due?"), nor a comma before a
    relative clause ("alles, was fällig ist")."""
    mark = said.raw[said.words[end - 1].end : said.words[end].start]
    if ends_a_day(said, end):
        return False
    relative = mark.strip() == "," and said.words[end].plain in _RELATIVE
    return not relative and said.part(start, end).plain not in BEFORE


def ends_a_day(said: Sentence, at: int) -> bool:
    """Whether the full stop before a word is that of a day ("vor dem 18. bezahlt"), and ends nothing else."""
    if at < 2 or said.raw[said.words[at - 1].end : said.words[at].start].strip() != ".":
        return False
    before, number = said.words[at - 2].plain, said.words[at - 1].plain
    return number.isdigit() and len(number) < 3 and before in _BEFORE_DAYS and said.raw[said.words[at].start].islower()


def ends_sentence(said: Sentence, n: int) -> bool:
    """Whether a full stop, or the like, stands before a word; that of "am 18. bezahlt" ends none."""
    mark = said.raw[said.words[n - 1].end : said.words[n].start]
    return not ends_a_day(said, n) and bool(set(mark) & set(".;?!\n"))


_BEFORE_DAYS = frozenset({"am", "dem", "den", "der", "zum", "vom", "bis", "ab", "seit", "und", "oder"})


def _asks(part: Sentence, said: Sentence) -> bool:
    """Whether a question mark follows this part."""
    rest = said.raw[part.words[-1].end :].lstrip(" \"'")
    return rest.startswith("?") or (said.asks and part.words[-1].end == said.words[-1].end)
