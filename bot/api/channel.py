"""Programs as a channel: what they hand in is served like messages, and its answers are asked for, never sent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.channels.channel import Accept, Outgoing
from handlers.errors import NotFound
from handlers.language.translation import say
from handlers.messages import Attachment, Reply
from storage.people.access.tokens import CHANNEL


class Programs:
    """Every reply is kept with its message (`storage.messages.idempotency`), where a program reads it."""

    name = CHANNEL
    edits = False
    gathers = True

    async def listen(self, accept: Accept) -> None:
        """Nothing comes in here: the web chat's server takes the calls."""
        await asyncio.Event().wait()

    async def fetch(self, attachment: Attachment) -> bytes:
        """Raises: NotFound, since files are kept before their message is accepted."""
        raise NotFound(say("This file is no longer kept."))

    def files_apart(self, reply: Reply) -> Sequence[int]:
        """See `Channel`: none."""
        return ()

    async def send(self, outgoing: Outgoing) -> str:
        """It is there already."""
        return outgoing.key

    async def edit(self, sent_id: str, outgoing: Outgoing) -> str:
        """It is there already."""
        return sent_id

    async def close(self) -> None:
        """Nothing is open."""
