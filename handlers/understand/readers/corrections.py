"""Corrections of a bill: "total is 1,294.50, due 15 May and vendor Acme Ltd", "it's 1294.50 not 1249.50",
"no VAT"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers.requests import Amend, FieldChange
from handlers.understand.readers.bills import TREATMENTS
from handlers.understand.text import grammar
from handlers.understand.text.sentence import NeedsClarification, Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import AMOUNTS, BEFORE, DATES, FIELDS, VOCABULARY
from handlers.understand.values.currencies import currency
from handlers.understand.values.field_values import CONNECTORS, CONTRASTS, absent, change, replacing
from handlers.wording import clarifying_questions

_OPENINGS = (
    *BEFORE, "change", "set", "make", "correct", "fix", "update", "the", "its", "our", "new", "a", "but", "that",
    "it should be", "should be", "andere", "setze", "der", "die", "das", "es", "invoice has", "bill has", "there is",
    "with", "plus", "und", "mit", "it has", "it was", "it is", "this is", "and it is", "it", "is", "sie ist", "wurde",
    "was", "ist", "falsch", "wrong", "es ist", "an", "eine",
    "i meant", "make it", "move", "move the", "verschiebe", "bill is", "invoice is", "rechnung ist",
    "this bill is", "this invoice is", "rather",
)  # fmt: skip
_NONE = (
    "no",
    "without",
    "without any",
    "not any",
    "keine",
    "kein",
    "ohne",
    "there is no",
    "has no",
    "remove",
    "remove the",
    "delete the",
    "clear the",
    "losche",
    "entferne",
)
_JOINTS = frozenset({"and", "und", "&", "plus", "with", "mit", "sowie", "but", "aber"})
_REFUSALS = ("no", "nope", "nein")
_FROM = ("from", "by", "von", "vom")
_ALIASES = sorted(
    ((alias.split(), field) for field, aliases in FIELDS.items() for alias in aliases), key=lambda a: -len(a[0])
)
_HINTS = (
    r"(?:for|on|in|fur|bei) (?:the |die )?(?P<hint>.+?) (?:bill|invoice|rechnung) (?P<rest>.+)",
    r"(?:the |die )?(?:bill|invoice|rechnung) (?:from|von|by) (?P<hint>.+?) (?P<rest>(?:has|is|total|due|vat|tax) .+)",
    r"(?P<rest>.+) (?:for|on|fur|bei) (?:the |die |der )?(?P<hint>[^,]+?) (?:bill|invoice|rechnung)",
)


_OF = frozenset({"of", "for", "on", "from", "von", "vom", "der", "des", "fur", "bei", "zu", "auf", "in"})
_BILL_WORDS = frozenset(
    {"the", "die", "der", "den", "bill", "invoice", "rechnung", "beleg", "no", "nr", "number", "nummer"}
)
_LINKS = frozenset({"is", "ist", "to", "should", "lautet", "heisst", "=", "as", "auf", "soll", "sollte"})
_NAMES = frozenset({"vendor", "number"})
"""Fields whose values are any words."""

MOST_HINT = 5
"""More words than these are no name of a bill between a field and its value."""

MOST_STRANGE_WORDS = 1
"""Beside a value alone, more words than this that no request knows make it something else than a correction."""


@dataclass(frozen=True)
class Clause:
    """One correction in a message. `field` None: only a value was said; `value` None: the bill has no such thing."""

    field: str | None
    value: Sentence | None


def amend(said: Sentence, scene: SentenceContext) -> Amend | None:
    """What is to be corrected; None if the words are no correction at all.

    Raises: Puzzled when one of several values cannot be told; then nothing is to be changed.
    """
    hint, rest = _hinted(said, scene)
    parts = _parts(rest)
    try:
        clauses = [_clause(part, scene) for part in parts]
        if not any(clauses):
            return None
        changes = [made for clause, part in zip(clauses, parts, strict=True) for made in _changes(clause, part, scene)]
    except NeedsClarification as puzzled:
        if len(parts) == 1:
            raise
        raise NeedsClarification(clarifying_questions.not_changed(str(puzzled))) from None
    repeated = {c.field for c in changes if {d.value for d in changes if d.field == c.field} != {c.value}}
    if repeated:
        raise NeedsClarification(clarifying_questions.said_twice(sorted(repeated)[0]))
    return Amend(tuple(dict.fromkeys(changes)), hint)


def _changes(clause: Clause | None, part: Sentence, scene: SentenceContext) -> list[FieldChange]:
    if category := _treatment(part):
        return [FieldChange("tax_category", category)]
    if clause is None:
        raise NeedsClarification(clarifying_questions.which_field(part.text))
    if clause.value is None:
        assert clause.field
        return [absent(clause.field, scene)]
    if clause.field is None:
        return replacing(clause.value, scene)
    return change(clause.field, clause.value, scene)


def _hinted(said: Sentence, scene: SentenceContext) -> tuple[str | None, Sentence]:
    for pattern in _HINTS:
        found = said.match(pattern)
        if found and field_at(found["rest"].without(_OPENINGS)) and not field_at(found["hint"]):
            return found["hint"].text, found["rest"]
    return _named_within(said, scene)


def _named_within(said: Sentence, scene: SentenceContext) -> tuple[str | None, Sentence]:
    """ "the vendor of A-101 is Globex": the bill between a field and its value, and the words without it.

    A name may begin with "of" or "von" ("von Ardenne GmbH"), but nobody is called "of A-101 is Globex".
    """
    opened = said.without(_OPENINGS)
    head = field_at(opened)
    if head is None or len(opened) <= head[1] + 2 or opened.words[head[1]].plain not in _OF:
        return None, said
    first = head[1] + 1
    while first < len(opened) - 2 and opened.words[first].plain in _BILL_WORDS:
        first += 1
    known = opened.text_of(opened.words[first]) in scene.names.numbers
    last = first + 1 if known else _linked(opened, first) if head[0] in _NAMES else None
    if last is None or last >= len(opened):
        return None, said
    rest = replace(opened, words=(*opened.words[: head[1]], *opened.words[last:]))
    hint = opened.part(first, last)
    return (None if all(word.plain in VOCABULARY for word in hint.words) else hint.text), rest


def _linked(said: Sentence, first: int) -> int | None:
    """Where the words begin that link a field with its value, behind somebody's or a bill's name; None for nowhere."""
    within = range(first + 1, min(first + MOST_HINT + 1, len(said) - 1))
    return next((n for n in within if said.words[n].plain in _LINKS or said.words[n].breaks), None)


def _parts(said: Sentence) -> list[Sentence]:
    """The sentence cut where the next correction begins.

    That is after a comma or an "and" when a field follows, and after a finished amount or date also without either;
    "vendor is Total Energies and Sons" stays whole.
    """
    cuts = [0]
    for i in range(1, len(said)):
        rest = said.part(i)
        word = said.words[i]
        joined = word.breaks or word.plain in _JOINTS
        exact = _ends_with_value(said.part(cuts[-1], i)) and _valued(rest)
        begins = exact or (joined and _starts(rest.without(_JOINTS)))
        if begins and len(_meaningful(said.part(cuts[-1], i))):
            cuts.append(i)
    return [said.part(a, b) for a, b in zip(cuts, [*cuts[1:], None], strict=True)]


def _meaningful(part: Sentence) -> Sentence:
    """Without openings; empty where nothing else is in it ("no, …", "the …")."""
    bare = part.without(_OPENINGS)
    only = len(bare) == 1 and (bare.plain in _JOINTS or bare.plain in _OPENINGS or bare.plain in _REFUSALS)
    return part.part(0, 0) if only else bare


def _ends_with_value(part: Sentence) -> bool:
    """An amount or date field with something after it that has a digit or is no connector."""
    opened = part.without(_OPENINGS)
    head = field_at(opened)
    if not head or head[0] not in AMOUNTS | DATES:
        return False
    value = opened.part(head[1]).without(CONNECTORS)
    return any(any(sign.isdigit() for sign in word.plain) for word in value.words)


def _valued(rest: Sentence) -> bool:
    """A field with something to say about it; the "net" of "30 days net" has none."""
    head = field_at(rest)
    return bool(head and len(rest) > head[1] and rest.words[head[1]].plain not in _JOINTS)


def _starts(rest: Sentence) -> bool:
    opened = rest.without((*_OPENINGS, *_JOINTS))
    denied = opened.without(_NONE)
    return bool(field_at(opened) or field_at(denied) or opened.words[0].plain in _FROM)


def field_at(said: Sentence) -> tuple[str, int] | None:
    """The field that the sentence begins with, and in how many words."""
    plain = [word.plain for word in said.words]
    return next(((field, len(alias)) for alias, field in _ALIASES if plain[: len(alias)] == alias), None)


def _treatment(part: Sentence) -> str | None:
    """How the bill is treated for VAT, where a part of a correction says just that: "reverse charge, no VAT"."""
    said = grammar.set_phrases("bills").get(part.without(_JOINTS, _JOINTS).plain, "")
    return TREATMENTS.get(said)


def _clause(part: Sentence, scene: SentenceContext) -> Clause | None:
    said = part.without((*_OPENINGS, *_JOINTS))
    denied = said.without(_NONE)
    named = field_at(denied.without(("the",)))
    if len(denied) < len(said) and named and named[1] == len(denied.without(("the",))):
        return Clause(named[0], None)
    said = said.without((*_REFUSALS, *_OPENINGS))
    head = field_at(said)
    if head and len(said) > head[1]:
        return Clause(head[0], said.part(head[1]))
    if head and not _treatment(part):
        raise NeedsClarification(clarifying_questions.which_value(head[0]))
    return _tail(said) or _from(said) or _bare(part, said, scene)


def _tail(said: Sentence) -> Clause | None:
    """ "1,294.50 is the total", "Acme is the vendor", "19.90 VAT"."""
    for i in range(1, len(said)):
        named = said.part(i).without(("is the", "is our", "as the", "as", "ist der", "ist die", "ist das", "is", "ist"))
        field = field_at(named)
        linked = len(named) < len(said) - i or any(sign.isdigit() for sign in said.words[0].plain + said.text[:2])
        if field and field[1] == len(named) and linked:
            return Clause(field[0], said.part(0, i))
    return None


def _from(said: Sentence) -> Clause | None:
    named = said.without(_FROM)
    return Clause("vendor", named) if len(named) < len(said) else None


def _bare(part: Sentence, said: Sentence, scene: SentenceContext) -> Clause | None:
    """Only a value: "it's 1294.50 not 1249.50", "it should be EUR", "1294.50"."""
    valued = any(any(sign.isdigit() for sign in word.plain) or word.plain in ("€", "$", "£") for word in said.words)
    contrast = bool(scene.known) and said.first_match(CONTRASTS) is not None
    strange = sum(word.plain not in VOCABULARY and not word.plain[0].isdigit() for word in said.words)
    if strange > MOST_STRANGE_WORDS and not contrast:
        return None
    return Clause(None, part) if valued or contrast or _is_currency(said.without(("in",)), scene) else None


def _is_currency(said: Sentence, scene: SentenceContext) -> bool:
    try:
        return len(said) <= 3 and currency(said.text, scene.currency) is not None
    except NeedsClarification:
        return True
