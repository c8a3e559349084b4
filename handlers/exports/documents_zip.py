"""The documents of a period as a ZIP, each by a name that tells what it is: date, vendor, number."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from pathlib import PurePath

from handlers.exports.period_books import Books
from storage.reports import journal
from storage.reports.journal import Original

_LONGEST = 60
WRITTEN = (1980, 1, 1, 0, 0, 0)
"""One date for all: the same documents make the same bytes."""


def to_zip(books: Books, fetch: Callable[[str], bytes]) -> bytes:
    """Every original once, also where several bills came in one file; `fetch` gives bytes by SHA-256."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, original in named(books.originals):
            archive.writestr(zipfile.ZipInfo(name, WRITTEN), fetch(original.sha256), zipfile.ZIP_DEFLATED)
    return data.getvalue()


def named(originals: Iterable[Original]) -> list[tuple[str, Original]]:
    """File names such as "2025-03-03-Acme-GmbH-2024-117.pdf", no two alike; each file once."""
    taken: dict[str, Original] = {}
    seen: set[str] = set()
    for original in originals:
        if original.sha256 in seen:
            continue
        seen.add(original.sha256)
        bill = original.bill
        parts = (str(journal.accounting_date(bill)), _plain(bill.vendor or ""), _plain(bill.number or ""))
        stem, ending = "-".join(part for part in parts if part), _ending(original.name)
        name, n = f"{stem}{ending}", 2
        while name.casefold() in {known.casefold() for known in taken}:
            name, n = f"{stem}-{n}{ending}", n + 1
        taken[name] = original
    return list(taken.items())


def _plain(text: str) -> str:
    """Letters and digits of ASCII with dashes between: safe as a file name on every system."""
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", bare).strip("-")[:_LONGEST].strip("-")


def _ending(name: str) -> str:
    ending = _plain(PurePath(name).suffix)
    return f".{ending.lower()}" if ending else ""
