"""Commands that run processes, and what they need."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.command import MOMENTS, app, aware, run_to_end, settings
from config.redaction import redacted
from config.setting_faults import load_settings, unknown_settings
from config.setting_origins import origin, variable
from config.settings import Settings
from handlers.errors import BillifyError
from storage.db.tenancy import FIRST, acting_for

if TYPE_CHECKING:
    from bot.application.processes import Role


def _run_process(*roles: Role) -> None:
    """Runs until Ctrl-C, which is how one ends it, and so no error."""
    from bot.application.processes import run_process

    with suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(run_process(settings(), "all" if len(roles) > 1 else roles[0], roles))


@app.command()
def run() -> None:
    """Everything in one process: web chat, mail inbox, every configured channel, the worker and the clock."""
    _run_process("web", "worker", "clock")


@app.command()
def web() -> None:
    """Only listens: the web chat, the mail inbox, and every configured channel."""
    _run_process("web")


@app.command()
def worker() -> None:
    """Only serves messages: reads, books, answers. Any number of these may run."""
    _run_process("worker")


@app.command()
def clock(
    once: Annotated[bool, typer.Option("--once", help="Tells people what is due now, prints it, and ends.")] = False,
    now: Annotated[datetime | None, typer.Option(help="With --once: as if it were that time.", formats=MOMENTS)] = None,
) -> None:
    """Only does what is due by time. Several do no harm."""
    if not once:
        return _run_process("clock")
    from bot.console.chat import send_due_notices

    return run_to_end(send_due_notices(settings(), aware(now)))


@app.command()
def release(
    no_way_back: Annotated[
        bool, typer.Option("--no-way-back", help="Also where earlier versions cannot go on afterwards.")
    ] = False,
) -> None:
    """Brings the databases up to date before new processes start, and says whether the version before may serve on
    beside them. What there is no way back from but a backup is refused unless you say so."""
    from bot.application.releasing import release as bring_up

    run_to_end(bring_up(settings(), no_way_back=no_way_back))


@app.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list of findings.")] = False,
) -> None:
    """Looks over the installation, and what waits to be delivered; exits with 1 where something needs a hand."""
    from bot.console.doctor import doctor as examine

    with acting_for(FIRST):
        raise typer.Exit(asyncio.run(examine(settings(), as_json)))


@app.command()
def config(
    names: Annotated[list[str] | None, typer.Argument(help="Only these settings.")] = None,
) -> None:
    """Prints the settings in force, secrets hidden: what each means, and where its value comes from."""
    found = load_settings()
    unknown = set(names or ()) - set(Settings.model_fields)
    if unknown:
        raise BillifyError(f"There is no setting called {', '.join(sorted(unknown))}. `billify config` prints all.")
    for name, value in found.model_dump(include=set(names) if names else None).items():
        meaning = " ".join((Settings.model_fields[name].description or "").split())
        print(f"# {meaning} ({variable(name)}; {origin(name) or 'the default'})")
        print(f"{name} = {redacted(json.dumps(value, default=str, ensure_ascii=False))}")
    for line in unknown_settings():
        print(f"# {line}")
