"""What a bank says of a movement in MT940: field 86 in its dialects, and field NS.

Sources: DK, "Schnittstellenspezifikation für die Datenfernübertragung", annex 3, chapter 8 (?00 to ?63 and the SEPA
tags in them); "SWIFT MT940 structured" of the Dutch banks (/EREF/…/REMI/…).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extraction.standards.check_digits import iban_in

_GERMAN = re.compile(r"(?:\d{3}\n)?\d{3}([?>~^])\d\d")
"""Banks in Poland write the code of the booking twice."""
_SEPA = re.compile(r"\b(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP)\+\s*")
_SLASHED = re.compile(r"/(EREF|MARF|CSID|BENM|ORDP|NAME|IBAN|BIC|REMI|USTD|STRD|CNTP|TRTP|ISDT|PREF|TRCD|ADDR|ID)(?=/)")
_NONE = frozenset({"NOTPROVIDED", "NONREF"})

_ENDS_INSIDE = 65
"""Lines of field 86 are cut at this length, also within a word."""

_FULL = 27
"""Subfields of the purpose are cut at this length, also within a word."""


@dataclass(frozen=True)
class RemittanceInformation:
    """The text for people, who was on the other side, and the payer's reference; "" where it does not say."""

    text: str = ""
    counterparty: str = ""
    iban: str = ""
    reference: str = ""


def read_remittance_information(content: str, *, pendant: bool = False) -> RemittanceInformation:
    """Of field 86, or (`pendant`) of field NS."""
    if pendant:
        return _numbered(content)
    if found := _GERMAN.match(content):
        return _german(content[found.start(1) - 3 :].replace("\n", ""), found[1])
    if _SLASHED.match(content):
        return _slashed(content.replace("\n", ""))
    return RemittanceInformation(_folded(content))


def _german(content: str, mark: str) -> RemittanceInformation:
    """Subfields ?00 … ?63: 20–29 and 60–63 the purpose, 31 account, 32 and 33 name; banks cut them at 27 characters."""
    parts: dict[str, str] = {}
    for part in content.split(mark)[1:]:
        parts[part[:2]] = parts.get(part[:2], "") + part[2:]
    lines = [parts[key] for key in sorted(parts) if key in _PURPOSE]
    purpose = "".join(line if len(line) >= _FULL else f"{line} " for line in lines)
    name = " ".join((parts.get("32", "") + parts.get("33", "")).split())
    tags = _tagged(purpose, _SEPA)
    account = tags.get("IBAN", parts.get("31", ""))
    text = tags.get("SVWZ", tags.get("", "")) or parts.get("00", "")
    reference = next((tags[tag] for tag in ("EREF", "KREF") if tags.get(tag, "NOTPROVIDED") not in _NONE), "")
    return RemittanceInformation(_folded(text), name, iban_in(account.replace(" ", "")) or "", reference)


_PURPOSE = frozenset(str(number) for number in (*range(20, 30), *range(60, 64)))


def _slashed(content: str) -> RemittanceInformation:
    """/EREF/…/BENM//NAME/…/REMI/USTD//…; CNTP is account/bank/name."""
    tags = {tag: value.strip("/ ") for tag, value in _tagged(content, _SLASHED).items()}
    account, *_, counterparty = tags.get("CNTP", "/").split("/")[:3]
    reference = tags.get("EREF", "")
    return RemittanceInformation(
        _folded(tags.get("USTD") or tags.get("REMI") or content),
        tags.get("NAME") or counterparty,
        iban_in(tags.get("IBAN") or account) or "",
        "" if reference in _NONE else reference,
    )


def _numbered(content: str) -> RemittanceInformation:
    """Field NS, lines that each begin with a number: 01–14 the purpose, 15 and 16 the name, 17 the kind of booking."""
    parts = {line[:2]: line[2:].strip() for line in content.split("\n") if line[:2].isdigit()}
    text = " ".join(parts[key] for key in sorted(parts) if "01" <= key <= "14")
    return RemittanceInformation(
        text or parts.get("17", ""), " ".join(filter(None, (parts.get("15"), parts.get("16"))))
    )


def _tagged(text: str, tag: re.Pattern[str]) -> dict[str, str]:
    """The text behind each tag, the first of each kind; "" holds what stands before them all."""
    pieces = tag.split(text)
    found = {"": pieces[0].strip()}
    for name, value in zip(pieces[1::2], pieces[2::2], strict=True):
        found.setdefault(name, value.strip())
    return found


def _folded(text: str) -> str:
    """On one line, words together that the end of a full line cut."""
    joined = "".join(line if len(line) >= _ENDS_INSIDE else f"{line} " for line in text.split("\n"))
    return " ".join(joined.split())
