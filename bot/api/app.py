"""The API as an application: its routes, what every call passes, and how it describes itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from starlette.routing import Mount, Route

from bot.api import feeds, refusals
from bot.api.assistant import calls as assistant
from bot.api.call import refuse_unknown
from bot.api.description import describe
from bot.api.gate import STRANGERS_A_MINUTE, Gate
from bot.api.resources import (
    audit,
    bill_actions,
    bills,
    documents,
    entries,
    events,
    parties,
    payments,
    people,
    reminders,
    reports,
    statements,
    webhooks,
)
from bot.api.work import Work
from bot.channels.channel import Accept

PATH = "/api/v1"
CALLS_A_MINUTE = 600
_ROUTERS = (
    bills, bill_actions, documents, parties, payments, statements, entries, reports, people, reminders, audit, events,
    webhooks, assistant,
)  # fmt: skip
_ABOUT = """What a program does in a person's name: it may what that person may, and of that what its token's scopes
allow. Amounts are decimal strings, dates ISO 8601, currencies ISO 4217. Errors are problems of RFC 9457. Whatever is
read has an ETag; whatever changes something takes an Idempotency-Key."""


class Api:
    """The API of all companies, served beside the pages of the web chat."""

    def __init__(
        self, work: Work, calls_a_minute: int = CALLS_A_MINUTE, strangers_a_minute: int = STRANGERS_A_MINUTE
    ) -> None:
        self._work, self._calls_a_minute = work, calls_a_minute
        self.app = make_app(work, calls_a_minute, strangers_a_minute)

    @property
    def accept(self) -> Accept | None:
        """What makes a message durable; None while nothing is taken."""
        return self._work.accept

    @accept.setter
    def accept(self, accept: Accept | None) -> None:
        self._work.accept = accept

    def mounts(self) -> Sequence[Mount | Route]:
        """What is served where."""
        mount = Mount(PATH, self.app)
        # a line break in a path is the API's to refuse, as everything else is; "." would leave it to the web chat
        mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
        return [mount, *feeds.routes(self._work, self._calls_a_minute)]


def make_app(work: Work, calls_a_minute: int = CALLS_A_MINUTE, strangers_a_minute: int = STRANGERS_A_MINUTE) -> FastAPI:
    """The application, which is mounted at `PATH`."""
    app = FastAPI(
        title="Billify",
        version="1",
        description=_ABOUT,
        servers=[{"url": PATH}],
        root_path_in_servers=False,
        docs_url=None,
        redoc_url=None,
        dependencies=[
            Depends(HTTPBearer(auto_error=False, description="A token: bfy_…")),
            Depends(refuse_unknown),
        ],
        responses=refusals.RESPONSES,
        redirect_slashes=False,
        separate_input_output_schemas=False,
    )
    app.state.work = work
    app.add_middleware(
        Gate,
        database=work.database,
        calls_a_minute=calls_a_minute,
        strangers_a_minute=strangers_a_minute,
        clock=work.now,
    )
    refusals.register(app)
    for resource in _ROUTERS:
        app.include_router(resource.router)
    describe(app)
    return app
