"""Asking a provider over HTTP: little, soon, and nowhere that others read along."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.channels.web.openid.provider import is_safe

SECONDS = 10
MOST_BYTES = 1024 * 1024


class ProviderFault(Exception):
    """The provider cannot be asked, or answered what nobody can rely on; `str(error)` is for the log."""


async def ask(
    url: str, form: dict[str, str] | None = None, headers: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """The status, and the JSON object that comes back; with a `form` it is posted.

    Redirects are not followed: a code must go nowhere else. Raises: ProviderFault.
    """
    if not is_safe(url):
        raise ProviderFault(f"{url} is no https:// address")
    method, sent = "GET" if form is None else "POST", {"Accept": "application/json"} | (headers or {})
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
            session.request(method, url, data=form, headers=sent, allow_redirects=False) as response,
        ):
            body = await response.content.read(MOST_BYTES + 1)
            while len(body) <= MOST_BYTES and (more := await response.content.read(MOST_BYTES)):
                body += more
            status = response.status
    except (ClientError, OSError, TimeoutError) as error:
        raise ProviderFault(f"{url}: {error or type(error).__name__}") from error
    if len(body) > MOST_BYTES:
        raise ProviderFault(f"{url} answers more than {MOST_BYTES} bytes")
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderFault(f"{url}: status {status}, no JSON") from error
    if not isinstance(answer, dict):
        raise ProviderFault(f"{url} answers no object")
    return status, answer
