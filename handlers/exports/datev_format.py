"""The shape of DATEV's files (EXTF, version 700): header, names of columns, and how a field is written.

Format: DATEV developer portal, "DATEV-Format": header, Buchungsstapel (category 21, version 13, 125 columns), and
Debitoren/Kreditoren (category 16, version 5).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from handlers.exports.cell_text import cell_text

BOOKINGS, PARTIES = (21, "Buchungsstapel", 13), (16, "Debitoren/Kreditoren", 5)
"""Category, name and version of a format."""

COLUMNS = (
    "Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Kurs", "Basis-Umsatz", "WKZ Basis-Umsatz",
    "Konto", "Gegenkonto (ohne BU-Schlüssel)", "BU-Schlüssel", "Belegdatum", "Belegfeld 1", "Belegfeld 2", "Skonto",
    "Buchungstext", "Postensperre", "Diverse Adressnummer", "Geschäftspartnerbank", "Sachverhalt", "Zinssperre",
    "Beleglink",
    *(f"Beleginfo - {part} {n}" for n in range(1, 9) for part in ("Art", "Inhalt")),
    "KOST1 - Kostenstelle", "KOST2 - Kostenstelle", "Kost-Menge", "EU-Land u. UStID (Bestimmung)",
    "EU-Steuersatz (Bestimmung)", "Abw. Versteuerungsart", "Sachverhalt L+L", "Funktionsergänzung L+L",
    "BU 49 Hauptfunktionstyp", "BU 49 Hauptfunktionsnummer", "BU 49 Funktionsergänzung",
    *(f"Zusatzinformation - {part} {n}" for n in range(1, 21) for part in ("Art", "Inhalt")),
    "Stück", "Gewicht", "Zahlweise", "Forderungsart", "Veranlagungsjahr", "Zugeordnete Fälligkeit", "Skontotyp",
    "Auftragsnummer", "Buchungstyp", "USt-Schlüssel (Anzahlungen)", "EU-Land (Anzahlungen)",
    "Sachverhalt L+L (Anzahlungen)", "EU-Steuersatz (Anzahlungen)", "Erlöskonto (Anzahlungen)", "Herkunft-Kz",
    "Buchungs GUID", "KOST-Datum", "SEPA-Mandatsreferenz", "Skontosperre", "Gesellschaftername", "Beteiligtennummer",
    "Identifikationsnummer", "Zeichnernummer", "Postensperre bis", "Bezeichnung SoBil-Sachverhalt",
    "Kennzeichen SoBil-Buchung", "Festschreibung", "Leistungsdatum", "Datum Zuord. Steuerperiode", "Fälligkeit",
    "Generalumkehr (GU)", "Steuersatz", "Land", "Abrechnungsreferenz", "BVV-Position",
    "EU-Land u. UStID (Ursprung)", "EU-Steuersatz (Ursprung)", "Abw. Skontokonto",
)  # fmt: skip
"""Of the Buchungsstapel, in their order."""

NUMERIC = frozenset({
    "Umsatz (ohne Soll/Haben-Kz)", "Kurs", "Basis-Umsatz", "Konto", "Gegenkonto (ohne BU-Schlüssel)", "Belegdatum",
    "Festschreibung", "Adressattyp",
})  # fmt: skip
"""Columns that stand without quotes; empty ones do as well."""

PARTY_COLUMNS = (
    "Konto", "Name (Adressattyp Unternehmen)", "Unternehmensgegenstand", "Name (Adressattyp natürl. Person)",
    "Vorname (Adressattyp natürl. Person)", "Name (Adressattyp keine Angabe)", "Adressattyp", "Kurzbezeichnung",
)  # fmt: skip
"""Of Debitoren/Kreditoren, those that we know something for; the format lets the columns behind the last one be left
out."""

LONGEST = {
    "Belegfeld 1": 36, "Buchungstext": 60, "Beleglink": 210,
    "Name (Adressattyp Unternehmen)": 50, "Kurzbezeichnung": 15,
}  # fmt: skip
_NOT_IN_DOCUMENT_NUMBERS = re.compile(r"[^A-Za-z0-9$&%*+\-/]")
_LONGEST_NAME = 30


def header(
    format_: tuple[int, str, int],
    *,
    now: datetime,
    ids: tuple[str, str],
    year: int,
    chart: str,
    since: date | None = None,
    until: date | None = None,
    name: str = "",
    closed: bool = False,
    currency: str = "",
) -> str:
    """The first line: 31 fields. `ids` are the numbers of adviser and client. `since` to `until` and the rest are of
    bookings alone."""
    category, called, version = format_
    bookings = since is not None and until is not None
    fields = [
        '"EXTF"', "700", str(category), f'"{called}"', str(version), f"{now:%Y%m%d%H%M%S}000", "", '"BI"', '""', '""',
        *ids, f"{year}0101", "4", f"{since:%Y%m%d}" if since else "", f"{until:%Y%m%d}" if until else "",
        quoted(name, _LONGEST_NAME), '""', "1" if bookings else "", "0" if bookings else "",
        ("1" if closed else "0") if bookings else "", f'"{currency}"', "", '""', "", "",
        f'"{chart.removeprefix("skr")}"',
        "", "", '""', '""',
    ]  # fmt: skip
    return ";".join(fields)


def file_of(first: str, columns: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A file in Windows-1252 with CRLF, as DATEV reads it; what that has no sign for is written without its marks."""
    names = tuple(columns)
    lines = [first, ";".join(names), *(";".join(_field(name, row.get(name, "")) for name in names) for row in rows)]
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252", errors="strict")


def document_number(number: str) -> str:
    """A number as Belegfeld 1 takes it: letters, digits and $ & % * + - /, at most 36."""
    bare = unicodedata.normalize("NFKD", number).encode("ascii", "ignore").decode()
    return _NOT_IN_DOCUMENT_NUMBERS.sub("", bare)[: LONGEST["Belegfeld 1"]]


def quoted(text: str, longest: int | None = None) -> str:
    """A text field of at most so many characters: quoted, quotes doubled."""
    return '"{}"'.format(_printable(cell_text(text))[:longest].replace('"', '""'))


def _field(name: str, value: str) -> str:
    if not value or name in NUMERIC:
        return value
    return f'"{value}"' if name == "Belegfeld 1" else quoted(value, LONGEST.get(name))


def _printable(text: str) -> str:
    """The text in signs of Windows-1252: "ł" as "l", what is like none of them left out."""
    return "".join(sign if _encodes(sign) else _bare(sign) for sign in unicodedata.normalize("NFC", text))


def _bare(sign: str) -> str:
    return "".join(part for part in unicodedata.normalize("NFKD", _LETTERS.get(sign, sign)) if _encodes(part))


_LETTERS = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}


def _encodes(sign: str) -> bool:
    try:
        sign.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
