"""Requests and refusals of Slack's Web API as they travel."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web


class Refused(Exception):
    """An answer that is not ok: its code, and for how many seconds to wait where that is why."""

    def __init__(self, code: str, wait: int | None = None, status: int = 200) -> None:
        self.code, self.wait, self.status = code, wait, 429 if wait is not None else status


async def parameters_of(request: web.Request) -> dict[str, Any]:
    """From the query, a form or JSON, whichever the client chose; values that are JSON themselves decoded."""
    given = dict(request.query)
    if request.content_type == "application/json":
        given |= await request.json()
    else:
        given |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for key in ("blocks", "files", "metadata"):
        if isinstance(given.get(key), str):
            given[key] = json.loads(given[key])
    return given
