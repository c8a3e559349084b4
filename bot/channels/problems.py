"""Errors as programs read them: RFC 9457, "Problem Details for HTTP APIs"."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import JSONResponse, Response

API = "/api/"
"""How the paths begin that programs call."""
MEDIA_TYPE = "application/problem+json"


class _ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE


def problem(
    status: int, detail: str, *, code: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """The answer. `detail` says why, and what to do next; `code` names the kind of problem, where the status does not
    say enough; `more` are members of their own, None for those that there are not."""
    title = HTTPStatus(status).phrase
    kind = f"urn:billify:problem:{code}" if code else "about:blank"
    content = {"type": kind, "title": title, "status": status, "detail": detail}
    content |= {name: value for name, value in more.items() if value is not None}
    return _ProblemResponse(content, status, headers=dict(headers or {}))
