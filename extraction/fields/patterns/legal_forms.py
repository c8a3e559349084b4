"""Legal forms of companies: where a name has one, and how it is spelt."""

from __future__ import annotations

import re

from rapidfuzz.distance.Levenshtein import distance

LEGAL = re.compile(
    r"\b(?:SDN\.?\s?BHD|BHD|GmbH|mbH|UG|AG|KG|OHG|GbR|e\.?K|e\.?V|SE|Ltd|Limited|PLC|LLP|LLC|L\.L\.C|Inc|Corp|Corporation"
    r"|S\.?A\.?R\.?L|SARL|SAS|S\.A\.S|EURL|S\.?A|S\.?p\.?A|S\.?r\.?l|S\.?L|B\.?V|N\.?V|Pty|PLT|Pte|Oy|AB|A/S|ApS"
    r"|Sp\.? ?z ?o\.? ?o|s\.r\.o|d\.o\.o|Kft|Ltda|Lda|V\.?O\.?F|K\.K)\b\.?",
    re.I,
)
"""Legal forms of companies (ISO 20275)."""

_MISREAD = {"Sdn Bhd": 2, "GmbH": 1, "Limited": 1, "Corporation": 1}
"""Forms that no other words are like → how many of their letters may be misread."""


def correct_legal_form(name: str) -> str:
    """The name with the legal form at its end put right where OCR misread a letter or two of it."""
    words = name.split()
    for form, most in _MISREAD.items():
        count = len(form.split())
        end = " ".join(words[-count:]).replace(".", "").upper()
        if len(words) > count and 0 < distance(end, form.upper()) <= most:
            return " ".join([*words[:-count], form.upper() if name.isupper() else form])
    return name
