"""What the page sends: words, files, a pressed choice; each made durable before it is answered."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath
from uuid import UUID

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.channels.channel import Accept, Files, NotAccepted
from bot.channels.chatlog import ChatLog, Post
from bot.channels.web.sign_in import Person, SignIn, signed_in
from handlers.language.translation import say
from handlers.messages import Attachment, Message

FILES = 10
FILE_MB = 25
TEXT_LENGTH = 10_000
BODY_BYTES = FILES * FILE_MB * 2**20 + 2**20
"""The most that one post may have: its files, and room for the fields."""


class Inbox:
    """Takes posts of the page. `accept` is set while the channel listens."""

    def __init__(self, log: ChatLog, files: Files, door: SignIn) -> None:
        self.log = log
        self.files = files
        self.door = door
        self.accept: Accept | None = None

    async def post(self, request: Request) -> Response:
        """Takes one message; the answer means that it is durable. The same `id` again is the same message.

        Raises: HTTPException with a text for the person: 400, 401, 413, 422 or 503.
        """
        person = await signed_in(request, self.door)
        if (accept := self.accept) is None:  # which is kept: an upload that began is gone on with while the chat stops
            raise HTTPException(503, _starting())
        async with request.form(max_files=10 * FILES, max_fields=10) as form:
            message = await self._message(form, person)
            label = str(form.get("label", ""))[:100]
        await asyncio.shield(self._take(message, label, accept))
        return JSONResponse({"key": message.key})

    async def fill(
        self, person: Person, key: str, choice: str, filled: Sequence[tuple[str, str]], label: str, answers: str = ""
    ) -> None:
        """Takes a form that a page had the person fill, under a key of theirs (`message_key`), as if they had pressed
        the button of that label, on the post `answers` where it was opened on one. Raises: HTTPException 503."""
        if (accept := self.accept) is None:
            raise HTTPException(503, _starting())
        address, now = person.address, datetime.now(UTC)
        message = Message(
            key, "web", address, address, now, person.name, choice=choice, filled=tuple(filled), answers=answers or None
        )
        await asyncio.shield(self._take(message, label, accept))

    async def _take(self, message: Message, label: str, accept: Accept) -> None:
        """Shows it, and makes it durable: both, also where whoever sent it does not wait for the answer."""
        # Into the log first, so that the answer cannot come to stand above the question.
        shown = replace(message, text=label) if message.choice else message
        await self.log.write(Post(message.key, "web", message.conversation, shown, None, message.sent_at))
        try:
            await accept(message)
        except NotAccepted as error:  # the page keeps it, and sends it again under the same key
            raise HTTPException(503, _not_now()) from error

    async def _message(self, form: FormData, person: Person) -> Message:
        text, choice, answers = (_field(form, name) for name in ("text", "choice", "answers"))
        uploads = [each for each in form.getlist("file") if isinstance(each, UploadFile)]
        check(text, choice, uploads)
        return Message(
            key=message_key(person, str(form.get("id", ""))),
            channel="web",
            conversation=person.address,
            sender=person.address,
            sent_at=datetime.now(UTC),
            sender_name=person.name,
            text=text,
            attachments=tuple([await self._keep(upload) for upload in uploads]),
            choice=choice or None,
            answers=answers or None,
        )

    async def _keep(self, upload: UploadFile) -> Attachment:
        try:
            sha256 = await self.files.put(await upload.read())
        except OSError as error:  # the disk is full, or the store away: the page keeps it
            raise HTTPException(503, _not_now()) from error
        kind = upload.content_type or "application/octet-stream"
        return Attachment(name=file_name(upload), media_type=kind, sha256=sha256)


def _starting() -> str:
    return say("Billify is just starting or stopping. Try again in a moment.")


def _not_now() -> str:
    return say("I cannot keep your message just now. Please send it again in a minute.")


def limits() -> dict[str, object]:
    """What a page is to know of the limits on what it sends."""
    return {"files": FILES, "fileMb": FILE_MB, "tooLarge": too_large(), "tooMany": too_many()}


def too_large() -> str:
    """A file is beyond the limit."""
    return say(
        "Each file may have up to {size} MB. Send a smaller scan or photo, or only the pages that matter.", size=FILE_MB
    )


def too_many() -> str:
    """There are more files than go in a message."""
    return say("At most {files} files go in one message. Send the rest in the next one.", files=FILES)


def keys_of(person: Person) -> str:
    """How the keys of a person's messages begin: whatever id a page makes up, it names none of anybody else's."""
    return f"web:{person.address}."


def message_key(person: Person, client_id: str) -> str:
    """The key of a message by the UUID that the page made for it. Raises: HTTPException 400 when it is none."""
    try:
        return f"{keys_of(person)}{UUID(client_id)}"
    except ValueError:
        raise HTTPException(400, say("The page is out of date. Reload it and try again.")) from None


def check(text: str, choice: str, uploads: Sequence[UploadFile]) -> None:
    """Raises: HTTPException 413 or 422 with what to do when a post is empty or beyond the limits."""
    if not (text or choice or uploads):
        raise HTTPException(422, say("Write something or add a file first."))
    if len(text) > TEXT_LENGTH:
        words = say("That is more than {most} characters. Send it as a file, or in parts.", most=TEXT_LENGTH)
        raise HTTPException(413, words)
    if len(uploads) > FILES:
        raise HTTPException(413, too_many())
    for upload in uploads:
        if (upload.size or 0) > FILE_MB * 2**20:
            words = say("“{name}” is too large. {limit}", name=file_name(upload), limit=too_large())
            raise HTTPException(413, words)
        if not upload.size:
            words = say("“{name}” is empty. Save or scan it again and send it anew.", name=file_name(upload))
            raise HTTPException(422, words)


def file_name(upload: UploadFile) -> str:
    """The name alone, without folders or control characters, at most 150 characters with its ending kept."""
    plain = "".join(c for c in (upload.filename or "").replace("\\", "/") if c.isprintable())
    name = PurePosixPath(plain).name or "file"
    ending = PurePosixPath(name).suffix[:20]
    return name if len(name) <= 150 else name[: 150 - len(ending)] + ending


def _field(form: FormData, name: str) -> str:
    """A field's words, with the line ends that forms send as CRLF (HTML standard, 4.10.21.8) as they were typed."""
    return str(form.get(name, "")).replace("\r\n", "\n").strip()
