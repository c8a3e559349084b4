"""Files on their way in: one that cannot be had takes no other of its message with it."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace

from bot.channels.channel import Channel, Files
from handlers.errors import BillifyError, PlatformLimit
from handlers.language.translation import sayable
from handlers.messages import Attachment, Message

TRIES = 6
"""So often a message's files are asked for while the platform has trouble, with the pauses of durable work about half a
minute; then those that came are gone on with."""

AWAY = sayable("{channel} does not give me {name} just now. Please send it again in a while.")

log = logging.getLogger(__name__)


class Fetching:
    """Brings the files of messages into the document store. How often that was tried is forgotten with the process."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._tries: Counter[str] = Counter()

    async def fetched(self, message: Message, channel: Channel) -> Message:
        """The message with each file in the store, or with why it is not.

        Raises: whatever the platform's library raises, until it was tried for long enough.
        """
        trouble: list[Exception] = []
        files = [await self._one(attachment, channel, trouble) for attachment in message.attachments]
        if trouble:
            self._tries[message.key] += 1
            if self._tries[message.key] < TRIES:
                raise trouble[0]
            log.error("%d files of %s cannot be had", len(trouble), message.key, exc_info=trouble[0])
        self._tries.pop(message.key, None)
        return replace(message, attachments=tuple(files))

    async def _one(self, attachment: Attachment, channel: Channel, trouble: list[Exception]) -> Attachment:
        if attachment.sha256 is not None:
            return attachment
        try:
            data = await channel.fetch(attachment)
        except PlatformLimit as error:
            return _faulty(attachment, error.text, **error.values)
        except BillifyError as error:
            return _faulty(attachment, str(error))
        except Exception as error:  # of any platform
            trouble.append(error)
            return _faulty(attachment, AWAY, channel=channel.name.capitalize(), name=attachment.name)
        return replace(attachment, sha256=await self._files.put(data), handle=None)


def _faulty(attachment: Attachment, text: str, **values: object) -> Attachment:
    """The file with why it cannot be had, to be said in the language of whoever sent it."""
    return replace(attachment, fault=text, fault_values=tuple((name, str(value)) for name, value in values.items()))
