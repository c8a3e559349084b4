"""A statement was not to be imported, or not so: what came of it goes."""

from __future__ import annotations

from sqlmodel import Session

from extraction.statements.read_statements import TABLES
from handlers.button_ids import choice_id
from handlers.context import Context
from handlers.errors import NotFound
from handlers.language.translation import say, say_count
from handlers.messages import Choice, Reply
from handlers.requests import TakeBackImport
from storage.documents import document_register
from storage.models import Document, MovementState
from storage.people import people
from storage.reconciliation import import_removal


def take_back_import(session: Session, context: Context, request: TakeBackImport) -> tuple[Reply, ...]:
    """What was taken back; where something is booked for its movements, that is asked about first.

    Raises: NotFound when nothing was imported; LedgerError when it cannot be taken back; ToBeRead.
    """
    document = _meant(session, context, request.document)
    movements = import_removal.movements_of(session, document.sha256)
    booked = sum(movement.state is MovementState.BOOKED for movement in movements)
    if booked and not request.sure:
        return (_ask(document, len(movements), booked),)
    gone, reversed_ = import_removal.take_back(
        session,
        document.sha256,
        fingerprint=_fingerprint(context, document),
        key=context.key,
        person_id=context.asker.id,
        now=context.now,
    )
    taken = say_count(
        "The import is taken back: its movement is gone.",
        "The import is taken back: its {n} movements are gone.",
        gone,
    )
    said = [taken]
    if reversed_:
        said.append(say_count("{n} booking was reversed.", "{n} bookings were reversed.", reversed_))
    said.append(say("Send the file again to import it anew."))
    return (Reply(" ".join(said), replaces=context.card),)


def offer(document_id: int) -> Choice:
    """The button that takes an import back."""
    return Choice(choice_id("unimport", argument=str(document_id)), say("Take the import back"))


def _meant(session: Session, context: Context, document_id: int | None) -> Document:
    if document_id is not None:
        return document_register.find_by_id(session, document_id)
    last = import_removal.last_imported(session, people.ids_of(session, context.asker.id))
    if last is None:
        raise NotFound(say("You have imported no statement that could be taken back."))
    found = document_register.find_document(session, last.sha256)
    assert found is not None
    return found


def _ask(document: Document, movements: int, booked: int) -> Reply:
    text = say_count(
        "{n} of the {all} movements of this statement is booked. Taking the import back reverses that booking.",
        "{n} of the {all} movements of this statement are booked. Taking the import back reverses those bookings.",
        booked,
        all=movements,
    )
    sure = choice_id("unimport", argument=f"{document.id}:sure")
    return Reply(text, choices=(Choice(sure, say("Take the import back"), "danger"),))


def _fingerprint(context: Context, document: Document) -> str | None:
    """By what is remembered how the table is read; None for other files. Raises: ToBeRead."""
    if document.media_type not in TABLES:
        return None
    table = context.reading_of(document.sha256, document.name).table
    return table.fingerprint if table else None
