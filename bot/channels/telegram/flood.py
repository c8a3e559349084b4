"""Telegram's flood limits, kept to before it has to say so (https://core.telegram.org/bots/faq, “My bot is hitting
limits”). The limiter of python-telegram-bot halts all chats where one is over its limit, so only its measures are used.
"""

from __future__ import annotations

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit

MINUTE = 60.0
MOST_CHATS = 512
"""Of so many groups the measure is kept; then those are forgotten that were quiet for a minute."""


class Pace:
    """So many messages a second to all chats together, and so many a minute to one group, for which no other waits."""

    def __init__(
        self,
        a_second: float = FloodLimit.MESSAGES_PER_SECOND,
        a_minute_to_group: float = FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP,
    ) -> None:
        self._all = AsyncLimiter(a_second, 1)
        self._a_minute_to_group = a_minute_to_group
        self._groups: dict[int, AsyncLimiter] = {}

    async def turn(self, chat: object) -> None:
        """Waits for the turn of a request about a chat (None: about none, which never waits). Groups have numbers below
        zero."""
        if not isinstance(chat, int):
            return
        if chat < 0:
            await self._of(chat).acquire()
        await self._all.acquire()

    def _of(self, group: int) -> AsyncLimiter:
        if len(self._groups) >= MOST_CHATS:
            busy = {chat: one for chat, one in self._groups.items() if not one.has_capacity(self._a_minute_to_group)}
            self._groups = busy
        return self._groups.setdefault(group, AsyncLimiter(self._a_minute_to_group, MINUTE))
