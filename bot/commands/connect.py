"""Commands that lead through a platform's side, and check it."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.command import connect, run_to_end, settings


@connect.command("slack")
def connect_slack(
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Prints the app's manifest, to be pasted, and ends.")
    ] = False,
) -> None:
    """Makes the Slack app, checks its tokens and scopes, keeps them, and waits for your first message."""
    if manifest:
        import json

        from bot.channels.slack.workspaces.manifest import manifest as of_the_app

        print(json.dumps(of_the_app(), indent=2))
        return
    from bot.console.connect.guide import Guide
    from bot.console.connect.slack import connect_slack as walk

    run_to_end(walk(settings(), "", "", Guide()))


@connect.command("telegram")
def connect_telegram() -> None:
    """Makes the bot with @BotFather, checks its token, keeps it, and waits for your first message."""
    from bot.console.connect.guide import Guide
    from bot.console.connect.telegram import connect_telegram as walk

    run_to_end(walk(settings(), "", Guide()))


@connect.command("mail")
def connect_mail(
    address: Annotated[str, typer.Option(help="The mailbox's address; asked for otherwise.")] = "",
    owner: Annotated[str, typer.Option(help="Your own address; asked for otherwise.")] = "",
    user: Annotated[
        str, typer.Option(help="Sign in by browser, as this one; that of BILLIFY_IMAP_URL otherwise.")
    ] = "",
    service: Annotated[str, typer.Option(help="Sign in by browser, at microsoft or google.")] = "",
) -> None:
    """Tries out a mailbox, keeps it, and writes you the first mail. With BILLIFY_MAIL_OAUTH_CLIENT_ID, or --service,
    signs in to Microsoft 365 or Google in a browser, and keeps what lets Billify in, encrypted."""
    found = settings()
    if service or user or found.mail_oauth_client_id:
        from bot.console.connect.service_sign_in import connect_mail as sign_in

        return run_to_end(sign_in(found, user, service))
    from bot.console.connect.guide import Guide
    from bot.console.connect.mail import connect_mailbox

    return run_to_end(connect_mailbox(found, address, owner, Guide()))


@connect.command("accounting")
def connect_accounting(
    platform: Annotated[str, typer.Argument(help="lexware or xero.")],
    client_id: Annotated[str, typer.Option(help="The app that you registered (xero).")] = "",
    confidential: Annotated[
        bool, typer.Option("--confidential", help="The app has a secret, which is asked for (xero).")
    ] = False,
    anew: Annotated[
        bool, typer.Option("--anew", help="Asks for another key than the one that is kept (lexware).")
    ] = False,
    category: Annotated[
        list[str] | None,
        typer.Option(
            help="What a category is booked on there, as travel=Reisekosten; other=… for the rest. Repeatable."
        ),
    ] = None,
    url: Annotated[str, typer.Option(help="Another address of its API.", hidden=True)] = "",
    grants_url: Annotated[str, typer.Option(help="Another address for tokens.", hidden=True)] = "",
    authorize_url: Annotated[str, typer.Option(help="Another address to sign in at.", hidden=True)] = "",
    end: Annotated[bool, typer.Option("--end", help="Instead, nothing is pushed there any more.")] = False,
) -> None:
    """Has confirmed bills pushed to accounting software, with their documents. Said again, it changes what is said."""
    from bot.console.accounting import connect_accounting, disconnect_accounting

    if end:
        run_to_end(disconnect_accounting(settings(), platform))
        return
    addresses = {"url": url, "token_url": grants_url, "authorize_url": authorize_url}
    run_to_end(
        connect_accounting(
            settings(), platform, client_id=client_id, confidential=confidential, anew=anew,
            categories=tuple(category or ()), addresses=addresses,
        )
    )  # fmt: skip
