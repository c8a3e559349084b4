"""Shows a bill again, or the document that it came from."""

from __future__ import annotations

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.messages import Attachment, Reply
from handlers.requests import ShowBill, ShowOriginal
from handlers.wording import bill_texts
from storage.documents import document_register


def show_bill(session: Session, context: Context, request: ShowBill) -> tuple[Reply, ...]:
    """The bill's card."""
    return (bill_reply(session, context, find_bill(session, context, request.bill_hint)),)


def show_original(session: Session, context: Context, request: ShowOriginal) -> tuple[Reply, ...]:
    """The file as it was sent."""
    bill = find_bill(session, context, request.bill_hint)
    document = document_register.of_bill(session, bill)
    attachment = Attachment(document.name, document.media_type, document.sha256)
    return (Reply(bill_texts.original(document.name), attachments=(attachment,), bill=bill.id),)
