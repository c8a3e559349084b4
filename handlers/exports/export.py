"""Hands out the books of a period as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotAllowed
from handlers.exports import datev, documents_zip, plain_text, spreadsheets
from handlers.exports.period_books import Books, books_of
from handlers.language.formats import day
from handlers.language.translation import say, say_count
from handlers.messages import Attachment, Reply
from handlers.requests import Export
from handlers.wording import missing_opening_balance
from storage.models import Role

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "zip": "application/zip",
    "journal": "text/plain",
    "beancount": "text/plain",
}


def export(session: Session, context: Context, request: Export) -> tuple[Reply, ...]:
    """One reply with the files. Raises: NotAllowed for members: the books of the company are not everybody's."""
    if context.asker.role is Role.MEMBER:
        raise NotAllowed(say("Only the owner and approvers may export the books. Ask them."))
    books = books_of(session, request.since, request.until)
    files = tuple(
        Attachment(name, MEDIA_TYPES[name.rpartition(".")[2]], context.keep(data))
        for name, data in export_files(books, request.format, context.fetch, context.now)
    )
    period = {"since": day(request.since), "until": day(request.until)}
    if not books.entries:
        head = say("Nothing was booked from {since} to {until}.", **period)
    else:
        head = say_count(
            "The books from {since} to {until}: {n} entry.",
            "The books from {since} to {until}: {n} entries.",
            len(books.entries),
            **period,
        )
    remark = missing_opening_balance.counted_from_zero_remark(session, books.untold, context.today, request.until)
    return (Reply("\n".join(filter(None, (head, remark))), attachments=files),)


def export_files(
    books: Books, wanted: str, fetch: Callable[[str], bytes], now: datetime
) -> Iterator[tuple[str, bytes]]:
    """The files of a format, or of "all", with their names; `fetch` gives an original by its SHA-256."""
    stem = f"{books.since}_{books.until}"
    sheets = spreadsheets.tables(books)
    if wanted in ("xlsx", "all"):
        yield f"{stem}.xlsx", spreadsheets.to_xlsx(sheets)
    if wanted in ("csv", "all"):
        yield from ((f"{stem}_{sheet.name.lower()}.csv", spreadsheets.to_csv(sheet)) for sheet in sheets)
    if wanted in ("zip", "all"):
        yield f"{stem}.zip", documents_zip.to_zip(books, fetch)
    if wanted in ("hledger", "all"):
        yield f"{stem}.journal", plain_text.to_hledger(books)
    if wanted in ("beancount", "all"):
        yield f"{stem}.beancount", plain_text.to_beancount(books)
    if wanted in ("datev", "all"):
        yield from datev.to_datev(books, now).items()
