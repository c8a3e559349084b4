"""Telegram, through its Bot API: by long polling, or by a webhook."""

from bot.channels.telegram.channel import Telegram

__all__ = ["Telegram"]
