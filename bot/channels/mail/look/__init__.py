"""How our mails look: `compose.py` makes a mail of a reply, `render.py` its text and its HTML from the templates."""

from bot.channels.mail.look.letterhead import Letterhead

__all__ = ["Letterhead"]
