"""The terminal: `billify say` and `billify chat` bring messages in, and print what comes back."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.channels.channel import Accept, Outgoing
from bot.channels.chatlog import ChatLog, Post
from handlers.errors import NotPossible
from handlers.messages import Attachment, Reply


class Terminal:
    """Keeps what it is to say in the chat log; the command that waits for it prints it."""

    name = "terminal"
    edits = True
    gathers = False

    def __init__(self, log: ChatLog) -> None:
        self._log = log

    async def listen(self, accept: Accept) -> None:
        """Waits: the commands accept messages themselves, in their own process."""
        await asyncio.Event().wait()

    async def fetch(self, attachment: Attachment) -> bytes:
        """Never needed: the command stores a file's bytes before it accepts the message."""
        raise NotPossible(f"“{attachment.name}” did not arrive. Please send it again.")

    def files_apart(self, reply: Reply) -> tuple[int, ...]:
        """See `Channel`: none."""
        return ()

    async def send(self, outgoing: Outgoing) -> str:
        """Writes the reply into the log under its key, which is also its id."""
        return await self.edit(outgoing.key, outgoing)

    async def edit(self, sent_id: str, outgoing: Outgoing) -> str:
        """Writes the reply in place of the one that was logged under `sent_id`."""
        message = outgoing.message
        await self._log.write(Post(sent_id, self.name, message.conversation, None, outgoing.reply, datetime.now(UTC)))
        return sent_id

    async def close(self) -> None:
        """Nothing is open."""
