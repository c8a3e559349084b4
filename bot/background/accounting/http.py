"""Asking accounting software over HTTP: JSON there and back, its refusals in our terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, FormData

from bot.background.accounting.platform import NotNow, Refused, SignInOver
from bot.background.retry_after import waited

SECONDS = 60
MOST_BYTES = 8 << 20


async def ask(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    query: Mapping[str, str] | None = None,
    body: object = None,
    file: tuple[str, str, bytes] | None = None,
    raw: tuple[str, bytes] | None = None,
) -> Any:
    """The JSON that comes back, None for nothing. `body` goes as JSON, a `file` (name, media type, bytes) as a form,
    `raw` (media type, bytes) as it is. Raises: Refused, NotNow, SignInOver."""
    data: object = None
    sent = {"Accept": "application/json", **headers}
    if file is not None:
        form = FormData()
        form.add_field("file", file[2], filename=file[0], content_type=file[1])
        form.add_field("type", "voucher")
        data = form
    elif raw is not None:
        data, sent["Content-Type"] = raw[1], raw[0]
    elif body is not None:
        data, sent["Content-Type"] = json.dumps(body).encode(), "application/json"
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
            session.request(method, url, params=query, data=data, headers=sent, allow_redirects=False) as response,
        ):
            told = await response.content.read(MOST_BYTES)
            status, retry_after = response.status, response.headers.get("Retry-After", "")
    except (ClientError, OSError, TimeoutError) as error:
        raise NotNow(str(error) or type(error).__name__) from error
    answer = _json(told)
    if status == 401:
        raise SignInOver(_why(answer, status))
    if status in (408, 425, 429) or status >= 500:
        raise NotNow(_why(answer, status), waited(retry_after, datetime.now(UTC)))
    if status >= 300:
        raise Refused(_why(answer, status))
    return answer


def _json(told: bytes) -> Any:
    try:
        return json.loads(told) if told else None
    except (ValueError, RecursionError):
        return None


def _why(answer: Any, status: int) -> str:
    """What the platform says is wrong, in one line: its messages, wherever they stand."""
    found = " ".join(dict.fromkeys(_messages(answer)))
    return f"{found[:300]} (HTTP {status})" if found else f"HTTP {status}"


def _messages(answer: Any) -> list[str]:
    if isinstance(answer, list):
        return [text for each in answer for text in _messages(each)]
    if not isinstance(answer, dict):
        return []
    own = [str(value) for key, value in answer.items() if key.lower() in _TOLD and isinstance(value, str) and value]
    return own + [text for value in answer.values() if isinstance(value, list | dict) for text in _messages(value)]


_TOLD = ("message", "detail", "title", "i18nkey", "error_description")
