"""DATEV's format as its public description has it, and what of a file goes against it.

Source: DATEV developer portal, "DATEV-Format" (header, Buchungsstapel 13, Debitoren/Kreditoren 5). Written from that
description and not from what we write, so that a test can be wrong about neither.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from decimal import Decimal

_AMOUNT = r"(?!0+(,0+)?$)\d{1,10},\d{2}"
HEADER: tuple[str, ...] = (
    "EXTF|DTVF", "700", "16|20|21|46|48|65", "Buchungsstapel|Debitoren/Kreditoren", r"5|13", r"20\d{15}", "",
    r"[A-Z]{0,2}",
    r".{0,25}", r".{0,25}", r"(?!0)\d{4,7}", r"(?!0)\d{1,5}", r"20\d{6}", "[4-8]", r"(20\d{6})?", r"(20\d{6})?",
    ".{0,30}",
    "[A-Z]{0,2}", "[12]?", r"(0|30|40|50|64)?", "[01]?", "[A-Z]{0,3}", "", "(KP)?", "", "", r"\d{0,2}",
    r"\d{0,4}", "", "",
    ".{0,16}",
)  # fmt: skip
"""A pattern for each of the 31 fields of the first line."""

FIELDS: dict[int, str] = {
    1: _AMOUNT, 2: "[SH]", 3: "[A-Z]{3}", 4: r"(?!0+(,0+)?$)(\d{1,4},\d{2,6})?", 5: rf"({_AMOUNT})?", 6: "([A-Z]{3})?",
    7: r"\d{4,9}", 8: r"\d{4,9}", 9: r"\d{0,4}", 10: r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])",
    11: r"[a-zA-Z0-9$&%*+\-/]{0,36}", 12: r"[a-zA-Z0-9$&%*+\-/]{0,12}", 14: ".{0,60}",
    20: r'(BEDI "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")?', 114: "[01]?",
}  # fmt: skip
"""A pattern for each column of a booking, counted from 1; all others are empty here."""
WIDTH = 125
PARTY = {1: r"[1-9]\d{4,8}", 2: ".{1,50}", 7: "[012]", 8: ".{0,15}"}
QUOTED_HEADER = frozenset({1, 4, 8, 9, 10, 17, 18, 22, 24, 27, 30, 31})


@dataclass(frozen=True)
class DatevFile:
    """A file that was taken apart: its header, the names of its columns, its rows."""

    header: list[str]
    columns: list[str]
    rows: list[list[str]]


def parsed(data: bytes) -> DatevFile:
    """Raises: UnicodeDecodeError where it is no Windows-1252."""
    header, columns, *rows = csv.reader(io.StringIO(data.decode("cp1252"), newline=""), delimiter=";")
    return DatevFile(header, columns, rows)


def faults(data: bytes) -> list[str]:
    """What is wrong with a file, one sentence each."""
    found = (
        [] if data.endswith(b"\r\n") and b"\n" not in data.replace(b"\r\n", b"") else ["Lines end otherwise than CRLF."]
    )
    file = parsed(data)
    raw = data.decode("cp1252").split("\r\n", 1)[0].split(";")
    found += [f"Header field {n} should be quoted." for n in QUOTED_HEADER if not raw[n - 1].startswith('"')]
    if len(file.header) != len(HEADER):
        return [*found, f"The header has {len(file.header)} fields."]
    found += [
        f"Header field {n} is “{value}”."
        for n, (pattern, value) in enumerate(zip(HEADER, file.header, strict=True), 1)
        if not re.fullmatch(pattern, value)
    ]
    bookings = file.header[2] == "21"
    if bookings and len(file.columns) != WIDTH:
        found.append(f"There are {len(file.columns)} columns.")
    patterns = FIELDS if bookings else PARTY
    for line, row in enumerate(file.rows, 3):
        if len(row) != len(file.columns):
            found.append(f"Line {line} has {len(row)} fields.")
        found += [
            f"Line {line}, “{name}”: “{value}”."
            for n, (name, value) in enumerate(zip(file.columns, row, strict=False), 1)
            if not re.fullmatch(patterns.get(n, ""), value)
        ]
        if bookings:
            found += _together(file, line, row)
    return found


def _together(file: DatevFile, line: int, row: list[str]) -> list[str]:
    """What the fields of a booking say together."""
    found = []
    foreign = row[2] != file.header[21]
    if foreign != bool(row[3] and row[4] and row[5]):
        found.append(f"Line {line}: {row[2]} needs rate, base amount and its currency, ours none.")
    if foreign and abs(number(row[0]) / number(row[3]) - number(row[4])) > Decimal("0.01"):
        found.append(f"Line {line}: {row[0]} at {row[3]} is not {row[4]}.")
    if row[6] == row[7]:
        found.append(f"Line {line}: {row[6]} against itself.")
    if not file.header[14][4:] <= row[9][2:] + row[9][:2] <= file.header[15][4:]:
        found.append(f"Line {line}: {row[9]} is not in the batch's time.")
    return found


def number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
