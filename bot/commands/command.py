"""What every command stands on: the application, its settings, and running to the end."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Coroutine
from contextlib import nullcontext
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from config.logging import set_up
from config.setting_faults import load_settings, unknown_settings
from config.settings import Settings
from handlers.errors import BillifyError
from storage.db.tenancy import acting_for

app = typer.Typer(
    help="Send it a photo of an invoice; it keeps the books and answers questions about cash.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bench = typer.Typer(help="Measure, on documents with known truth or on a ledger.", no_args_is_help=True)
app.add_typer(bench, name="bench")
keys = typer.Typer(help="The keys that seal what is kept, and that sign.", no_args_is_help=True)
app.add_typer(keys, name="keys")
connect = typer.Typer(help="Connect Slack, Telegram or a mailbox: step by step, each checked.", no_args_is_help=True)
app.add_typer(connect, name="connect")
audit = typer.Typer(help="Who changed what: whether the trail is whole, and as files.", no_args_is_help=True)
app.add_typer(audit, name="audit")
tokens = typer.Typer(help="Tokens with which programs act in somebody's name.", no_args_is_help=True)
app.add_typer(tokens, name="token")
webhooks = typer.Typer(help="Addresses outside that are told what happens.", no_args_is_help=True)
app.add_typer(webhooks, name="webhook")
companies = typer.Typer(help="The companies whose books are kept here, each blind to the others.", no_args_is_help=True)
app.add_typer(companies, name="company")

log = logging.getLogger(__name__)
_company: int | None = None


def _print_version(wanted: bool) -> None:
    if wanted:
        print(version("billify"))
        raise typer.Exit


@app.callback()
def for_company(
    company: Annotated[
        int | None, typer.Option(help="The number of the company that the command is for, where there are several.")
    ] = None,
    _: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Prints it.")] = False,
) -> None:
    """Send it a photo of an invoice; it keeps the books and answers questions about cash."""
    global _company
    _company = company


def settings() -> Settings:
    """The settings in force, with a home folder that can be written. Raises: WrongSettings; BillifyError."""
    found = load_settings()
    set_up(found.log_level, found.log_format)
    for line in unknown_settings():
        log.warning("%s", line)
    try:
        found.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BillifyError(_no_home(found.home, error.strerror)) from None
    if not os.access(found.home, os.W_OK | os.X_OK):
        raise BillifyError(_no_home(found.home, "it may not be written"))
    return found


def _no_home(home: Path, why: str | None) -> str:
    return (
        f"The home folder {home} cannot be used: {why}. Set BILLIFY_HOME to a folder of yours, or make this one yours "
        "to write."
    )


def run_to_end(work: Coroutine[Any, Any, None]) -> None:
    """Runs what a command does for one company, on an event loop of its own."""
    with nullcontext() if _company is None else acting_for(_company):
        asyncio.run(work)


MOMENTS = ["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d"]
"""How a moment is written (ISO 8601), whatever the command line's library takes by itself."""


def aware(moment: datetime | None) -> datetime | None:
    """The moment with a time zone: this machine's where none was given."""
    return moment.astimezone(UTC) if moment else None
