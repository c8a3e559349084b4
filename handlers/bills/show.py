"""Shows a bill again, or the document that it came from."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import MOST, find_bill
from handlers.context import Context
from handlers.errors import NotFound, WhichOne
from handlers.language.formats import day
from handlers.language.translation import say
from handlers.messages import Attachment, Reply
from handlers.requests import ShowBill, ShowOriginal
from handlers.rights import permitted
from handlers.wording import bill_texts, period_names
from handlers.wording.cards import bill_label
from storage.bills import lifecycle
from storage.bills.finding import search
from storage.bills.finding.search import BillQuery
from storage.bills.vendors import find_vendors
from storage.documents import document_register
from storage.models import Bill


def show_bill(session: Session, context: Context, request: ShowBill) -> tuple[Reply, ...]:
    """The bill's card."""
    return (bill_reply(session, context, find_bill(session, context, request.bill_hint)),)


def show_original(session: Session, context: Context, request: ShowOriginal) -> tuple[Reply, ...]:
    """The file as sent, in all its forms. Raises: NotFound where there is no such bill of that time; WhichOne."""
    bill = _original_of(session, context, request)
    document = document_register.of_bill(session, bill)
    files = (document, *document_register.forms_of(session, document))
    if document.discarded_at is not None:
        gone = day(document.discarded_at)
        raise NotFound(say("The original was discarded on {day}, when its period of keeping was over.", day=gone))
    kept = (file for file in files if file.discarded_at is None)
    attachments = tuple(Attachment(file.name, file.media_type, file.sha256) for file in kept)
    return (Reply(bill_texts.original(document.name), attachments=attachments, bill=bill.id),)


def _original_of(session: Session, context: Context, request: ShowOriginal) -> Bill:
    """The bill that is meant; where a time was named, one that was issued then, and never another's."""
    since, until, hint = request.since, request.until, request.bill_hint
    if since is None and until is None:
        return find_bill(session, context, hint)
    if hint is None and context.bill is not None and _within(lifecycle.find(session, context.bill), since, until):
        return find_bill(session, context)
    vendors = tuple(vendor.id for vendor in find_vendors(session, hint)) if hint else None
    found = search.search(session, BillQuery(vendors=vendors, since=since, until=until)).bills
    if not found and hint:
        found = tuple(bill for bill in search.find_bills(session, hint) if _within(bill, since, until))
    found = tuple(permitted.of_these(session, context, found))
    if not found:
        period = period_names.days(since, until, context.today)
        raise NotFound(say("I have no bill {condition}.", condition=period_names.found(period, None, hint, None, None)))
    if len(found) == 1:
        return found[0]
    raise WhichOne(bill_texts.which_bill(), tuple((bill.id, bill_label(bill)) for bill in found[:MOST]), hint)


def _within(bill: Bill, since: date | None, until: date | None) -> bool:
    issued = bill.issue_date
    return issued is not None and (since is None or since <= issued) and (until is None or issued <= until)
