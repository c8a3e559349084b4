"""How a reply is put into a message of Telegram: with which picture, below which words, above which buttons."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.channels.channel import Files, Outgoing
from bot.channels.telegram.keyboards import CALLBACK_BYTES, MOST_BUTTONS, Markup, markup_for
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.outbound import Look, Picture
from bot.channels.telegram.render import fits_caption, fits_message, to_caption, to_html
from handlers.language.translation import say, speaking
from handlers.messages import Attachment, Choice, Reply

NEAR = timedelta(days=1)
"""For so long a picture is near in a chat, so that a card points to it in place of showing it again."""
MARK = "#"
"""What a token of a button begins with, as no button does."""


class Composer:
    """Composes with what a chat shows already. Without a `memory` each picture is sent anew, and what is too long for a
    button is left out."""

    def __init__(self, files: Files, memory: Memory | None) -> None:
        self._files = files
        self._memory = memory

    async def compose(self, outgoing: Outgoing, chat: int, edited: str | None = None) -> Look:
        """The look of a reply in a chat, as a new message or in place of one (`edited`)."""
        reply = _counted(outgoing.reply)
        sha256 = reply.card.picture.sha256 if reply.card and reply.card.picture else None
        shown = await self._memory.picture(chat, sha256) if self._memory and sha256 else None
        here = shown is not None and shown.sent_id == edited
        near = shown is not None and datetime.now(UTC) - shown.shown_at < NEAR
        picture = await self._picture(sha256) if sha256 and not (here or near) else None
        chart = _chart(reply)
        if chart:
            picture = Picture("", None, lambda: self._stored(chart))
        points_to = shown.sent_id if shown and near and not here else next(iter(outgoing.message.ids), "")
        return Look(
            text=to_html(reply),
            caption=to_caption(reply),
            markup=await self._markup(outgoing, reply, chat, new=edited is None),
            picture=picture,
            captioned=here,
            answers=_message_in(chat, points_to, in_group_only=not near or shown is None),
            chart=chart,
            files=await self._whole_text(reply),
        )

    async def keep(self, chat: int, look: Look, sent_id: str, file_id: str | None) -> None:
        """Notes which picture a message shows."""
        if self._memory and file_id and look.picture and look.picture.sha256:
            await self._memory.keep_picture(chat, look.picture.sha256, sent_id, file_id)

    async def forget(self, sent_id: str) -> None:
        """Notes that a message is not there any more, with its picture."""
        if self._memory:
            await self._memory.forget_pictures(sent_id)

    async def choice_of(self, pressed: str) -> str:
        """What a pressed button says, behind its token where it has one."""
        if not (self._memory and pressed.startswith(MARK)):
            return pressed
        return await self._memory.choice_of(pressed.removeprefix(MARK)) or pressed

    async def _whole_text(self, reply: Reply) -> tuple[Attachment, ...]:
        """Words that are longer than a message of Telegram, as a file."""
        if fits_message(reply):
            return ()
        with speaking(reply.language):
            name = say("answer.txt")
        return (Attachment(name, "text/plain", await self._files.put(reply.text.encode())),)

    async def _picture(self, sha256: str) -> Picture:
        file_id = await self._memory.file_of(sha256) if self._memory else None
        return Picture(sha256, file_id, lambda: self._files.get(sha256))

    async def _stored(self, attachment: Attachment) -> bytes:
        assert attachment.sha256, "what we send lies in the document store"
        return await self._files.get(attachment.sha256)

    async def _markup(self, outgoing: Outgoing, reply: Reply, chat: int, *, new: bool) -> Markup | None:
        choices = [await self._carried(choice) for choice in reply.choices[:MOST_BUTTONS]]
        carried = replace(reply, choices=tuple(choice for choice in choices if choice))
        return markup_for(carried, private=chat > 0, new=new, answers=bool(outgoing.message.ids))

    async def _carried(self, choice: Choice) -> Choice | None:
        """The button as Telegram can carry it."""
        if len(choice.id.encode()) <= CALLBACK_BYTES:
            return choice
        return replace(choice, id=MARK + await self._memory.token_of(choice.id)) if self._memory else None


def files_apart(reply: Reply) -> list[int]:
    """Which files of a reply come after its message, by their place: all but the chart above its words."""
    chart = _chart(_counted(reply))
    return [n for n, file in enumerate(reply.attachments) if file is not chart]


def _counted(reply: Reply) -> Reply:
    """The reply, which says of more buttons than Telegram shows that there are more."""
    left = len(reply.choices) - MOST_BUTTONS
    if left <= 0:
        return reply
    with speaking(reply.language):
        more = say("There are {n} more to choose from: write which one you mean.", n=left)
    return replace(reply, text="\n".join(filter(None, (reply.text, more))))


def _chart(reply: Reply) -> Attachment | None:
    """The one picture of a reply that is drawn (PNG), where its words fit below it."""
    if reply.card or len(reply.attachments) != 1 or not fits_caption(reply):
        return None
    (file,) = reply.attachments
    return file if file.media_type == "image/png" else None


def _message_in(chat: int, sent_id: str, *, in_group_only: bool) -> int | None:
    """The number of a message that is answered, if it stands in this chat; a person's own only among others."""
    place, _, number = sent_id.partition(":")
    if place != str(chat) or (in_group_only and chat > 0):
        return None
    return int(number)
