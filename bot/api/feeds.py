"""What is read by a secret address: due dates as a calendar (iCalendar, RFC 5545), bills as a table (CSV, RFC 4180).

Whoever has the address sees what its person may see, as it is now. It ends when it is revoked.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from io import StringIO

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.api.caller import Caller, caller_of
from bot.api.gate import STRANGERS_A_MINUTE
from bot.api.rates import Rates
from bot.api.resources.bill_shapes import summary_of
from bot.api.work import Work
from bot.processing.serving import check_rights
from handlers import requests as asked
from handlers.answers import due_bills, find_bills
from handlers.context import Context
from handlers.errors import BillifyError
from handlers.exports.cell_text import cell_text
from handlers.language.formats import money
from handlers.language.translation import language_of_app, say, speaking
from storage.bills.finding import search
from storage.db.tenancy import acting_for
from storage.errors import LedgerError
from storage.ledger.money import Money
from storage.models import Bill
from storage.people.access.tokens import Kind
from storage.reports import open_items

MOST = 5_000
"""Bills of a feed: the first due, or the newest."""
COLUMNS = (
    "id", "state", "side", "vendor", "number", "issue_date", "due_date", "currency", "total", "open", "category",
)  # fmt: skip
_FOLD = 73


def routes(work: Work, calls_a_minute: int) -> list[Route]:
    """Where they are."""
    rates, strangers = Rates(calls_a_minute), Rates(STRANGERS_A_MINUTE)

    def feed(kind: Kind, media_type: str, write: Callable[[Session, Context], str]) -> Callable[[Request], object]:
        async def serve(request: Request) -> Response:
            with speaking(language_of_app(request.headers.get("accept-language", "")) or "en"):
                caller = await caller_of(work.database, request.path_params["token"], work.now(), kind)
                host = request.client.host if request.client else ""
                rate = rates.call(caller.public) if caller else strangers.call(host)
                if rate.over:
                    text = say("These are too many calls. Try again in {n} seconds.", n=rate.seconds)
                    return PlainTextResponse(f"{text}\n", 429, headers=rate.headers())
                if caller is None:
                    return PlainTextResponse(
                        f"{say('This address is good no more. Ask in the chat for a new one.')}\n", 404
                    )
                return await _answer(request, caller, media_type, write)

        return serve

    async def _answer(
        request: Request, caller: Caller, media_type: str, write: Callable[[Session, Context], str]
    ) -> Response:
        def look(session: Session) -> str:
            return write(session, work.context(session, work.message(caller, "")))

        try:
            with acting_for(caller.company):
                text = await work.database.read(look)
        except (BillifyError, LedgerError) as error:
            return PlainTextResponse(f"{error}\n", 403)
        etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        if request.headers.get("if-none-match") == etag:
            return Response(status_code=304, headers=headers)
        return Response(text.encode(), headers=headers, media_type=media_type)

    return [
        Route("/feeds/{token}/due.ics", feed("calendar", "text/calendar; charset=utf-8", _calendar)),
        Route("/feeds/{token}/bills.csv", feed("table", "text/csv; charset=utf-8", _table)),
    ]


def _calendar(session: Session, context: Context) -> str:
    """An event of a day for each open bill that has a due date, ours to pay and others' to pay us."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Billify//EN", f"X-WR-CALNAME:{_text(say('Due dates'))}"]
    for side in ("payable", "receivable"):
        request = asked.Due(since=date(1, 1, 1), side=side)
        check_rights(session, context, request)
        wanted = due_bills.wanted_by(session, context, request)
        for bill in open_items.first(session, wanted, MOST):
            lines += _event(context, bill)
    return "".join(f"{part}\r\n" for line in (*lines, "END:VCALENDAR") for part in _folded(line))


def _event(context: Context, bill: Bill) -> Iterator[str]:
    assert bill.due_date is not None and bill.currency is not None, "it is open and dated"
    values = {"party": bill.vendor or "–", "amount": money(Money(bill.open_minor, bill.currency))}
    ours = bill.side == "payable"
    title = say("Pay {party}: {amount}", **values) if ours else say("{party} pays us {amount}", **values)
    changed = (bill.confirmed_at or bill.created_at).astimezone(UTC)
    yield from ("BEGIN:VEVENT", f"UID:bill-{bill.id}.company-{bill.company_id}@billify")
    yield f"DTSTAMP:{changed:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(bill.due_date)}"
    yield f"DTEND;VALUE=DATE:{_day(min(bill.due_date, date.max - timedelta(1)) + timedelta(days=1))}"
    yield f"SUMMARY:{_text(title)}"
    if bill.number:
        yield f"DESCRIPTION:{_text(bill.number)}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def _table(session: Session, context: Context) -> str:
    """The newest bills, a row each; nothing in it is a formula."""
    request = asked.Find()
    check_rights(session, context, request)
    found = search.page(session, find_bills.wanted_by(session, context, request), MOST)
    written = StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for bill, _ in found:
        told = summary_of(bill).model_dump(mode="json")
        rows.writerow([cell_text(str(told[name])) if told[name] is not None else "" for name in COLUMNS])
    return written.getvalue()


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(said: str) -> str:
    """RFC 5545, 3.3.11."""
    plain = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """No line has more than 75 bytes (RFC 5545, 3.1)."""
    part, size = "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > _FOLD:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + width
    yield part
