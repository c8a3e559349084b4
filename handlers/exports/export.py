"""Hands out the books of a period as files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from sqlmodel import Session

from handlers.context import Context
from handlers.exports import datev, datev_accounts, documents_zip, plain_text, spreadsheets
from handlers.exports.period_books import Books, books_of
from handlers.language.formats import day, listed
from handlers.language.translation import say, say_count
from handlers.messages import Attachment, Reply
from handlers.requests import Export
from handlers.wording.books import missing_opening_balance
from storage.bills import vat_treatment
from storage.people import company

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "zip": "application/zip",
    "journal": "text/plain",
    "beancount": "text/plain",
}


def export(session: Session, context: Context, request: Export) -> tuple[Reply, ...]:
    """One reply with the files."""
    books = books_of(session, request.since, request.until, context.currency)
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
    stops = datev_stops(books) if request.format in ("datev", "all") and home_is_german(session, request) else ""
    if stops and not files:
        return (Reply(stops),)
    return (Reply("\n".join(filter(None, (head, remark, stops, _numbers(books, request)))), attachments=files),)


def home_is_german(session: Session, request: Export) -> bool:
    """Whether DATEV concerns the company: somebody asked for it, or it is in Germany."""
    ours = company.company(session)
    return request.format == "datev" or vat_treatment.home_of(ours).country == "DE"


def _numbers(books: Books, request: Export) -> str:
    """That the adviser's numbers are placeholders, for whoever asks for DATEV alone."""
    if request.format != "datev" or not books.entries or (books.adviser.adviser and books.adviser.client):
        return ""
    return say(
        "Adviser and client are placeholders. Say “our DATEV adviser number is 1234567” and “our DATEV client "
        "number is 12345”."
    )


def export_files(
    books: Books, wanted: str, fetch: Callable[[str], bytes], now: datetime
) -> Iterator[tuple[str, bytes]]:
    """The files of a format, or of "all", with their names; `fetch` gives an original by its SHA-256."""
    stem = f"{books.since}_{books.until}"
    sheets = spreadsheets.tables(books) if wanted in ("xlsx", "csv", "all") else ()
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
    if wanted in ("datev", "all") and not datev_stops(books):
        yield from datev.to_datev(books, now, fetch).items()


def datev_stops(books: Books) -> str:
    """Why the books cannot be handed to DATEV yet, with all that is missing; "" where they can."""
    if codes := datev_accounts.unmapped(books):
        names = [books.adviser.names.get(code, code) for code in codes]
        return say(
            "For DATEV these accounts have no number in {chart} yet: {accounts}. Say “{name} is account {example} in "
            "DATEV” for each of them, then export again.",
            chart=books.adviser.chart.upper(),
            accounts=listed(names),
            name=names[0],
            example="1210",
        )
    if missing := datev_accounts.without_rate(books):
        currency, entry = missing[0]
        return say(
            "For DATEV I need the exchange rate of {currency} on {day} ({entry}). Import the European Central Bank's "
            "reference rates with “billify rates FILE”, then export again.",
            currency=currency,
            day=day(entry.booked_on),
            entry=entry.description,
        )
    return ""
