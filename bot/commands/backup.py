"""Commands about backups."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.command import app, run_to_end, settings

Backup = Annotated[str | None, typer.Argument(help="Which, as --list prints them; the latest where none is named.")]
From = Annotated[str, typer.Option("--from", help="Where backups lie, other than the settings say.")]


@app.command()
def backup(
    to: Annotated[str, typer.Option(help="Where to: a folder, or s3://bucket/folder; else as the settings say.")] = "",
    anew: Annotated[bool, typer.Option("--anew", help="Copies every document again, not only new ones.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Makes none, and prints those that are there.")] = False,
    key: Annotated[
        bool, typer.Option("--key", help="Makes none, and prints the key that opens them: note it.")
    ] = False,
) -> None:
    """Makes a backup of the databases, the documents and the keys, sealed, while everything goes on."""
    from bot.console import backup as console

    if key:
        console.print_key(settings())
    elif listed:
        console.print_list(settings(), to)
    else:
        run_to_end(console.back_up(settings(), to, anew=anew))


@app.command()
def verify(
    name: Backup = None,
    place: From = "",
    here: Annotated[
        bool, typer.Option("--here", help="Compares this installation with it, row by row and document by document.")
    ] = False,
) -> None:
    """Reads a whole backup and says what of it is missing, cut off or changed; exits with 1 where anything is."""
    from bot.console import backup as console

    run_to_end(console.verify(settings(), name, place, here=here))


@app.command()
def restore(
    name: Backup = None,
    place: From = "",
    replace: Annotated[
        bool, typer.Option("--replace", help="Also where there are books already: they are gone.")
    ] = False,
) -> None:
    """Brings a backup back into the databases and the home folder of the settings, SQLite or PostgreSQL whichever."""
    from bot.console import backup as console

    run_to_end(console.restore(settings(), name, place, replace=replace))
