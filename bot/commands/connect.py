"""Commands that sign in to services."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.command import connect, run_to_end, settings


@connect.command("mail")
def connect_mail(
    user: Annotated[str, typer.Option(help="The mailbox's address; that of BILLIFY_IMAP_URL otherwise.")] = "",
    service: Annotated[str, typer.Option(help="microsoft or google; by the mail server otherwise.")] = "",
) -> None:
    """Signs in to the mailbox at Microsoft 365 or Google, and keeps what lets Billify in, encrypted."""
    from bot.console.connect import connect_mail as sign_in

    run_to_end(sign_in(settings(), user, service))
