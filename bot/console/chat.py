"""`billify say` and `billify chat`: the terminal's side of a conversation.

A message goes the same way as any other channel's. A worker that runs already serves it; where none does, this
process serves it itself, which takes longer when there is a document to read.
"""

from __future__ import annotations

import asyncio
import json
import mimetypes
import secrets
import shlex
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from bot.application.app import App, open_app
from bot.background.clock import accept_due_notices
from bot.channels.channel import NotAccepted
from config.settings import Settings
from handlers.errors import BillifyError
from handlers.language.translation import say, speaking
from handlers.messages import Attachment, Card, Message, Reply

console = Console(highlight=False)
notes = Console(stderr=True, highlight=False)

LOOK_SECONDS = 2.0
"""Between two looks whether another process still serves."""


@dataclass(frozen=True)
class ConsoleMessage:
    """What one call of `billify say` says. `speaker` and `conversation` are empty for the owner's own."""

    text: str = ""
    attach: tuple[Path, ...] = ()
    choice: str | None = None
    speaker: str = ""
    conversation: str = ""
    now: datetime | None = None


async def send_message(settings: Settings, said: ConsoleMessage, *, as_json: bool, explain: bool = False) -> None:
    """Says it and prints the replies; with `explain` first what is understood of it, to standard error."""
    async with _talking(settings) as app:
        with notes.status("…"):  # shown on a terminal only
            explained = await _explanation(app, said) if explain and said.text else []
            shown = await _with_files(app, await _exchange(app, said))
        for line in explained:
            notes.print(escape(line))
        if as_json:
            print(json.dumps([_as_json(reply) for reply in shown], ensure_ascii=False))
        else:
            _print(shown)


async def _explanation(app: App, said: ConsoleMessage) -> Sequence[str]:
    """What is understood of it, in lines."""
    explain = app.companies.served(app.conversation.explain)
    return await explain(await _message(app, said))


async def chat(settings: Settings, speaker: str, conversation: str) -> None:
    """Reads lines until Ctrl-D. A file's name sends the file; a number presses a button of the last card."""
    notes.print("Type a message, the name of a file to send it, or a button's number. Ctrl-D ends.")
    async with _talking(settings) as app:
        buttons: list[str] = []
        while (line := await asyncio.to_thread(_ask)) is not None:
            if not line:
                continue
            choice = buttons[int(line) - 1] if line.isdecimal() and 1 <= int(line) <= len(buttons) else None
            files = () if choice else _files(line)
            try:
                said = ConsoleMessage("" if choice or files else line, files, choice, speaker, conversation)
                with notes.status("…"):
                    shown = await _with_files(app, await _exchange(app, said))
            except BillifyError as error:
                notes.print(f"[red]✗[/red] {escape(str(error))}")
                continue
            buttons = _print(shown, numbered=True) or buttons


async def send_due_notices(settings: Settings, now: datetime | None) -> None:
    """Tells everybody what is due to be told, and prints it; `now` is None for the present."""
    async with _talking(settings) as app:
        notices = await accept_due_notices(app.database, app.jobs.accept, app.zone, now)
        for notice in notices:
            replies = await app.jobs.replies(notice.key)
            console.print(f"[dim]To {escape(notice.sender_name)} ({notice.channel}):[/dim]")
            _print(await _with_files(app, replies))
        if not notices:
            notes.print("Nobody is to be told anything now.")


@asynccontextmanager
async def _talking(settings: Settings) -> AsyncIterator[App]:
    """The parts, with a worker of our own for as long as no other is alive."""
    async with open_app(settings, f"terminal-{secrets.token_hex(4)}") as app:
        serving = asyncio.create_task(_serve_if_nobody_does(app))
        try:
            yield app
        finally:
            serving.cancel()
            with suppress(asyncio.CancelledError):
                await serving


async def _serve_if_nobody_does(app: App) -> None:
    while await asyncio.to_thread(app.jobs.serving):  # noqa: ASYNC110 - no event tells
        await asyncio.sleep(LOOK_SECONDS)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(app.serve())
        tasks.create_task(app.importer().keep_importing())


async def _exchange(app: App, said: ConsoleMessage) -> tuple[Reply, ...]:
    """Sends the message and waits for its replies."""
    message = await _message(app, said)
    try:
        await app.jobs.accept(message)
    except NotAccepted:
        raise BillifyError("Your message cannot be kept just now. Please try again in a minute.") from None
    return await app.jobs.replies(message.key)


