"""Documents: handed in, read, and given back as they were sent; and what was answered meanwhile."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, File, UploadFile
from pydantic import BaseModel, Field
from sqlmodel import Session, col, select
from starlette.responses import Response

from bot.api.call import Call, HandingIn, Reading, Writing
from bot.api.refusals import Choice, Unfit
from bot.api.resources.bill_actions import Said
from bot.api.values import Id, Name
from bot.api.work import Write
from bot.channels.web.inbox import file_name
from handlers import requests as asked
from handlers.context import Context
from handlers.documents.receive import keep_originals
from handlers.errors import NotFound
from handlers.language.translation import say
from handlers.messages import Attachment, Reply, from_json
from handlers.rights import permitted
from storage.documents import document_register
from storage.messages import idempotency
from storage.models import Bill, BillState, Permission, Reach, Statement
from storage.models import Document as DocumentRow
from storage.people import people

router = APIRouter(tags=["documents"])
_AT_ONCE = asyncio.Semaphore(2)
"""A file comes in by way of the disk; only to be sealed is it in memory, as few at once as this."""


class Document(BaseModel):
    """A file that somebody sent. Once it is `read`, `bills` and `statements` are what it holds; where it holds none,
    `answers` say why."""

    id: int
    name: str
    media_type: str
    sha256: str
    sent_by: int
    received_at: datetime
    state: Literal["reading", "read"]
    bills: list[int]
    statements: list[int]
    answers: list[str]
    choices: list[Choice] = Field(description="What is asked back, for `choices`.")


@router.post("/documents", status_code=202, response_model=Document, operation_id="upload_document")
async def upload(call: HandingIn, file: Annotated[UploadFile, File(description="Up to 50 MB.")]) -> Response:
    """Hands in a file: a scan, a photo, a PDF, an e-invoice, a mail. It is kept at once, and read soon after."""
    return await hand_in(call, file, Permission.SEND_DOCUMENTS)


async def hand_in(call: Call, upload: UploadFile, needs: Permission) -> Response:
    """Keeps a file, and has it read like one that somebody sent in a chat."""
    name = file_name(upload)
    async with _AT_ONCE:
        data = await upload.read()
        if not data:
            raise Unfit(say("“{name}” is empty. Save or scan it again and send it anew.", name=name))
        sha256 = await call.work.files.put(data)
        del data
    file = Attachment(name, upload.content_type or "application/octet-stream", sha256)
    said = hashlib.sha256(f"{needs}\n{sha256}".encode()).hexdigest()
    call = replace(call, write=Write(said, call.write.once))
    key = ""

    def shape(session: Session, context: Context) -> Document:
        nonlocal key
        permitted.refuse(session, context, Permission.SEND_DOCUMENTS)
        permitted.refuse(session, context, needs)
        key = f"{context.key}.read"
        keep_originals(session, replace(context, key=key), [file])
        found = document_register.find_document(session, sha256)
        assert found is not None, "it was just registered"
        return _document(session, context, found)

    answer = await call.work.write(call.caller, call.write, None, shape)
    message = call.work.message(call.caller, key or f"{answer.key}.read")
    await call.work.hand_in(replace(message, attachments=(file,)))
    headers = {"ETag": answer.etag, "Cache-Control": "private, no-cache"}
    return Response(answer.body, 202, headers, media_type="application/json")


@router.get("/documents/{document}", response_model=Document, operation_id="get_document")
async def one(call: Reading, document: Id) -> Response:
    """A document, and what came of reading it."""
    return await call.read(asked.Help(), _shown(document))


@router.get(
    "/documents/{document}/original",
    operation_id="download_original",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
async def original(call: Reading, document: Id) -> Response:
    """The file as it was sent."""
    found: list[DocumentRow] = []

    def shape(session: Session, context: Context) -> Document:
        found.append(_visible(session, context, document))
        return _document(session, context, found[0])

    await call.work.read(call.caller, asked.Help(), shape)
    row = found[0]
    try:
        data = await call.work.files.get(row.sha256)
    except FileNotFoundError:
        raise NotFound(say("This file is no longer kept.")) from None
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(row.name or 'file', safe='')}",
        "ETag": f'"{row.sha256}"',
        "Cache-Control": "private, no-cache",
    }
    return Response(data, headers=headers, media_type="application/octet-stream")


class Press(Said):
    choice: Name = Field(description="The id of one of the choices.")


class Pressed(BaseModel):
    """By which `answer` (for `answers`) it is told what came of it."""

    answer: str


@router.post("/documents/{document}/choices", status_code=202, response_model=Pressed, operation_id="answer_document")
async def choose(call: Writing, document: Id, said: Press) -> Response:
    """Answers what was asked back about a document, such as of which account a statement is."""

    def shape(session: Session, context: Context) -> Pressed:
        _visible(session, context, document)
        return Pressed(answer=context.key.rpartition(".")[2])

    answer = await call.work.write(call.caller, call.write, None, shape)
    message = call.work.message(call.caller, f"{answer.key}.answer")
    await call.work.hand_in(replace(message, choice=said.choice))
    return Response(answer.body, 202, media_type="application/json")


class Answered(BaseModel):
    """What came of an answer to a question back."""

    state: Literal["waiting", "answered"]
    answers: list[str]
    choices: list[Choice]


@router.get("/answers/{answer}", response_model=Answered, operation_id="get_answer")
async def answered(call: Reading, answer: Name) -> Response:
    """What came of an answer to a question back."""
    caller = call.caller
    key = f"{call.work.key(caller, '').rpartition('.')[0]}.{answer}"

    def shape(session: Session, context: Context) -> Answered:
        if idempotency.find_without_waiting(session, key) is None:
            raise NotFound(say("There is no such answer."))
        replies = _replies(session, context, f"{key}.answer")
        state: Literal["waiting", "answered"] = "waiting" if replies is None else "answered"
        return Answered(state=state, answers=_texts(replies), choices=_choices(replies))

    return await call.read(asked.Help(), shape)


def _shown(document_id: int) -> Callable[[Session, Context], Document]:
    return lambda session, context: _document(session, context, _visible(session, context, document_id))


def _visible(session: Session, context: Context, document_id: int) -> DocumentRow:
    """The document, of those that the asker may see: theirs, or all. Raises: NotFound; NotPermitted."""
    found = session.get(DocumentRow, document_id)
    if found is None:
        raise NotFound(say("There is no such document here."))
    far = permitted.reach(session, context, Permission.SEE_BILLS)
    if far is Reach.ANY or (far is Reach.OWN and found.sent_by in people.ids_of(session, context.asker.id)):
        return found
    bills = session.exec(select(Bill).where(Bill.document_id == found.id)).all()
    if not permitted.of_these(session, context, bills):
        permitted.refuse(session, context, Permission.SEE_BILLS)
    return found


def _document(session: Session, context: Context, row: DocumentRow) -> Document:
    bills = select(Bill).where(Bill.document_id == row.id, Bill.state != BillState.VOID).order_by(col(Bill.id))
    held = permitted.visible(session, context, session.exec(bills).all())
    statements = session.exec(select(Statement.id).where(Statement.sha256 == row.sha256)).all()
    replies = _replies(session, context, row.message_key)
    done = bool(held or statements) or idempotency.find_without_waiting(session, row.message_key) is not None
    return Document(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        sha256=row.sha256,
        sent_by=row.sent_by,
        received_at=row.received_at,
        state="read" if done else "reading",
        bills=[bill.id for bill in held],
        statements=list(statements),
        answers=_texts(replies),
        choices=_choices(replies),
    )


def _replies(session: Session, context: Context, key: str) -> tuple[Reply, ...] | None:
    """What the asker was answered to a message of theirs; () where it was another's, None while it waits."""
    served = idempotency.find_without_waiting(session, key)
    if served is None:
        return None
    theirs = served.person_id in people.ids_of(session, context.asker.id)
    return from_json(tuple[Reply, ...], served.replies) if theirs else ()


def _texts(replies: tuple[Reply, ...] | None) -> list[str]:
    return [reply.text for reply in replies or () if reply.text]


def _choices(replies: tuple[Reply, ...] | None) -> list[Choice]:
    return [Choice(id=one.id, label=one.label) for reply in replies or () if not reply.card for one in reply.choices]
