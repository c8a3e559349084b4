"""The web chat: Starlette, server-sent events, no build step."""

from bot.channels.web.channel import Web
from bot.channels.web.sign_in import SignIn

__all__ = ["SignIn", "Web"]
