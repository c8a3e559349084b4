"""One call, as the routes have it: what is asked for in it, and how it is answered."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from bot.api.caller import Caller
from bot.api.description import parameters_of
from bot.api.refusals import Unfit
from bot.api.work import Answer, Shape, Work, Write
from handlers.language.translation import say

Printable = r"^[\x21-\x7e]+$"


def refuse_unknown(http: Request) -> None:
    """A condition that nobody knows is misspelt, and would else be left out. Raises: Unfit."""
    route = http.scope["route"]
    assert isinstance(route, APIRoute)
    known = parameters_of(http.app)[str(route.operation_id)]
    if strange := [name for name in http.query_params if name not in known]:
        names = ", ".join(sorted(known)) or "–"
        raise Unfit(say("There is no parameter “{name}” here. There are: {known}.", name=strange[0], known=names))


READS = Write("")
"""Of a call that changes nothing."""


@dataclass(frozen=True)
class Call:
    """`write` is set where it may change something."""

    http: Request
    caller: Caller
    work: Work
    write: Write = READS

    async def read(self, request: object, shape: Shape, *, bill: int | None = None) -> Response:
        """What is so, or (If-None-Match) that it is as it was."""
        return self._answered(await self.work.read(self.caller, request, shape, bill))

    async def change(
        self,
        request: object | None,
        shape: Shape,
        *,
        bill: int | None = None,
        steps: bool = True,
        status: int = 200,
        then: Callable[[Answer], Awaitable[None]] | None = None,
    ) -> Response:
        """See `Work.write`. `then` is done once the answer is certain, and again when the call is repeated."""
        answer = await self.work.write(self.caller, self.write, request, shape, bill=bill, steps=steps)
        if then is not None:
            await then(answer)
        return _response(answer, status)

    def _answered(self, answer: Answer) -> Response:
        known = [one.strip().removeprefix("W/") for one in self.http.headers.get("if-none-match", "").split(",")]
        if answer.etag in known or known == ["*"]:
            return Response(status_code=304, headers={"ETag": answer.etag})
        return _response(answer, 200)


def _response(answer: Answer, status: int) -> Response:
    headers = {"ETag": answer.etag, "Cache-Control": "private, no-cache"}
    return Response(answer.body, status, headers, media_type="application/json")


def _reading(
    http: Request,
    if_none_match: Annotated[
        str | None, Header(max_length=400, description="An ETag: 304 where it is still so.")
    ] = None,
) -> Call:
    return Call(http, http.state.caller, http.app.state.work)


Once = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        pattern=Printable,
        description="Any text of your own: the same call again under it is done once, and answered the same.",
    ),
]


async def _writing(http: Request, once: Once = None) -> Call:
    return Call(http, http.state.caller, http.app.state.work, Write(await _fingerprint(http), once))


async def _changing(
    http: Request,
    once: Once = None,
    if_match: Annotated[
        str | None, Header(max_length=400, description="The ETag of what you saw: 412 where it is otherwise by now.")
    ] = None,
) -> Call:
    return Call(http, http.state.caller, http.app.state.work, Write(await _fingerprint(http), once, if_match))


async def _handing_in(http: Request, once: Once = None) -> Call:
    return Call(http, http.state.caller, http.app.state.work, Write("", once))


Reading = Annotated[Call, Depends(_reading)]
Writing = Annotated[Call, Depends(_writing)]
Changing = Annotated[Call, Depends(_changing)]
"""Of something that has an ETag."""
HandingIn = Annotated[Call, Depends(_handing_in)]
"""A file, of which only its reader knows the fingerprint."""


async def _fingerprint(http: Request) -> str:
    said = f"{http.method} {http.url.path}?{http.url.query}\n".encode() + await http.body()
    return hashlib.sha256(said).hexdigest()
