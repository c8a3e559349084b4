"""A question that a language model asks back, shown only where it is one plain sentence without anything of its own."""

from __future__ import annotations

import re
import unicodedata

from handlers.understand.text.sentence import sentence
from handlers.understand.values.dates import NUMBERS

LONGEST = 160

_TOKEN = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|www\.|@|\w\.\w", re.IGNORECASE)
_MARKUP = frozenset("<>[]{}|`*_~#\\^=")
_ANOTHER_SENTENCE = re.compile(r"[.!?;:\n\r]\s*\S")
_LARGE = re.compile(
    r"hundred|thousand|million|billion|hundert|tausend|milli|zwanzig|\w+(?:zig|ßig|teen|zehn)\b|twenty|dozen"
)
_NO_FIGURES = frozenset({"a", "an", "one", "once", "ein", "eine", "einen", "einer", "no", "keine"})
_EDGES = " \"'“”„‚‘’().,;:!?"


def shown_question(question: str, text: str) -> str | None:
    """The question as it may be shown for the message `text`; None where it is no short question in plain words, or has
    a link, a figure, or an address that is not in the message."""
    asked = " ".join(question.split(" ")).strip()
    if not asked.endswith("?") or len(asked) > LONGEST or _MARKUP.intersection(asked):
        return None
    if any(unicodedata.category(sign)[0] == "C" or unicodedata.category(sign) in ("Zl", "Zp") for sign in asked):
        return None
    if _ANOTHER_SENTENCE.search(asked):
        return None
    said = {word.strip(_EDGES).casefold() for word in _TOKEN.findall(text)}
    words = [word.strip(_EDGES).casefold() for word in _TOKEN.findall(asked)]
    return None if any(_is_invented(word) for word in words if word not in said) else asked


def _is_invented(word: str) -> bool:
    """A figure, in digits or spelled out, an amount or an address."""
    if _ADDRESS.search(word) or _LARGE.search(word):
        return True
    if any(unicodedata.category(sign)[0] == "N" or unicodedata.category(sign) == "Sc" for sign in word):
        return True
    folded = sentence(word).plain
    return folded in NUMBERS and word not in _NO_FIGURES
