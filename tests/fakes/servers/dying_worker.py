"""A Billify whose worker kills itself, as a machine that loses power does.

    python -m tests.fakes.servers.dying_worker STEP MOMENT [PROCESS]

STEP is fetch, respond or send; MOMENT is "before" it, or "after" its effect but before that is noted as finished.
Settings come from the environment as always. The process ends by SIGKILL: no handler runs, nothing is tidied up.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, NoReturn

from bot.application.app import open_app
from config.settings import Settings

Step = Callable[..., Awaitable[Any]]


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives SIGKILL")


def deadly(step: Step, moment: str) -> Step:
    async def run(*arguments: Any) -> Any:
        if moment == "before":
            die()
        await step(*arguments)
        die()

    return run


async def main(name: str, moment: str, process: str = "all") -> None:
    async with open_app(Settings(), process) as app:
        steps = app.steps()
        await app.jobs.serve(replace(steps, **{name: deadly(getattr(steps, name), moment)}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
