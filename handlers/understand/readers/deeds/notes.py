"""A note about a bill: "note on the Telekom bill: ask for the missing page", "Notiz: fehlt noch Seite 2"."""

from __future__ import annotations

import re

from handlers.requests import Note
from handlers.understand.text.sentence import Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.text.words import fold
from handlers.understand.values import names

_HEAD = re.compile(
    r"^(?:please |bitte |mach(?:e)? (?:mir )?(?:mal )?|make |leave |write |add |put |schreib(?:e)? )*"
    r"(?:a |an |one |the |this |my |eine? |die |diese |als )*"
    r"(?:note|notes|remark|comment|memo|notiz|vermerk|anmerkung|bemerkung|kommentar)\b"
    r"(?P<about>(?: (?:on|to|for|about|at|of|zu|zur|zum|bei|beim|an|auf|fur|von|der|die|das|dem|den|the|this|"
    r"it|that|es|sie|ihr))*"
    r"(?P<name> .*?)?)$"
)
_NOTE_TO = re.compile(
    r"^(?:please |bitte )?(?:note|notiere|notier|vermerke|vermerk|merk dir|remember)(?: (?:on|for|to|about|zu|"
    r"zur|bei|an|fur))?"
    r"(?: (?:the|der|die|das|dem))?(?P<name> .*?)?$"
)
_NOTE_THAT = re.compile(
    r"^\W*(?:please\s+|bitte\s+)?(?:note(?:\s+(?:on|to)\s+(?:it|this))?\s+that|notiere?\s*,?\s+dass|vermerke?\s*,?\s+dass)\s+(?P<text>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_ASKED = re.compile(
    r"^(?:(?:show|what are|are there|which|any|zeig|zeige|welche|gibt es) )?(?:the |me |any |die |"
    r"mir )*(?:notes|notizen|anmerkungen)"
    r"(?: (?:are there|gibt es))?(?: (?:on|to|of|about|zu|zur|von|der) (?P<name>.+))?$"
)
_MONEY_MOVED = frozenset({
    "paid", "pays", "payed", "settled", "received", "transferred", "wired", "bezahlt", "gezahlt", "uberwiesen",
    "erhalten", "eingegangen", "beglichen",
})  # fmt: skip
"""What is noted of these is a payment."""
_MARK = re.compile(r"\s*(?:[:\n]|\s[-–—]\s)\s*")
_AROUND = ("the", "our", "my", "bill from", "bill of", "die", "der", "das", "rechnung von", "rechnung der", "unsere")
_BEHIND = ("bill", "invoice", "rechnung", "one", "beleg")
_IT = frozenset(
    {"", "it", "this", "that", "this bill", "the bill", "sie", "es", "ihr", "dieser rechnung", "bill", "rechnung"}
)


def read_note(said: Sentence, scene: SentenceContext) -> Note | None:
    """The note, with the bill that it names; None for anything else, and for a bill that nobody knows."""
    raw = said.text.strip()
    that = _NOTE_THAT.match(raw)
    if that and not _MONEY_MOVED.intersection(fold(that["text"]).split()):
        return Note(that["text"].strip()) if not said.asks else None
    parts = _MARK.split(raw, maxsplit=1)
    if len(parts) == 2 and parts[1].strip():
        head = fold(parts[0])
        found = _HEAD.match(head) or _NOTE_TO.match(head)
        if found and (known := _bill(found["name"], parts[0], scene)) is not None:
            return Note(parts[1].strip().strip('"“”„'), known or None)
        return None
    if asked := _ASKED.match(fold(raw).strip(" ?")):
        known = _bill(asked["name"], raw, scene)
        return None if known is None else Note("", known or None)
    return None


def _bill(name: str | None, written: str, scene: SentenceContext) -> str | None:
    """The bill as it is named, "" for the one in focus; None for what is no bill that is known."""
    plain = (name or "").strip()
    if plain in _IT:
        return ""
    called = sentence(plain, scene.names.words).without(_AROUND, _BEHIND)
    if called.plain in _IT:
        return ""
    if names.vendors(called, scene) or any(fold(number) == called.plain for number in scene.names.numbers):
        return called.text
    return called.text if any(sign.isdigit() for sign in called.text) and " " not in called.text else None
