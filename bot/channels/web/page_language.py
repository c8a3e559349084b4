"""In which language the chat speaks by itself: the one that a person told, else the one that their browser asks for."""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.channels.web.sign_in import SESSION, Person, SignIn, token_of
from handlers.language.translation import LANGUAGES, Language, known_language, speaking

_RANGE = re.compile(r"\s*([a-z]{1,8})(?:-[a-z0-9-]+)?\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?", re.I)
_TOLD = "language"


class LanguageMiddleware:
    """ASGI middleware, within that of sessions: whatever is said while a request is served is in its language."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with speaking(told(HTTPConnection(scope)) or asked_for(Headers(scope=scope))):
            await self.app(scope, receive, send)


async def spoken_to(request: Request, door: SignIn, person: Person) -> Language:
    """The language to speak in with who opens a page: what they told, else what their browser asks for. Their cookie is
    signed anew, so that it lasts while it is used."""
    request.session[SESSION] = token_of(request)
    remember(request, said := await door.language(person.address))
    return said or asked_for(request.headers)


def told(request: HTTPConnection) -> Language | None:
    """The language that the person had told when the page was last opened; None where they told none."""
    return known_language(request.session.get(_TOLD))


def remember(request: HTTPConnection, language: Language | None) -> None:
    """Notes in the signed cookie which language the person told, None for none."""
    if language:
        request.session[_TOLD] = language
    else:
        request.session.pop(_TOLD, None)


def asked_for(headers: Headers) -> Language:
    """The language that the browser would rather have (Accept-Language, RFC 9110, section 12.5.4) of those we speak."""
    weights: dict[Language, float] = {}
    for one in headers.get("accept-language", "").split(","):
        found = _RANGE.fullmatch(one)
        language = known_language(found[1].lower()) if found else None
        if found and language:
            weights[language] = max(weights.get(language, 0.0), float(found[2] or 1))
    wanted = [language for language in weights if weights[language]]  # a weight of 0 means: not this one
    return max(wanted, key=weights.__getitem__, default=LANGUAGES[0])
