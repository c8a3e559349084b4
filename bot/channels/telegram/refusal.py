"""What Telegram says when it refuses a request, and what that means for what was to be said.

https://core.telegram.org/bots/api#making-requests, #responseparameters
"""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.channel import Moved, Postponed, Undeliverable
from handlers.language.translation import sayable

SHUT_OUT = sayable(
    "Telegram does not let Billify write to this chat ({error}). Open the chat with the bot and press Start, or add "
    "the bot to the group again."
)
REFUSED = sayable("Telegram refuses it ({error}).")


def translated(error: TelegramError, chat: int) -> Postponed | Undeliverable | Moved:
    """What an error means for what was to be said in this chat."""
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
        return Postponed(f"Telegram asks to wait for {seconds:.0f} s", after=seconds)
    if isinstance(error, ChatMigrated):
        return Moved(str(chat), str(error.new_chat_id))
    if isinstance(error, InvalidToken):  # what the library calls any 404, too
        return Postponed("Telegram does not accept the token", away=True, lasting=True)
    if isinstance(error, Forbidden):
        return Undeliverable(SHUT_OUT, error=error)
    if isinstance(error, BadRequest):
        return Undeliverable(REFUSED, error=error)
    return Postponed(f"Telegram cannot be reached ({error})", away=True)
