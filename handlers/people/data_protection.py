"""What one asks about data that is kept: all about a person as a file, erasing a person, and what is kept longer."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import PurePath

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.formats import listed
from handlers.language.translation import say
from handlers.messages import Attachment, Reply
from handlers.people.colleagues import find_colleague
from handlers.people.irrevocable import asked_first, is_sure, person_meant
from handlers.requests import ErasePerson, HoldDocuments, PersonalData, ShowHolds
from handlers.wording.cards import bill_label
from storage.bills import lifecycle, vendors
from storage.bills.names.known_vendors import KnownVendor
from storage.models import Document, LegalHold, Person, Vendor
from storage.people import people
from storage.privacy import erasure, holds
from storage.privacy.personal_data import documents_of, personal_data

_WRITTEN = (1980, 1, 1, 0, 0, 0)
"""One date for all: the same data make the same bytes."""


def everything_about(session: Session, context: Context, request: PersonalData) -> tuple[Reply, ...]:
    """A ZIP with what is kept, and the originals they sent."""
    person = _meant(session, context, request.person)
    data = json.dumps(personal_data(session, person.id), ensure_ascii=False, indent=2)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("data.json", _WRITTEN), data, zipfile.ZIP_DEFLATED)
        for document in documents_of(session, person.id):
            if document.discarded_at is None:
                archive.writestr(zipfile.ZipInfo(_name(document), _WRITTEN), context.fetch(document.sha256))
    attachment = Attachment(f"data-{person.id}.zip", "application/zip", context.keep(file.getvalue()))
    text = say(
        "Here is everything that I keep about {name}: data.json can be read by people and programs; beside it lie the "
        "documents that {name} sent.",
        name=person.name,
    )
    return (Reply(text, attachments=(attachment,)),)


def erase(session: Session, context: Context, request: ErasePerson) -> tuple[Reply, ...]:
    """Asks first, since there is no way back. Raises: LedgerError."""
    if is_sure(session, context, request):
        person = person_meant(session, request, request.person, gone=True)
        erasure.erase(session, person, by=context.asker.id, now=context.now)
        text = say(
            "Erased. What they did stays in the books, as done by a former colleague; name, addresses, settings and "
            "messages are gone, and they have no access any more."
        )
        return (Reply(text),)
    person = _meant(session, context, request.person)
    people.check_owned_without(session, person)
    text = say(
        "Erase {name}? Name, addresses, settings and messages go for good, and so does their access. The books stay, "
        "with “a former colleague” in place of the name. This cannot be undone.",
        name=person.name,
    )
    return asked_first(context, text, say("Erase"), "erase", person)


def hold(session: Session, context: Context, request: HoldDocuments) -> tuple[Reply, ...]:
    """Keeps originals whatever their period, or no longer. Raises: NotFound."""
    change = holds.hold if request.keep else holds.release
    if request.vendor is None:
        if context.bill is None:
            raise NotFound(say("Whose documents? Say for example “keep everything of Acme”."))
        change(session, by=context.asker.id, now=context.now, bill_id=context.bill)
        what = bill_label(lifecycle.find(session, context.bill))
        kept = say("I keep this document until you say “release the legal hold on it”.")
    else:
        vendor = _vendor(session, request.vendor)
        change(session, by=context.asker.id, now=context.now, vendor_id=vendor.id)
        what = vendor.name
        kept = say("I keep all documents of {what} until you say “release the legal hold on {what}”.", what=what)
    over = say("Documents of {what} are kept as long as usual again, and no longer.", what=what)
    return (Reply(kept if request.keep else over, bill=context.bill if request.vendor is None else None),)


def show_holds(session: Session, context: Context, request: ShowHolds) -> tuple[Reply, ...]:
    """What is kept longer than its period."""
    kept = [_held(session, one) for one in holds.in_force(session)]
    if not kept:
        return (Reply(say("Nothing is kept longer than usual. “keep everything of Acme” does that.")),)
    return (Reply(say("Kept until you say otherwise: {names}.", names=listed(kept))),)


def _held(session: Session, kept: LegalHold) -> str:
    if kept.bill_id is not None:
        return bill_label(lifecycle.find(session, kept.bill_id))
    return session.get_one(Vendor, kept.vendor_id).name


def _meant(session: Session, context: Context, name: str) -> Person:
    if name:
        return find_colleague(session, name)
    own = people.find_by_id(session, context.asker.id)
    assert own is not None, "who asks is known"
    return own


def _vendor(session: Session, name: str) -> KnownVendor:
    found = vendors.find_vendors(session, name)
    if not found:
        raise NotFound(say("I know no vendor or customer called {name}.", name=name))
    if len(found) > 1:
        names = listed([one.name for one in found])
        raise NotFound(say("Several may be meant: {names}. Please give the full name.", names=names))
    return found[0]


def _name(document: Document) -> str:
    """No two alike, and nothing but a name whatever the sender called it."""
    return f"documents/{document.id}-{PurePath(document.name.replace(chr(92), '/')).name or 'document'}"
