"""Commands about the keys that seal what is kept, and that sign."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.command import keys, run_to_end, settings


@keys.command()
def rotate(
    leaked: Annotated[
        bool, typer.Option("--leaked", help="What the older key signed counts no more: everybody signs in anew.")
    ] = False,
) -> None:
    """Seals originals, messages and sign-ins with a new key, and forgets the older ones; signs cookies and mails with
    another one, beside which the older counts until what it signed expires. Nothing has to stop."""
    from bot.console.keys import rotate as rotate_keys

    run_to_end(rotate_keys(settings(), leaked=leaked))
