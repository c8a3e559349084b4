"""What stands around a name and tells whose it is: addresses, registration numbers, the rows above and below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from babel import Locale

from extraction.fields.layout.rows import Row

_STREET = re.compile(
    r"^\W*(?:no|lot|unit|suite|level|po box|p\.?o\.? box)\b[.:\s]*\d|\b(?:jalan|jln|jl|taman|lorong|persiaran|kampung"
    r"|bandar|street|str|st|road|rd|avenue|ave|blvd|drive|lane|parkway|rue|chemin|route|autoroute|autobahn|calle|avenida"
    r"|via|viale|piazza|strasse|straße|\w+str\.|\w+stra(?:ß|ss)e|\w+weg|\w+platz|platz|floor|kawasan|seksyen|highway|hwy"
    r"|selangor|johor|kuala|cl|avda|plaza|ctra)\b|\w{3,}(?:gatan|gata|vägen|vei|gade|vej|veien|gate|katu|tie|straat|laan|kade|plein|gracht|utca|u\.)\s\d|\b(?:gate|gata|gade|vei|veg|vej|tie|katu|út|tér|caddesi|cad|cd|sokak|sok|tn|mnt|pst|iela|gatve|ulica)\b\.?\s(?:no\W{1,2})?\d|\b(?:ul|ulica|ulice|utca|strada|bulevardul|rua|calea|bd)\b\.?\s|\b(?:ул|бул)\.\s|\bc/|^\d{1,3}\s?[-/]\s?\d{1,3}\s+[^\W\d_]{3}|\b\d{4,5}(?:-\d{4})?\b",
    re.I,
)
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AIT]"
    r"|W[AIVY]|GU|PR|VI)"
)
_TOWN = re.compile(
    rf"^[^\d,]+(?:,\s?|\.\s){_STATE}(?:\s\d{{5}}.*)?$|^[^\d,]+\s{_STATE}\s\d{{5}}"
    r"|^(?:[A-Z]{1,2}[ -])?(?:\d{4,5}|\d{3} \d{2}|\d{2}-\d{3}|\d{4} [A-Z]{2}|\d{4}-\d{3})\s\D+$|^\D+,\s\d{5}\W*$"
)
_REGISTRATION = re.compile(
    r"\(?\d{4,9}\s?-\s?[A-Z0-9]\)?|\b(?:co\.?|company|gst|reg|roc|tax|vat|ust|hrb|siren|siret|tva)\b.*\d{3}", re.I
)
_COMPANY_NUMBER = re.compile(
    r"^\W{0,3}(?:\(?\d{4,12}\s?-\s?[A-Z]\b|\(?(?:co(?:mpany)?|roc|business|reg(?:istration)?)\b[. ]{0,2}"
    r"(?:reg\w*|no|number)?[. :]{0,3}(?:no)?\b.*\d{4}|HR[AB]\s?\d|siren|siret)",
    re.I,
)
"""A number in a register of companies: it stands right behind its company's name, or below it."""


def is_address(text: str) -> bool:
    """Whether a cell is a street, or a town with its postcode or state."""
    return bool(_STREET.search(text) or _TOWN.search(text))


def is_town(text: str) -> bool:
    """Whether a cell is a town with its postcode or state."""
    return bool(_TOWN.search(text))


def is_registered(text: str) -> bool:
    """Whether the text has a number under which a company or its taxes are registered."""
    return bool(_REGISTRATION.search(text))


def is_company_number(text: str) -> bool:
    """Whether the text begins with a company's number in a register."""
    return bool(_COMPANY_NUMBER.search(text))


def is_country(text: str) -> bool:
    """Whether it is the name of a country and nothing else."""
    return text.casefold() in _countries()


def above(rows: Sequence[Row], row: Row, start: int, end: int) -> str:
    """The text of the row above, as far as it stands over a piece of a row."""
    return "\n".join(_in_column(rows[max(row.index - 1, 0) : row.index], row, start, end))


def below(rows: Sequence[Row], row: Row, start: int, end: int, count: int = 2) -> str:
    """The text of so many rows below that have some under a piece of a row; others may be another column's."""
    near = rows[row.index + 1 : row.index + 1 + 2 * count]
    standing = ("\n".join(_in_column([one], row, start, end)) for one in near)
    return "\n".join(list(filter(None, standing))[:count])


def _in_column(rows: Sequence[Row], own: Row, start: int, end: int) -> Iterator[str]:
    """The cells of these rows that share a part of the page's width with a piece of a row."""
    x0, _, x1, _ = own.box_of(start, end)
    for row in rows:
        if row.page == own.page:
            for first, last, (left, _, right, _) in row.cell_boxes:
                if left < x1 and x0 < right:
                    yield row.text[first:last]


@cache
def _countries() -> frozenset[str]:
    """What countries are called in the languages that documents are read in, folded."""
    languages = ("en", "de", "fr", "es", "it", "nl")
    territories = (Locale(language).territories.items() for language in languages)
    return frozenset(name.casefold() for named in territories for code, name in named if code.isalpha())
