"""What has to be remembered of what Telegram was sent, by whichever process: pictures, and long buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from storage.db.database import Database
from storage.messages import platform_limits

CHANNEL = "telegram"


@dataclass(frozen=True)
class ShownPicture:
    """A picture that stands in a chat: in which message (`sent_id`), since when, and Telegram's id of the file."""

    sent_id: str
    file_id: str
    shown_at: datetime


class Memory(Protocol):
    """See the module."""

    async def token_of(self, choice: str) -> str:
        """A short name for what a button sends back; the same one for the same."""
        ...

    async def choice_of(self, token: str) -> str | None:
        """What the button of that name sends back; None for none of ours."""
        ...

    async def picture(self, chat: int, sha256: str) -> ShownPicture | None:
        """Where a chat shows a picture; None where it does not."""
        ...

    async def file_of(self, sha256: str) -> str | None:
        """Telegram's id of a picture that any chat shows; None where it has to be sent."""
        ...

    async def keep_picture(self, chat: int, sha256: str, sent_id: str, file_id: str) -> None:
        """Notes that a message shows a picture."""
        ...

    async def forget_pictures(self, sent_id: str) -> None:
        """Notes that a message is gone."""
        ...


class LedgerMemory:
    """In the ledger's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def token_of(self, choice: str) -> str:
        """See `Memory`."""
        return await self._database.run(platform_limits.keep_button, choice)

    async def choice_of(self, token: str) -> str | None:
        """See `Memory`."""
        return await self._database.read(platform_limits.button_of, token)

    async def picture(self, chat: int, sha256: str) -> ShownPicture | None:
        """See `Memory`."""
        found = await self._database.read(platform_limits.picture_in, CHANNEL, str(chat), sha256)
        return ShownPicture(found.sent_id, found.file_id, found.shown_at) if found else None

    async def file_of(self, sha256: str) -> str | None:
        """See `Memory`."""
        found = await self._database.read(platform_limits.picture_anywhere, CHANNEL, sha256)
        return found.file_id if found else None

    async def keep_picture(self, chat: int, sha256: str, sent_id: str, file_id: str) -> None:
        """See `Memory`."""
        await self._database.run(
            platform_limits.keep_picture,
            channel=CHANNEL,
            chat=str(chat),
            sha256=sha256,
            sent_id=sent_id,
            file_id=file_id,
            now=datetime.now(UTC),
        )

    async def forget_pictures(self, sent_id: str) -> None:
        """See `Memory`."""
        await self._database.run(platform_limits.forget_pictures, CHANNEL, sent_id)
