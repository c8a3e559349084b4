"""Pictures of print in Greek or Cyrillic letters, which the recogniser does not know: it writes Latin ones for them.

Their digits, codes and what has a check digit are read all the same. Text layers are no concern: they have letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

from extraction.evidence import Page

_LEGIBLE = 0.5
"""Mean confidence of words below which they are of other letters.

Measured on scans and photos: 0.34 and 0.35 of Greek and Bulgarian ones, 0.83 of a Czech one.
"""

_FEWEST, _SHORTEST = 8, 4  # words by which it is judged, and letters of each

# By which country's print it is: IBAN, VAT number, telephone, web address.
_SCRIPTS = {
    "Greek": re.compile(r"\b(?:GR\d{2}\s?\d{4}|EL\s?\d{9}|CY\d{2}\s?\d{4})|\+30\s?\d|\b00\s?30\s?\d|\.(?:gr|cy)\b"),
    "Cyrillic": re.compile(
        r"\b(?:BG\d{2}\s?[A-Z]{4}|BG\s?\d{9,10}\b|UA\d{2}\s?\d{4}|RS\d{2}\s?\d{4}|MK\d{2}\s?\d{3})"
        r"|\+(?:359|7|380|381|389)\s?\d|\.(?:bg|ru|ua|rs|mk)\b"
    ),
}

_STRANGE = {
    "Greek": "This seems to be printed in Greek letters, which cannot be read in pictures: check every name and date.",
    "Cyrillic": "This seems to be printed in Cyrillic, which cannot be read in pictures: check every name and date.",
}


def unread_script_notice(pages: Sequence[Page]) -> str:
    """What the sender should know of pictures in other letters, and do; "" where there are none."""
    words = [word for page in pages if page.source == "ocr" for word in page.words]
    spelt = [word.confidence for word in words if sum(map(str.isalpha, word.text)) >= _SHORTEST]
    if len(spelt) < _FEWEST or mean(spelt) >= _LEGIBLE:
        return ""
    text = "\n".join(word.text for word in words)
    script = next((name for name, pattern in _SCRIPTS.items() if pattern.search(text)), "")
    if not script:
        return ""
    return f"{_STRANGE[script]} Send the PDF that it was printed from, or type what is wrong."
