"""Telegram's flood limits, kept to before it has to say so (https://core.telegram.org/bots/faq, “My bot is hitting
limits”). The limiter of python-telegram-bot halts all chats where one is over its limit, so only its measures are used.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.ext import BaseRateLimiter

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

    def is_free(self, chat: int) -> bool:
        """Whether a request about a chat would go out at once."""
        return self._all.has_capacity() and (chat > 0 or self._of(chat).has_capacity())

    def _of(self, group: int) -> AsyncLimiter:
        if len(self._groups) >= MOST_CHATS:
            busy = {chat: one for chat, one in self._groups.items() if not one.has_capacity(self._a_minute_to_group)}
            self._groups = busy
        return self._groups.setdefault(group, AsyncLimiter(self._a_minute_to_group, MINUTE))


class Paced(BaseRateLimiter[None]):
    """Has requests wait for their turn. What Telegram refuses as too much all the same is not tried again here: it is
    put off (`refusal`), so that nobody waits for it with a conversation in hand."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | dict[str, Any] | list[dict[str, Any]]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> bool | dict[str, Any] | list[dict[str, Any]]:
        """The result of the request. Raises: RetryAfter where Telegram says so."""
        await self._pace.turn(data.get("chat_id"))
        return await callback(*args, **kwargs)
