"""Names of vendors as they are compared: without case, marks and legal form, and as a reader may misread them. Pure."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib.resources import files

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from storage.look_alikes import HOMOGLYPHS

LEGAL_FORMS = frozenset(tomllib.loads(files("config").joinpath("legal_forms.toml").read_text("utf-8"))["words"])
"""Words at the end of a name that say what kind of company it is."""

JOINING = frozenset({"and", "und", "et", "y", "e"})
LOOK_ALIKES = str.maketrans({
    "0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "2": "z",
    "ł": "l", "ı": "l", "ø": "o", "đ": "d", "ħ": "h",
})  # fmt: skip
"""Characters that a recogniser takes for one another, and letters that it writes as the one that they look like."""

ALIKE = 88.0
"""Least similarity (0–100) of two names that may be one name read twice. A wrong “yes” only asks a question."""

SHORTEST = 4
"""Letters of a name from which one that differs is a look-alike: "DHL" and "DPD" are two names."""

_RUN_TOGETHER = (("rn", "m"), ("vv", "w"), ("cl", "d"))

_SAYS_NOTHING = LEGAL_FORMS | frozenset({
    "the", "der", "die", "das", "deutschland", "germany", "austria", "schweiz", "switzerland", "europe", "europa", "eu",
    "emea", "international", "intl", "global", "worldwide", "group", "gruppe", "holding", "official", "new", "neu",
    "buchhaltung", "rechnungsstelle", "zahlstelle", "accounting", "accounts", "receivable", "billing", "invoicing",
    "finance", "payment", "payments", "inkasso",
})  # fmt: skip
"""Words that anybody may add to another's name, and a reader takes for one of its houses or offices."""

CLOSE = 80.0
"""Least similarity of a half-remembered name with a vendor's."""


def match_key(name: str) -> str:
    """The name without case, accents, marks, spaces and legal form: "ACME G.m.b.H. & Co. KG" is "acme".

    Empty when the name has no letter or digit.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    plain = plain.translate({ord(mark): None for mark in ".'’`´"})
    words = _joined_initials("".join(c if c.isalnum() else " " for c in plain).split())
    kept = [word for word in words if word not in JOINING] or words
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS:
        kept.pop()
    key = "".join(kept)
    return key.removesuffix("gmbh") or key  # glued to the name by a recogniser that missed the space


def alike(one: str, other: str) -> bool:
    """Whether two match keys may be one name, read twice."""
    one, other = one.translate(LOOK_ALIKES), other.translate(LOOK_ALIKES)
    return one == other or fuzz.ratio(one, other) >= ALIKE


def look_alike(one: str, other: str) -> bool:
    """Whether a reader may take one name for the other: they differ by legal form, by letters that look alike, by one
    letter, or by words such as "Germany" and "Accounting". Names that differ in their digits are two, such as two
    branches'."""
    first, second = match_key(one), match_key(other)
    if not first or not second:
        return False
    if first == second or (len(bare := _bare(one)) >= SHORTEST and bare == _bare(other)):
        return True
    seen = _as_seen(first), _as_seen(second)
    if seen[0] == seen[1]:
        return not _numbered_apart(first, second)
    if min(map(len, seen)) < SHORTEST or _numbered_apart(first, second):
        return False
    return OSA.distance(*seen, score_cutoff=1) <= 1


def _joined_initials(words: list[str]) -> list[str]:
    """Runs of single letters become one word: "S. A. R. L." is "sarl"."""
    joined: list[str] = []
    in_run = False
    for word in words:
        single = len(word) == 1 and word.isalpha()
        if single and in_run:
            joined[-1] += word
        else:
            joined.append(word)
        in_run = single
    return joined


def _bare(name: str) -> str:
    """The name's key as an eye reads it, without words that say nothing of whose it is; whole where it has no other."""
    words = "".join(c if c.isalnum() else " " for c in name.casefold()).split()
    return _as_seen(match_key(" ".join(word for word in words if word not in _SAYS_NOTHING) or name))


def _as_seen(key: str) -> str:
    plain = key.translate(HOMOGLYPHS)
    for pair, letter in _RUN_TOGETHER:
        plain = plain.replace(pair, letter)
    return plain.translate(LOOK_ALIKES)


def _numbered_apart(one: str, other: str) -> bool:
    """Whether the names are one but for the digits in them, of which both have some."""
    letters = ["".join(c for c in key if not c.isdigit()) for key in (one, other)]
    return letters[0] == letters[1] and any(c.isdigit() for c in one) and any(c.isdigit() for c in other)
