"""What the `billify` command does with the books: hand them out as files, take exchange rates in."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import get_args, get_type_hints

from bot.application.app import open_app
from config.settings import Settings
from handlers.errors import BillifyError
from handlers.exports.export import export_files
from handlers.exports.period_books import books_of
from handlers.requests import Export
from handlers.wording.books import missing_opening_balance
from storage.ledger import exchange_rates
from storage.ledger.ecb_rates import read_rates


async def write_export(settings: Settings, since: date, until: date, wanted: str, folder: Path) -> None:
    """Writes the files of a period into a folder and prints their paths.

    Raises: BillifyError for an unknown format, a period that ends before it begins, or a folder that cannot be written.
    """
    formats = get_args(get_type_hints(Export)["format"])
    if wanted not in formats:
        raise BillifyError(f"There is no format “{wanted}”. There are: {', '.join(formats)}.")
    if until < since:
        raise BillifyError(f"{until} is before {since}. Give the first day first.")
    async with open_app(settings, "export") as app:
        books = await app.database.read(books_of, since, until)
        if books.untold:
            print(missing_opening_balance.counted_from_zero_warning(books.untold), file=sys.stderr)
        for name, data in export_files(books, wanted, app.documents.fetch, datetime.now(UTC)):
            print(await asyncio.to_thread(write_file, folder / name, data))


async def import_rates(settings: Settings, file: Path) -> None:
    """Adds the exchange rates of a file to the ledger, and prints how many were new.

    Raises: LedgerError when it is no such file; BillifyError when it cannot be opened.
    """
    found = read_rates(await asyncio.to_thread(_read, file))
    days = [rate.on_day for rate in found]
    async with open_app(settings, "rates") as app:
        new = await app.database.run(exchange_rates.add, found)
    print(f"{new} of {len(found)} rates were new: {min(days)} to {max(days)}.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise BillifyError(f"{file}: {error.strerror}. Name the file that you got from the bank's page.") from None


def write_file(path: Path, data: bytes) -> Path:
    """Writes a file, with its folder; its path. Raises: BillifyError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise BillifyError(f"{path}: {error.strerror}. Choose another folder with --to.") from None
    return path
