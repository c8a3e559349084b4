"""Commands about webhooks: addresses that are told what happens."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from bot.commands.command import run_to_end, settings, webhooks


class Act(StrEnum):
    """What can be done with a webhook."""

    PAUSE = "pause"
    RESUME = "resume"
    TEST = "test"
    REPLAY = "replay"
    ROTATE = "rotate"
    DELETE = "delete"


@webhooks.command()
def create(
    url: Annotated[str, typer.Argument(help="An https:// address.")],
    person: Annotated[str, typer.Option("--as", help="In whose name; the owner's otherwise.")] = "",
    event: Annotated[
        list[str] | None, typer.Option("--type", help="Events that it is told of, such as bill.paid; all otherwise.")
    ] = None,
) -> None:
    """Tells an address what happens from now on, and prints the secret of its signatures this once."""
    from bot.console.webhooks import create_webhook

    run_to_end(create_webhook(settings(), url, person, tuple(event or ())))


@webhooks.command("list")
def list_() -> None:
    """Lists the webhooks with their numbers, whose they are, their state, and what they are told of."""
    from bot.console.webhooks import list_webhooks

    run_to_end(list_webhooks(settings()))


def _command(act: Act, says: str) -> None:
    def command(number: Annotated[int, typer.Argument(help="Its number in the list.")]) -> None:
        from bot.console.webhooks import change_webhook

        run_to_end(change_webhook(settings(), number, act.value))

    command.__doc__ = says
    webhooks.command(act.value)(command)


for _act, _says in (
    (Act.PAUSE, "It is told nothing until it is resumed; what happens meanwhile waits."),
    (Act.RESUME, "It is told again what happens, and what happened meanwhile."),
    (Act.TEST, "Sends a webhook.test to it."),
    (Act.REPLAY, "Sends once more what was given up."),
    (Act.ROTATE, "Prints a new secret; for a day both sign."),
    (Act.DELETE, "It is told nothing any more."),
):
    _command(_act, _says)
