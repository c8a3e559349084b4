"""Letters that look like others, and names as an eye reads them. Pure."""

from __future__ import annotations

import unicodedata

HOMOGLYPHS = str.maketrans({
    # Cyrillic
    "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "һ": "h",
    "ԁ": "d", "ԛ": "q", "ԝ": "w", "ѵ": "v", "т": "t", "м": "m", "н": "h", "к": "k", "в": "b", "г": "r", "п": "n",
    "ӏ": "l", "ո": "n", "ց": "g", "ս": "u",
    # Greek
    "α": "a", "ε": "e", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ι": "i", "κ": "k", "ν": "v", "η": "n",
    "μ": "m", "β": "b", "ζ": "z", "ω": "w", "ϲ": "c", "γ": "y", "σ": "o",
    # Latin letters of other languages and of phonetics
    "ı": "i", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʟ": "l", "ø": "o", "đ": "d", "ł": "l",
})  # fmt: skip
"""Small letters that look like a Latin one (after Unicode's confusables, UTS #39, section 4)."""


def plain_letters(name: str) -> str:
    """The name in small letters without accents, foreign letters as the Latin ones that they look like."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    return plain.translate(HOMOGLYPHS)
