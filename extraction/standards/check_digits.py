"""IBANs and structured payment references, which carry their own check digits."""

from __future__ import annotations

import re

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException


def iban_in(text: str) -> str | None:
    """The IBAN that a text begins with, without blanks; None when no prefix of it passes length and check digits."""
    compact = re.sub(r"\s", "", text)
    for length in range(min(len(compact), 34), 14, -1):
        try:
            return str(IBAN(compact[:length]))
        except (SchwiftyException, ValueError):
            continue
    return None


def reference_in(text: str) -> str | None:
    """A structured reference with its check digits right (ISO 11649, Swiss QR, Belgian), None when they are not."""
    compact = re.sub(r"[\s+*/]", "", text).upper()
    if compact.startswith("RF"):
        digits = "".join(str(int(char, 36)) for char in compact[4:] + compact[:4])
        return compact if int(digits) % 97 == 1 else None
    if len(compact) == 12 and compact.isdigit():
        return compact if (int(compact[:10]) % 97 or 97) == int(compact[10:]) else None
    if len(compact) == 27 and compact.isdigit():
        return compact if _mod10(compact[:-1]) == int(compact[-1]) and int(compact) else None
    return None


def _mod10(digits: str) -> int:
    """Check digit of a Swiss QR reference (modulo 10, recursive; Swiss Implementation Guidelines QR-bill, annex B)."""
    carry = 0
    for digit in digits:
        carry = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)[(carry + int(digit)) % 10]
    return (10 - carry) % 10
