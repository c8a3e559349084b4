"""What documents are called and what only one type of them says: `document_types.toml`, without case and accents.

Other than in `vocabulary`, letters of any script stay, and no word is put right: titles are large and seldom misread.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from extraction.evidence import DocumentType, Kind
from extraction.fields.patterns.vocabulary import LATIN_LETTERS, as_spelt

_BILLS = frozenset({"invoice", "receipt", "credit_note"})
"""Types whose titles the files of the languages have, too."""

_SHORTEST = 5
"""Letters of a title of theirs: shorter words begin sentences of other languages."""


@dataclass(frozen=True)
class TypeWords:
    """Of one type: the kind that it is of, a pattern of its titles, and one of each of its phrases."""

    kind: Kind
    title: re.Pattern[str]
    phrases: tuple[re.Pattern[str], ...]


@cache
def document_types() -> dict[DocumentType, TypeWords]:
    """The words of each type; "other", which has none, is not among them."""
    tables = _tables()
    return {
        name: TypeWords(
            tables[name]["kind"],
            _one_of([*tables[name]["titles"], *_titles_of_languages(name)]),
            tuple(_one_of([phrase]) for phrase in tables[name]["phrases"]),
        )
        for name in get_args(DocumentType)
        if name in tables
    }


def kind_of_type(name: str) -> Kind:
    """The kind of the contract that documents of a type are of; "other" for a type that is not known."""
    kinds: dict[str, Kind] = {known: words.kind for known, words in document_types().items()}
    return kinds.get(name, "other")


def _titles_of_languages(name: str) -> list[str]:
    """What bills are called by the files of the languages, English aside, whose words here are narrower."""
    if name not in _BILLS:
        return []
    words = (word for language, of_it in as_spelt("title", name).items() if language != "en" for word in of_it)
    return [_without_accents(word).casefold() for word in words if len(word) >= _SHORTEST]


@cache
def copy_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands above an original, and what above a copy of it."""
    table = _tables()["copies"]
    return _one_of(table["original"]), _one_of(table["copy"])


@lru_cache(maxsize=20_000)
def plain_words(text: str) -> str:
    """Lower case, without accents, its words and # apart by one blank: "Mahnung Nº 3" → "mahnung no 3"."""
    letters = _without_accents(text.replace("\u00ad", "")).casefold()
    return " ".join(re.findall(r"[^\W_]+|#", letters))


def _without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.translate(LATIN_LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def _tables() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = tomllib.loads(
        (Path(__file__).parent / "document_types.toml").read_text(encoding="utf-8")
    )
    return found


def _one_of(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])")
