"""Numbers under which countries register who owes tax, where a text calls them by name: GSTIN, CUIT, RFC, CNPJ, NIP …

EU VAT numbers with their country's prefix need no name (see extraction.fields.references.identifiers).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class TaxId:
    """A number at `text[start:end]`, as it is printed; `checked` says that its check digit is right."""

    start: int
    end: int
    value: str
    checked: bool


def _weighed(weights: str, modulus: int = 11) -> Callable[[str], bool]:
    """Whether the last digit is what those before it make, times their weights, by the modulus (10 counts as 0)."""

    def check(digits: str) -> bool:
        rest = sum(int(digit) * int(weight) for digit, weight in zip(digits, weights, strict=False)) % modulus
        return len(digits) == len(weights) + 1 and int(digits[-1]) in {rest % 10, (modulus - rest) % modulus % 10}

    return check


def _gstin(text: str) -> bool:
    """The 15th sign of a GSTIN by base 36 (GSTN, format of GSTIN)."""
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    products = [signs.index(sign) * (1 + place % 2) for place, sign in enumerate(text[:14])]
    return signs[-sum(product // 36 + product % 36 for product in products) % 36] == text[14]


def _cnpj(digits: str) -> bool:
    """Both check digits of a CNPJ (Receita Federal)."""
    for length, weights in ((12, "543298765432"), (13, "6543298765432")):
        rest = sum(int(digit) * int(weight) for digit, weight in zip(digits, weights, strict=False)) % 11
        if int(digits[length]) != (0 if rest < 2 else 11 - rest):
            return False
    return True


_FORMS: tuple[tuple[str, str, Callable[[str], bool] | None], ...] = (
    (r"GSTIN(?:\s?/\s?UIN)?", r"\d{2}[A-Z]{5}\d{4}[A-Z][A-Z0-9]Z[A-Z0-9]", _gstin),
    (r"C\.?U\.?I\.?T\.?", r"\d{2}-?\d{8}-?\d", _weighed("5432765432")),
    (r"R\.?F\.?C\.?", r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}", None),
    (r"N\.?I\.?T\.?", r"\d{3}\.?\d{3}\.?\d{3}-?\d", None),
    (r"C\.?N\.?P\.?J\.?", r"\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}", _cnpj),
    (r"R\.?U\.?C\.?", r"\d{11}|\d{13}", _weighed("5432765432")),
    (r"R\.?U\.?T\.?", r"\d{1,2}\.?\d{3}\.?\d{3}-[\dK]", None),
    (r"NIP", r"\d{3}-?\d{3}-?\d{2}-?\d{2}|\d{3}-?\d{2}-?\d{2}-?\d{3}", _weighed("657234567")),
    (r"VKN|Vergi (?:Kimlik )?No", r"\d{10}", None),
    (r"NPWP", r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3}|\d{15,16}", None),
    (r"OIB|P\.?\s?IVA|Partita IVA", r"\d{11}", None),
    (r"CVR(?:-?nr)?|Y-tunnus", r"\d{8}|\d{7}-\d", None),
    (r"Org\.?\s?(?:nr|nummer)", r"\d{6}-?\d{4}|\d{3}\s?\d{3}\s?\d{3}(?:\s?MVA)?", None),
    (r"N\.?I\.?F\.?|C\.?I\.?F\.?", r"[A-Z]-?\d{7}[A-Z0-9]|\d{8}-?[A-Z]|\d{9}", None),
    (r"C\.?U\.?I\.?", r"(?:RO)?\d{2,10}", None),
    (r"ABN", r"\d{2} ?\d{3} ?\d{3} ?\d{3}", None),
    (r"ΑΦΜ|Α\.Φ\.Μ\.", r"\d{9}", None),
)
"""What a country calls the number, its form, and the rule of its check digit where one is published and known here."""

_PATTERNS = [
    (re.compile(rf"(?<!\w)(?:{name})[\s.:]{{0,3}}(?:(?:No|Nr|N\.?º)[\s.:]{{0,2}})?({form})(?![\w-]|\.\d)", re.I), check)
    for name, form, check in _FORMS
]


def named_tax_ids(text: str) -> Iterator[TaxId]:
    """Every number that stands behind its name."""
    for pattern, check in _PATTERNS:
        for match in pattern.finditer(text):
            plain = re.sub(r"[^A-Z0-9]", "", match[1].upper())
            yield TaxId(match.start(1), match.end(1), match[1], check is None or check(plain))
