"""Commands about documents, without a ledger."""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.command import app, settings
from handlers.errors import BillifyError


@app.command()
def read(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders whose files are read.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, as soon as each is read.")] = False,
    explain: Annotated[bool, typer.Option(help="Show what each field was chosen from, and what spoke for it.")] = False,
) -> None:
    """Reads documents without touching the ledger."""
    from bot.console.documents import print_readings

    if not asyncio.run(print_readings(settings(), paths, as_json=as_json, explain=explain)):
        raise SystemExit(1)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path("samples"),
    seed: Annotated[int, typer.Option(help="Another seed, other photographs.")] = 1,
    languages: Annotated[
        bool, typer.Option("--languages", help="Instead, some 250 documents of 28 languages, to measure reading by.")
    ] = False,
) -> None:
    """Writes a few invoices and receipts, as PDF and as photographs, with their truth."""
    from extraction.samples import NoFonts, write_language_set, write_samples

    try:
        today = datetime.now().astimezone().date()
        written = write_language_set(folder, seed) if languages else write_samples(folder, seed=seed, today=today)
    except NoFonts as error:
        raise BillifyError(str(error)) from None
    for path in written:
        print(path)
