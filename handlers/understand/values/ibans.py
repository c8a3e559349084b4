"""Account numbers (IBAN, ISO 13616) among other words."""

from __future__ import annotations

import re

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

from handlers.understand.text.sentence import NeedsClarification
from handlers.wording import clarifying_questions

_SHAPE = re.compile(r"\b[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]{1,4}){3,8}\b")
"""What may be one: a country, two check digits, up to thirty letters and digits more, in groups or not."""


def iban_in(text: str) -> tuple[str, str] | None:
    """The first IBAN in a text as it was written, and without blanks; None for none.

    Words behind it may look like its last groups: the longest one whose length and check digits fit counts.
    Raises: NeedsClarification where what looks like one has other check digits.
    """
    found = _SHAPE.search(text)
    if found is None:
        return None
    groups = found[0].split(" ")
    for end in range(len(groups), 0, -1):
        written = " ".join(groups[:end])
        try:
            return written, str(IBAN(written).compact)
        except SchwiftyException:
            continue
    raise NeedsClarification(clarifying_questions.no_iban(found[0]))