async def _message(app: App, said: ConsoleMessage) -> Message:
    """What is said, as the terminal brings it in."""
    attachments = [await _attach(app, path) for path in said.attach]
    speaker = said.speaker or "owner"
    return Message(
        key=f"terminal:{secrets.token_hex(12)}",
        channel="terminal",
        conversation=said.conversation or speaker,
        sender=speaker,
        sender_name=said.speaker or app.settings.owner_name,
        sent_at=datetime.now(UTC),
        text=said.text,
        attachments=tuple(attachments),
        choice=said.choice,
        now=said.now,
    )


async def _attach(app: App, path: Path) -> Attachment:
    """Keeps the file's bytes. Raises: BillifyError when it cannot be read."""
    try:
        data = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise BillifyError(f"{path}: {error.strerror}. Check the name, or give another file.") from None
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Attachment(path.name, media_type, await app.documents.put(data))


def _files(line: str) -> tuple[Path, ...]:
    """The files that a line names, as when they are dragged on the terminal; none when it is plain text."""
    try:
        paths = [Path(word).expanduser() for word in shlex.split(line)]
    except ValueError:  # an apostrophe, as in "what's due?"
        return ()
    return tuple(paths) if paths and all(path.is_file() for path in paths) else ()


def _ask() -> str | None:
    """The next line, None at its end."""
    try:
        return input("› ").strip()
    except EOFError:
        print(file=sys.stderr)
        return None


# --- showing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Shown:
    """A reply with its attachments written to files."""

    reply: Reply
    files: tuple[Path, ...]


async def _with_files(app: App, replies: tuple[Reply, ...]) -> list[Shown]:
    """The replies, their attachments (and cards' pictures) as files in the home folder."""
    return [
        Shown(reply, tuple([await _write(app, attachment) for attachment in _attachments(reply)]))
        for reply in replies
        if not reply.quiet
    ]


def _attachments(reply: Reply) -> tuple[Attachment, ...]:
    picture = (reply.card.picture,) if reply.card and reply.card.picture else ()
    return reply.attachments + picture


async def _write(app: App, attachment: Attachment) -> Path:
    """Writes an attachment below its content's name, so that equal names do not meet; returns the path."""
    assert attachment.sha256 is not None
    path = app.settings.home / "terminal" / attachment.sha256[:12] / Path(attachment.name).name
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    await asyncio.to_thread(path.write_bytes, await app.documents.get(attachment.sha256))
    return path


def _as_json(shown: Shown) -> dict[str, Any]:
    """The reply as `billify say --json` prints it."""
    reply = shown.reply
    return {
        "text": reply.text,
        "card": asdict(reply.card) if reply.card else None,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
        "attachments": [
            {"name": attachment.name, "media_type": attachment.media_type, "path": str(path)}
            for attachment, path in zip(_attachments(reply), shown.files, strict=True)
        ],
    }


def _print(replies: list[Shown], *, numbered: bool = False) -> list[str]:
    """Prints replies for a person; returns the ids of the choices, in the order of their numbers."""
    ids: list[str] = []
    for shown in replies:
        reply = shown.reply
        if reply.text:
            console.print(escape(reply.text))
        if reply.card:
            with speaking(reply.language):
                console.print(_card(reply.card))
        for path in shown.files:
            console.print(f"[dim]📎 {escape(str(path))}[/dim]")
        labels = []
        for choice in reply.choices:
            ids.append(choice.id)
            labels.append(f"[cyan]\\[{len(ids) if numbered else choice.id}][/cyan] {escape(choice.label)}")
        if labels:
            console.print("   ".join(labels))
    return ids


def _card(card: Card) -> str:
    """The card as rich markup, line by line."""
    title = f"[bold]{escape(card.title)}[/bold]"
    facts = " · ".join(
        f"[bold]{escape(f'{fact.label} {fact.value}')}[/bold]" if fact.strong else escape(f"{fact.label} {fact.value}")
        for fact in card.facts
    )
    lines = [f"{title} · {escape(card.subtitle)}" if card.subtitle else title, facts]
    lines += [
        f"{escape(c.label)}: [dim]{escape(c.old or '—')}[/dim] → [bold]{escape(c.new)}[/bold]" for c in card.changes
    ]
    if card.doubts:
        lines.append(f"[yellow]⚠ {say('Please check:')} {escape(', '.join(card.doubts))}[/yellow]")
    if card.state:
        lines.append(f"[dim]{escape(card.state)}[/dim]")
    return "\n".join(line for line in lines if line)
