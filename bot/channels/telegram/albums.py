"""Albums: Telegram brings each picture of one as a message of its own, with the caption beside the first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from bot.channels.channel import Accept
from bot.channels.telegram.inbound import gathered
from handlers.messages import Message, from_json, to_json
from storage.db.database import Database
from storage.db.tenancy import acting
from storage.messages import albums

GATHER_SECONDS = 1.5
"""After the last part of an album; Telegram brings them within a fraction of that."""

log = logging.getLogger(__name__)


class Albums(Protocol):
    """Where the parts of albums lie until they are together."""

    async def keep(self, part: Message) -> None:
        """Keeps a part durably; once however often it is brought."""
        ...

    async def waiting(self) -> dict[str, datetime]:
        """The albums that were not passed on, and when the last part of each came."""
        ...

    async def parts(self, album: str) -> list[Message]:
        """The parts of an album."""
        ...

    async def drop(self, parts: Sequence[Message]) -> None:
        """Forgets parts that were passed on."""
        ...


class LedgerAlbums:
    """In the ledger's database, so that a part is not lost when it was acknowledged, whichever process gathers."""

    channel = "telegram"

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, part: Message) -> None:
        """See `Albums`."""
        await self._database.run(
            albums.keep_part,
            channel=self.channel,
            album=part.album,
            key=part.key,
            message=to_json(replace(part, company=acting())),
            now=datetime.now(UTC),
        )

    async def waiting(self) -> dict[str, datetime]:
        """See `Albums`."""
        return await self._database.read(albums.waiting_albums, self.channel)

    async def parts(self, album: str) -> list[Message]:
        """See `Albums`."""
        return [from_json(Message, part) for part in await self._database.read(albums.parts_of, self.channel, album)]

    async def drop(self, parts: Sequence[Message]) -> None:
        """See `Albums`."""
        await self._database.run(albums.drop_parts, [part.key for part in parts])


async def pass_on(kept: Albums, accept: Accept, pause: float) -> None:
    """Passes each album on as one message once no part of it came for a while, until cancelled; what is begun by then
    is finished. A part that comes later than that is a message by itself."""
    while True:
        begun = asyncio.create_task(_pass_on_what_is_complete(kept, accept, pause))
        try:
            await asyncio.shield(begun)
        finally:
            await asyncio.wait([begun])
        await asyncio.sleep(pause / 3)


async def _pass_on_what_is_complete(kept: Albums, accept: Accept, pause: float) -> None:
    try:
        for album, last in (await kept.waiting()).items():
            if (datetime.now(UTC) - last).total_seconds() >= pause:
                parts = await kept.parts(album)
                if parts:  # else another process was quicker
                    await accept(gathered(parts))
                    await kept.drop(parts)
    except Exception:  # of our own database, or what accepts
        log.exception("An album of Telegram could not be passed on; it is tried again")
