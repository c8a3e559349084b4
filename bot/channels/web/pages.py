"""Rendering: posts and pages as HTML, always escaped."""

from __future__ import annotations

import re
from collections.abc import Callable

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from bot.channels.chatlog import Post
from handlers.language.formats import moment
from handlers.language.translation import language, say, speaking
from handlers.messages import Attachment, Reply

Link = Callable[[Attachment], str]
"""The address at which one person may open a file."""

_MINUS = re.compile(r"(?<!\w)-(?=[^\W\d]{0,3}[$\u00a3\u00a5\u20a0-\u20c0]|[A-Z]{3}\s?\d|\d)")
SHOWN_AS_PICTURE = ("image/png", "image/jpeg", "image/webp", "image/gif")


def render(post: Post, link: Link) -> str:
    """One post as an HTML fragment, the same whether the page brings it or the event stream."""
    template = _templates.get_template("post.html")
    with speaking(post.reply.language if post.reply else language()):
        return template.render(post=post, link=link)


def page(name: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """A whole page from its template."""
    return HTMLResponse(_templates.get_template(name).render(values), status_code=status)


def is_status(reply: Reply) -> bool:
    """Whether a reply only says what is going on ("Reading…") and will be replaced by the answer."""
    return reply.text.endswith("…") and not (reply.card or reply.choices or reply.attachments)


def is_picture(attachment: Attachment) -> bool:
    """Whether browsers can show it. The sender's claim decides the look only: files.py looks at the bytes."""
    return attachment.media_type in SHOWN_AS_PICTURE


def unbroken(text: str) -> str:
    """The text with a word joiner behind each minus before an amount, where browsers break lines otherwise (UAX 14,
    class HY)."""
    return _MINUS.sub("-\N{WORD JOINER}", text)


def environment(*packages: str) -> Environment:
    """Templates of these packages, the first that has one of a name, and below them those of the web chat."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "bot.channels.web")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.tests.update(status=is_status, picture=is_picture)
    made.filters.update(unbroken=unbroken)
    made.globals.update(say=say, language=language, moment=moment)
    return made


_templates = environment()
