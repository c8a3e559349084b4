"""Commands about the books."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.command import app, run_to_end, settings


@app.command()
def export(
    since: Annotated[datetime, typer.Argument(help="The first day, or a month's: 2026-10-01.", formats=["%Y-%m-%d"])],
    until: Annotated[datetime, typer.Argument(help="The last day, inclusive.", formats=["%Y-%m-%d"])],
    format_: Annotated[
        str, typer.Option("--format", help="xlsx, csv, zip, hledger, beancount, datev, or all.")
    ] = "all",
    to: Annotated[Path, typer.Option(help="The folder for the files.")] = Path(),
) -> None:
    """Writes the books of a period to files, and prints their names."""
    from bot.console.books import write_export

    run_to_end(write_export(settings(), since.date(), until.date(), format_, to))


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Statements of the bank: CAMT, MT940, OFX, QIF or CSV.")],
    as_json: Annotated[bool, typer.Option("--json", help="Prints the replies as JSON.")] = False,
) -> None:
    """Imports bank statements and matches their movements with open bills. The same file twice adds nothing."""
    from bot.console.chat import ConsoleMessage, send_message

    run_to_end(send_message(settings(), ConsoleMessage(attach=tuple(files)), as_json=as_json))


@app.command("pay-file")
def pay_file(
    until: Annotated[
        datetime | None, typer.Option(help="Only bills due by this day: 2026-10-01.", formats=["%Y-%m-%d"])
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Prints the replies as JSON.")] = False,
) -> None:
    """Makes a SEPA credit-transfer file (pain.001) for the bills that may be paid, and prints where it is."""
    from bot.console.chat import ConsoleMessage, send_message

    due = f" due by {until.date().isoformat()}" if until else ""
    run_to_end(send_message(settings(), ConsoleMessage(f"payment file{due}"), as_json=as_json))


@app.command()
def rates(
    file: Annotated[Path, typer.Argument(help="CSV, XML or ZIP from ecb.europa.eu/stats/eurofxref.", exists=True)],
) -> None:
    """Imports the European Central Bank's reference rates; those that are known already are left alone."""
    from bot.console.books import import_rates

    run_to_end(import_rates(settings(), file))
