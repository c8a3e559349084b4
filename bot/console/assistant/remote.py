"""The Billify that an assistant's server asks, by its API."""

from __future__ import annotations

import json
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import uuid4

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout

from handlers.errors import BillifyError

SECONDS = 60.0
_PATH = "/api/v1"


class Refused(BillifyError):
    """Billify does not do that; the text says why."""


class Remote:
    """Asks while it is open. `url` is the web chat's address."""

    def __init__(self, url: str, token: str, seconds: float = SECONDS) -> None:
        """Raises: BillifyError for an address or a token that cannot be."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise BillifyError(f"“{url}” is no address. Say --url https://billify.example.com, as in your browser.")
        if not token.startswith("bfy_"):
            raise BillifyError(
                "Set BILLIFY_MCP_TOKEN to a token of yours: `billify token create assistant --scope assistant:read "
                "--scope assistant:write` prints one."
            )
        self.url = url.rstrip("/")
        self._token, self._seconds = token, seconds

    async def __aenter__(self) -> Self:
        headers = {"Authorization": f"Bearer {self._token}"}
        self._session = ClientSession(timeout=ClientTimeout(total=self._seconds), headers=headers)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def tools(self) -> list[dict[str, Any]]:
        """The tools, as the API lists them. Raises: Refused."""
        found: list[dict[str, Any]] = (await self._call("GET", "tools"))["tools"]
        return found

    async def call(self, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """What comes of a call. Raises: Refused."""
        return await self._call("POST", "calls", {"tool": tool, "arguments": arguments})

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Idempotency-Key": uuid4().hex} if body is not None else {}
        try:
            async with self._session.request(
                method, f"{self.url}{_PATH}/assistant/{path}", json=body, headers=headers, allow_redirects=False
            ) as response:
                return await _answer(response, self.url)
        except TimeoutError:
            raise Refused(f"Billify at {self.url} did not answer within {self._seconds:.0f} seconds.") from None
        except (ClientError, OSError) as error:
            raise Refused(f"Billify at {self.url} cannot be reached: {error}. Is it running?") from None


async def _answer(response: ClientResponse, url: str) -> dict[str, Any]:
    try:
        found = json.loads(await response.read())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refused(f"What answers at {url} is no Billify (HTTP {response.status}).")
    if response.status != 200:
        raise Refused(str(found.get("detail") or f"HTTP {response.status}"))
    return found
