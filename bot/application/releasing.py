"""What `billify release` does: one version of Billify after the other on the same databases."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from bot.application.app import open_app
from config.settings import Settings
from handlers.errors import BillifyError
from storage.migrations import releases
from storage.migrations.releases import Step
from storage.migrations.upgrade import versions

console = Console(highlight=False)

FIRST_SIDE_BY_SIDE = "0037"
"""From this revision on, a program starts on a database that a later version was at, where it may."""


async def release(settings: Settings, *, no_way_back: bool) -> None:
    """Raises: BillifyError where earlier versions could not go on afterwards and that was not said; where they serve
    now."""
    there, ours = await asyncio.to_thread(versions, settings.ledger_url)
    steps = [] if there is None or releases.is_later(there) else releases.pending(there)
    for step in steps:
        console.print(f"{step.revision}  {'adds' if step.expands else 'takes away'}: {escape(step.what)}")
    ending = releases.ends_others(steps)
    if ending and not no_way_back:
        raise BillifyError(
            f"After this there is no way back to the version before: {_named(ending)} takes away what it works with. "
            "Make a backup (`billify backup`), stop its processes, and run `billify release --no-way-back`."
        )
    async with open_app(settings, "release"):
        pass
    if there is not None and releases.is_later(there):
        console.print("A later version of Billify was here; this one works on beside it.")
        return
    console.print(f"The databases are up to date ({ours}).")
    if there is not None and steps:
        console.print(_beside(there, ending))


def _beside(there: str, ending: Sequence[Step]) -> str:
    if ending:
        return "Earlier versions cannot work on them any more."
    known = [step.revision for step in releases.pending(None)]
    if known.index(there) < known.index(FIRST_SIDE_BY_SIDE):
        return "Processes of the version before may serve on until they are stopped; they cannot be started again."
    return "Processes of the version before may serve on beside this one, and be started again."


def _named(steps: Sequence[Step]) -> str:
    return ", ".join(step.revision for step in steps)
