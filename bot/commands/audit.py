"""Commands about the audit trail."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.command import audit, run_to_end, settings


@audit.command()
def verify(
    head: Annotated[
        str, typer.Option(help="What an earlier verify printed as its head, such as 120:9f3c…, to hold it against.")
    ] = "",
) -> None:
    """Checks that no row of the audit was changed, removed, inserted or moved; exit status 1 names the first that was.

    Of all companies, or of one with `billify --company N audit verify`.
    """
    from bot.console.audit import verify as verify_audit

    run_to_end(verify_audit(settings(), head))


@audit.command()
def export(
    since: Annotated[datetime | None, typer.Option("--from", help="The first day.", formats=["%Y-%m-%d"])] = None,
    until: Annotated[datetime | None, typer.Option("--until", help="The last day.", formats=["%Y-%m-%d"])] = None,
    to: Annotated[Path, typer.Option(help="The folder for the files.")] = Path(),
) -> None:
    """Writes the audit trail to CSV and XLSX: who changed what, when, by which message, from what to what."""
    from bot.console.audit import export as export_audit

    run_to_end(export_audit(settings(), since and since.date(), until and until.date(), to))
