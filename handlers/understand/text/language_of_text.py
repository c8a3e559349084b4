"""In which language a message is written."""

from __future__ import annotations

from handlers.language.translation import Language
from handlers.understand.text.sentence import sentence
from handlers.understand.text.words import ONLY


def language_of(text: str) -> Language | None:
    """The language that a message is written in, by the words of the grammar in it; None where they do not tell."""
    plain = [word.plain for word in sentence(text[:2000]).words]
    hits = {language: sum(word in only for word in plain) for language, only in ONLY.items()}
    if hits["en"] == hits["de"]:
        return "de" if any(sign in "äöüÄÖÜß" for sign in text) else None
    return "de" if hits["de"] > hits["en"] else "en"
