"""Mail: `channel.Mail` puts the parts together."""

from bot.channels.mail.channel import Mail

__all__ = ["Mail"]
