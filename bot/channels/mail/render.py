"""A reply in the look of mail: the same content as HTML and as plain text.

Mail programs are older than browsers: the HTML is of tables and inline styles and loads nothing from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.channels.channel import Outgoing
from bot.channels.mail.reply_tokens import ReplyTokens, SignedButton
from handlers.language.translation import say, speaking
from handlers.messages import Choice

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Look:
    """What stands around a reply: our address, the Content-ID of its card's picture ("" if none), those of pictures
    among its files, and the names of the other files."""

    address: str
    picture_id: str
    pictures: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Button:
    """A choice, and the mail that a press on it begins (RFC 6068)."""

    label: str
    style: str
    href: str


def render(outgoing: Outgoing, look: Look, seals: ReplyTokens) -> tuple[str, str]:
    """Plain text and HTML of a reply."""
    reply = outgoing.reply
    buttons = [_button(choice, outgoing, look.address, seals) for choice in reply.choices]
    words = " · ".join(choice.label.lower() for choice in reply.choices)
    content = {"reply": reply, "card": reply.card, "buttons": buttons, "words": words, "look": look, "say": say}
    with speaking(reply.language):
        text = _TEMPLATES.get_template("reply.txt").render(content)
        html = _TEMPLATES.get_template("reply.html").render(content)
    return text.strip() + "\n", html


def _button(choice: Choice, outgoing: Outgoing, address: str, seals: ReplyTokens) -> Button:
    message = outgoing.message
    about = outgoing.reply.card.title if outgoing.reply.card else message.subject
    code = seals.code(SignedButton(outgoing.key, choice.id), message.sender, message.sent_at)
    fields = {
        "subject": f"{choice.label}: {about}" if about else choice.label,
        "body": f"[{choice.label}: just send this mail as it is. {code}]\r\n",
    }
    href = f"mailto:{quote(address, safe='@')}?{urlencode(fields, quote_via=quote)}"
    return Button(choice.label, choice.style, href)
