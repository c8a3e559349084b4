"""Commands about the tokens with which programs act in somebody's name."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.command import run_to_end, settings, tokens
from storage.people.access.tokens import DAYS, READING


@tokens.command()
def create(
    name: Annotated[str, typer.Argument(help="What the program is called.")],
    person: Annotated[str, typer.Option("--as", help="In whose name; the owner's otherwise.")] = "",
    scope: Annotated[
        list[str] | None,
        typer.Option(help="What it may, such as bills:read; may be said several times. All reading otherwise."),
    ] = None,
    days: Annotated[int, typer.Option(help="For how many days it is good.")] = DAYS,
) -> None:
    """Makes a token of the API, and prints it this once."""
    from bot.console.tokens import create_token

    run_to_end(create_token(settings(), name, person, tuple(scope or READING), days))


@tokens.command("list")
def list_() -> None:
    """Lists the tokens that are good, with their numbers and whose they are."""
    from bot.console.tokens import list_tokens

    run_to_end(list_tokens(settings()))


@tokens.command()
def revoke(number: Annotated[int, typer.Argument(help="Its number in the list.")]) -> None:
    """Nobody comes in by a token any more."""
    from bot.console.tokens import revoke_token

    run_to_end(revoke_token(settings(), number))
