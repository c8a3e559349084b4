"""A reply in the look of mail: the same content as HTML and as plain text.

Mail programs are older than browsers, and Outlook's is Word: the HTML is of tables with widths and colours as
attributes and inline styles, nothing is laid out by what Word ignores, and nothing is loaded from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.channels.channel import Outgoing
from bot.channels.mail.look.letterhead import Letterhead
from bot.channels.mail.marks.reply_tokens import ReplyTokens, SignedButton
from handlers.language.translation import language, say, speaking
from handlers.messages import Choice

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True)
class Enclosed:
    """What comes with a reply: the Content-ID of its card's picture ("" if none), those of pictures among its files,
    and the names of the other files."""

    picture_id: str
    pictures: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Button:
    """A choice: the page that asks about it once more ("" without one), and the mail that a press begins (RFC 6068)."""

    label: str
    style: str
    link: str
    mailto: str


def render(outgoing: Outgoing, letterhead: Letterhead, enclosed: Enclosed, seals: ReplyTokens) -> tuple[str, str]:
    """Plain text and HTML of a reply."""
    reply = outgoing.reply
    with speaking(reply.language):
        content = {
            "reply": reply,
            "card": reply.card,
            "buttons": [_button(choice, outgoing, letterhead, seals) for choice in reply.choices],
            "enclosed": enclosed,
            "address": letterhead.address,
            "asked": outgoing.message.notice is None,
            "say": say,
            "language": language(),
        }
        text = _TEMPLATES.get_template("reply.txt").render(content)
        html = _TEMPLATES.get_template("reply.html").render(content)
    return text.strip() + "\n", html


def _button(choice: Choice, outgoing: Outgoing, letterhead: Letterhead, seals: ReplyTokens) -> Button:
    message, pressed = outgoing.message, SignedButton(outgoing.key, choice.id)
    about = outgoing.reply.card.title if outgoing.reply.card else message.subject
    code = seals.code(pressed, message.sender, message.sent_at)
    fields = {
        "subject": f"{choice.label}: {about}" if about else choice.label,
        "body": f"[{say('{label}: just send this mail as it is.', label=choice.label)} {code}]\r\n",
    }
    mailto = f"mailto:{quote(letterhead.address, safe='@')}?{urlencode(fields, quote_via=quote)}"
    token = seals.link(pressed, message.sender, message.sent_at)
    link = f"{letterhead.link_url}/mail/{token}" if letterhead.link_url else ""
    return Button(choice.label, choice.style, link, mailto)
