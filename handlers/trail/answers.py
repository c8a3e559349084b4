"""Who changed this, what somebody did, and the audit trail as files."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.bills.bill_reply import bill_reply
from handlers.bills.find_bill import find_bill
from handlers.context import Context
from handlers.errors import NotPossible
from handlers.exports.audit_trail import audit_files, audit_table
from handlers.exports.export import MEDIA_TYPES
from handlers.language.translation import say, say_count
from handlers.messages import Attachment, Reply
from handlers.people.colleagues import find_colleague
from handlers.requests import ExportAudit, WhoChanged, WhoDidWhat
from handlers.trail.days import span
from handlers.trail.words import line_of
from handlers.wording.bill_texts import field_name
from handlers.wording.lists import at_most, left_out
from storage.people import people
from storage.trail.records import records, records_of_bill
from storage.trail.verification import verify

MOST = 30
"""Lines of an answer; the export has all."""


def who_did_what(session: Session, context: Context, request: WhoDidWhat) -> tuple[Reply, ...]:
    """What somebody, or everybody, did in a period, a line for each step. Raises: NotFound for nobody known."""
    since, before = span(request.since, request.until, context.zone)
    if request.me:
        person, name = context.asker.id, context.asker.name
    elif request.person is not None:
        found = find_colleague(session, request.person)
        person, name = found.id, found.name
    else:
        person, name = None, ""
    whose = people.ids_of(session, person) if person is not None else None
    lines = [line_of(session, one, context.zone) for one in records(session, since=since, before=before, people=whose)]
    lines = [line for line in lines if line]
    said = {"name": name, "label": request.label}
    if not lines:
        nothing = (
            say("{name} changed nothing {label}.", **said) if name else say("Nobody changed anything {label}.", **said)
        )
        return (Reply(nothing),)
    head = say("What {name} did {label}:", **said) if name else say("Who did what {label}:", **said)
    return (Reply("\n".join([head, *_shown(lines)])),)


def who_changed(session: Session, context: Context, request: WhoChanged) -> tuple[Reply, ...]:
    """The bill's card, with who changed it, or one field of it, above."""
    bill = find_bill(session, context, request.bill_hint)
    lines = [line_of(session, one, context.zone, request.field) for one in records_of_bill(session, bill.id)]
    lines = [line for line in lines if line]
    if lines:
        text = "\n".join([say("Who changed it:"), *_shown(lines)])
    elif request.field:
        text = say("Nobody changed its {field}.", field=field_name(request.field))
    else:
        text = say("Nobody changed it since it came in.")
    return (bill_reply(session, context, bill, text),)


def export_audit(session: Session, context: Context, request: ExportAudit) -> tuple[Reply, ...]:
    """The trail as CSV and XLSX. Raises: NotPossible where it does not hold any more."""
    whole = verify(session)
    if whole.fault:
        raise NotPossible(
            say("The audit trail was tampered with: {fault} Please call whoever runs Billify.", fault=whole.fault)
        )
    since, before = span(request.since, request.until, context.zone)
    table = audit_table(session, records(session, since=since, before=before))
    files = tuple(
        Attachment(name, MEDIA_TYPES[name.rpartition(".")[2]], context.keep(data))
        for name, data in audit_files("audit", table)
    )
    text = say_count(
        "The audit trail: {n} line. Its head is {head}; noted elsewhere, it shows later whether anything is missing.",
        "The audit trail: {n} lines. Its head is {head}; noted elsewhere, it shows later whether anything is missing.",
        len(table.rows),
        head=f"{whole.links}:{whole.hash}",
    )
    return (Reply(text, attachments=files),)


def _shown(lines: Sequence[str]) -> list[str]:
    """The latest of the lines, in their order."""
    most = at_most(MOST)
    more = [left_out(len(lines) - most)] if len(lines) > most else []
    return [*(f"• {line}" for line in lines[-most:]), *more]
