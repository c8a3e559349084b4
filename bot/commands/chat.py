"""Commands that talk to a Billify."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.command import MOMENTS, app, aware, run_to_end, settings
from handlers.errors import BillifyError

As = Annotated[str, typer.Option("--as", help="Who speaks; the owner unless another name is given.")]
In = Annotated[str, typer.Option("--in", help="The conversation; one of one's own unless another is named.")]
Now = Annotated[
    datetime | None,
    typer.Option(help="Sets the clock for this message (the owner's terminal only).", formats=MOMENTS),
]


@app.command()
def say(
    text: Annotated[str, typer.Argument(help="What to say.")] = "",
    attach: Annotated[list[Path] | None, typer.Option(help="A file to send along; may be repeated.")] = None,
    choose: Annotated[str, typer.Option(help="Presses the choice with this id.")] = "",
    as_: As = "",
    in_: In = "",
    now: Now = None,
    as_json: Annotated[bool, typer.Option("--json", help="Prints the replies as JSON.")] = False,
    explain: Annotated[bool, typer.Option(help="Says first, to standard error, what was understood.")] = False,
) -> None:
    """Sends one message through the terminal channel and prints the replies."""
    if not (text or attach or choose):
        raise BillifyError("Nothing to say: give a text, --attach a file, or --choose a choice.")
    from bot.console.chat import ConsoleMessage, send_message

    said = ConsoleMessage(text, tuple(attach or ()), choose or None, as_, in_, aware(now))
    run_to_end(send_message(settings(), said, as_json=as_json, explain=explain))


@app.command()
def chat(as_: As = "", in_: In = "") -> None:
    """The same, interactively. A line that names a file sends it; a number presses a button; Ctrl-D ends."""
    from bot.console.chat import chat as converse

    run_to_end(converse(settings(), as_, in_))


@app.command()
def invite(who: Annotated[str, typer.Argument(help="A name or a mail address.")]) -> None:
    """Prints a code that links somebody's chat or mail address to the company."""
    from bot.console.chat import ConsoleMessage, send_message

    run_to_end(send_message(settings(), ConsoleMessage(f"invite {who}"), as_json=False))


@app.command()
def link() -> None:
    """Prints a one-time link that signs the owner in to the web chat."""
    from bot.application.processes import print_link

    run_to_end(print_link(settings()))
