"""Legal forms of companies: where a name has one, and how it is spelt."""

from __future__ import annotations

import re

from rapidfuzz.distance.Levenshtein import distance

LEGAL = re.compile(
    r"\b(?:SDN\.?\s?BHD|BHD|GmbH|mbH|UG|AG|KG|OHG|GbR|e\.?K|e\.?V|eG|SE|Ltd|Limited|PLC|LLP|LLC|L\.L\.C|Inc|Corp"
    r"|Corporation|S\.?A\.?R\.?L|SARL|SASU?|S\.A\.S|S\.A\.C|EURL|S\.?A|S\.?p\.?A|S\.?r\.?l|S\.n\.c|S\.a\.s|S\.?L(?:\.?U)?"
    r"|B\.?V|N\.?V|Pty|PLT|Pte|Pvt|Private Limited|Oyj?|AB|A/S|ApS|Sp\. ?z ?o\.? ?o|sp\. ?[jk]|s\. ?r\. ?o|a\.s|d\.o\.o"
    r"|haftungsbeschränkt|d\.d|Kft|Zrt|Nyrt|S\.R\.L|UAB|SIA"
    r"|A\.Ş|Ltd\.? Şti|Ltda|Lda|S\. ?de R\.L|V\.?O\.?F|K\.K|Е?ООД|Е?АД|Α\.?Ε|Ε\.?Π\.?Ε|Ο\.?Ε|Ι\.?Κ\.?Ε)\b\.?"
    r"|(?<=\s)(?-i:OÜ|ASA?|ANS|MB|Ky|Bt|Teo|Co\.)(?=\W*$)|^(?-i:PT|CV|UAB|SIA)(?=\s)",
    re.I,
)
"""Legal forms of companies (ISO 20275). Those that are words elsewhere count only at the end, or in front."""

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
