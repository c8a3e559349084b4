"""Whatever cannot be done, as a problem of RFC 9457 that says why, and what to do next."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.channels.channel import NotAccepted
from bot.channels.problems import MEDIA_TYPE, problem
from handlers import errors
from handlers.button_ids import pick_choices
from handlers.language.translation import say
from handlers.messages import Reply
from handlers.wording import bill_texts, refusals
from storage import errors as ledger
from storage.db.database import is_away

log = logging.getLogger(__name__)


class Unfit(errors.BillifyError):
    """Something in the call is not what it should be."""


class Changed(errors.BillifyError):
    """It is not any more what the caller saw (If-Match)."""


class KeyReused(errors.BillifyError):
    """An Idempotency-Key came with another call before."""


class NothingDone(errors.BillifyError):
    """The use case asked back, or found nothing to do: `replies` say what."""

    def __init__(self, replies: Sequence[Reply]) -> None:
        super().__init__("\n".join(reply.text for reply in replies if reply.text))
        self.replies = replies


class Choice(BaseModel):
    """What can be answered."""

    id: str
    label: str


class Problem(BaseModel):
    """RFC 9457. `detail` says why, and what to do next."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] | None = Field(None, description="Each value that does not fit, by its place.")
    choices: list[Choice] | None = Field(None, description="What there is to choose from.")
    missing: list[str] | None = Field(None, description="Fields of a bill that have to be known first.")
    scope: str | None = Field(None, description="The scope that the token lacks.")


_STATUS: tuple[tuple[type[Exception], int], ...] = (
    (Unfit, 422), (Changed, 412), (KeyReused, 422), (NothingDone, 409),
    (errors.NotAllowed, 403), (errors.NotFound, 404), (errors.NotUnderstood, 422), (errors.BillifyError, 409),
    (ledger.NoSuchBill, 404), (ledger.KeyOfAnother, 404), (ledger.NotYours, 403), (ledger.NoSuchAccount, 422),
    (ledger.Unfit, 422), (ledger.LedgerError, 409),
)  # fmt: skip
"""The first that fits."""

STATUSES = (400, 401, 403, 404, 405, 409, 412, 413, 415, 421, 422, 429, 500, 503)
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"description": "Why not, and what to do next.", "content": {MEDIA_TYPE: {}}, "model": Problem}
    for status in STATUSES
}


def register(app: FastAPI) -> None:
    """Has the application answer every error so."""
    app.add_exception_handler(errors.BillifyError, _refused)
    app.add_exception_handler(ledger.LedgerError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(NotAccepted, _away)
    app.add_exception_handler(Exception, _fault)


async def _refused(_: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    text = refusals.refusal(error) if isinstance(error, ledger.LedgerError) else str(error)
    return problem(status, text, code=_code(error), choices=_choices(error), missing=_missing(error))


def _code(error: Exception) -> str:
    """ "nothing-done" of NothingDone."""
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in type(error).__name__).lstrip("-")


def _choices(error: Exception) -> list[dict[str, str]] | None:
    offered: Sequence[Any] = ()
    if isinstance(error, NothingDone):
        offered = [choice for reply in error.replies for choice in reply.choices]
    elif isinstance(error, errors.WhichOne):
        offered = pick_choices(error.choices)
    return [{"id": choice.id, "label": choice.label} for choice in offered] or None


def _missing(error: Exception) -> list[str] | None:
    return list(error.missing) if isinstance(error, ledger.Incomplete) else None


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [{"at": "/".join(map(str, one["loc"])), "detail": str(one["msg"])} for one in error.errors()]
    text = say(
        "Some values do not fit; each is named in “errors”. The description of the API says what may stand there."
    )
    return problem(422, text, errors=found)


async def _http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    words = {
        400: say("This call cannot be read. Send it as the description of the API (openapi.json) says."),
        404: say("There is nothing here. The description of the API (openapi.json) says what there is."),
        405: say("This cannot be done here. The description of the API (openapi.json) says what can."),
    }
    text = words.get(error.status_code, str(error.detail))
    return problem(error.status_code, text, headers=error.headers)


async def _away(_: Request, __: Exception) -> Response:
    return problem(503, say("I cannot keep this just now. Try again in a minute."), headers={"Retry-After": "30"})


async def _fault(request: Request, error: Exception) -> Response:
    if is_away(error):
        return await _away(request, error)
    log.error("%s %s failed", request.method, request.url.path)
    return problem(500, bill_texts.our_fault())
