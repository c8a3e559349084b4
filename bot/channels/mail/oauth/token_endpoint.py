"""Asking a service's token endpoint (RFC 6749, 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

_SECONDS = 30


@dataclass(frozen=True)
class Granted:
    """Tokens that a service gave; `seconds` is how long the access token is good, `refresh` "" where it gave no new
    one."""

    access: str
    refresh: str
    seconds: int


class Denied(Exception):
    """The service said no; `code` is its word (RFC 6749, 5.2; RFC 8628, 3.5)."""

    def __init__(self, code: str, description: str = "") -> None:
        super().__init__(description or code)
        self.code = code


class ServiceAway(Exception):
    """The service cannot be asked now."""


async def ask(url: str, fields: dict[str, str]) -> dict[str, Any]:
    """Posts a form and returns the JSON that comes back. Raises: Denied, ServiceAway."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=_SECONDS)) as session,
            session.post(url, data=fields, headers={"Accept": "application/json"}) as response,
        ):
            answer = await response.json(content_type=None)
            status = response.status
    except (ClientError, OSError, TimeoutError, ValueError) as error:
        raise ServiceAway(f"{url}: {error or type(error).__name__}") from error
    if not isinstance(answer, dict) or status >= 500:
        raise ServiceAway(f"{url}: status {status}")
    if "error" in answer or status >= 400:
        description = str(answer.get("error_description") or "").splitlines()
        raise Denied(str(answer.get("error") or status), description[0][:300] if description else "")
    return answer


async def tokens(url: str, fields: dict[str, str]) -> Granted:
    """Tokens for what these fields say. Raises: Denied, ServiceAway."""
    answer = await ask(url, fields)
    try:
        return Granted(
            str(answer["access_token"]), str(answer.get("refresh_token") or ""), int(answer.get("expires_in") or 3600)
        )
    except (KeyError, ValueError) as error:
        raise ServiceAway(f"{url} gave no token") from error
