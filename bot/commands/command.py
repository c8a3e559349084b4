"""What every command stands on: the application, its settings, and running to the end."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import UTC, datetime
from typing import Any

import typer
from pydantic import ValidationError

from config.logging import set_up
from config.settings import Settings
from handlers.errors import BillifyError

app = typer.Typer(
    help="Send it a photo of an invoice; it keeps the books and answers questions about cash.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
bench = typer.Typer(help="Measure, on documents with known truth or on a ledger.", no_args_is_help=True)
app.add_typer(bench, name="bench")
connect = typer.Typer(help="Sign in to a service that lets nobody in by password.", no_args_is_help=True)
app.add_typer(connect, name="connect")


def settings() -> Settings:
    """The settings in force. Raises: BillifyError naming each setting that is wrong."""
    try:
        found = Settings()
    except ValidationError as error:
        faults = "; ".join(
            f"BILLIFY_{'_'.join(map(str, e['loc'])).upper()}: {e['msg'][0].lower()}{e['msg'][1:]}"
            for e in error.errors()
        )
        raise BillifyError(f"A setting is wrong. {faults}") from None
    set_up(found.log_level)
    found.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def run_to_end(work: Coroutine[Any, Any, None]) -> None:
    """Runs what a command does, on an event loop of its own."""
    asyncio.run(work)


def aware(moment: datetime | None) -> datetime | None:
    """The moment with a time zone: this machine's where none was given."""
    return moment.astimezone(UTC) if moment else None
