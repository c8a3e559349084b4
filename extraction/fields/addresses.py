"""What stands around a name and tells whose it is: addresses, registration numbers, the rows above and below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.fields.names import Name
from extraction.fields.rows import Row

_STREET = re.compile(
    r"^\W*(?:no|lot|unit|suite|level|po box|p\.?o\.? box)\b[.:\s]*\d|\b(?:jalan|jln|jl|taman|lorong|persiaran|kampung"
    r"|bandar|street|str|st|road|rd|avenue|ave|blvd|drive|lane|parkway|rue|chemin|route|autoroute|autobahn|calle|avenida"
    r"|via|viale|piazza|strasse|straße|\w+str\.|\w+stra(?:ß|ss)e|\w+weg|\w+platz|platz|floor|kawasan|seksyen|highway|hwy"
    r"|selangor|johor|kuala)\b|\b\d{4,5}(?:-\d{4})?\b",
    re.I,
)
_STATE = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AIT]"
    r"|W[AIVY])"
)
_TOWN = re.compile(rf"^[^\d,]+,?\s{_STATE}(?:\s\d{{5}}.*)?$|^(?:[A-Z]{{1,2}}[ -])?\d{{4,5}}\s\D+$")
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


def above(rows: Sequence[Row], name: Name) -> str:
    """The text of the row above, as far as it stands over the name."""
    return "\n".join(_in_column(rows[max(name.row.index - 1, 0) : name.row.index], name))


def below(rows: Sequence[Row], name: Name, count: int = 2) -> str:
    """The text of so many rows below, as far as it stands under the name."""
    first = name.last.row.index + 1
    return "\n".join(_in_column(rows[first : first + count], name.last))


def _in_column(rows: Sequence[Row], name: Name) -> Iterator[str]:
    """The cells of these rows that share a part of the page's width with the name."""
    x0, _, x1, _ = name.row.box_of(name.start, name.end)
    for row in rows:
        if row.page == name.row.page:
            for first, last, (left, _, right, _) in row.cell_boxes:
                if left < x1 and x0 < right:
                    yield row.text[first:last]
