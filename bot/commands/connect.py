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


@connect.command("accounting")
def connect_accounting(
    platform: Annotated[str, typer.Argument(help="lexware or xero.")],
    key: Annotated[str, typer.Option(help="The key that lets Billify in (lexware).")] = "",
    client_id: Annotated[str, typer.Option(help="The app that you registered (xero).")] = "",
    client_secret: Annotated[str, typer.Option(help="Its secret, where it has one.")] = "",
    category: Annotated[
        list[str] | None,
        typer.Option(
            help="What a category is booked on there, as travel=Reisekosten; other=… for the rest. Repeatable."
        ),
    ] = None,
    url: Annotated[str, typer.Option(help="Another address of its API.", hidden=True)] = "",
    token_url: Annotated[str, typer.Option(help="Another address for tokens.", hidden=True)] = "",
    authorize_url: Annotated[str, typer.Option(help="Another address to sign in at.", hidden=True)] = "",
    end: Annotated[bool, typer.Option("--end", help="Instead, nothing is pushed there any more.")] = False,
) -> None:
    """Has confirmed bills pushed to accounting software, with their documents. Said again, it changes what is said."""
    from bot.console.accounting import connect_accounting, disconnect_accounting

    if end:
        run_to_end(disconnect_accounting(settings(), platform))
        return
    addresses = {"url": url, "token_url": token_url, "authorize_url": authorize_url}
    run_to_end(
        connect_accounting(
            settings(), platform, key=key, client_id=client_id, client_secret=client_secret,
            categories=tuple(category or ()), addresses=addresses,
        )
    )  # fmt: skip
