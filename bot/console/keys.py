"""`billify keys rotate`: a new key seals from now on, and all that is kept is sealed with it; another one signs."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from rich.console import Console

from bot.application.app import App, open_app
from bot.application.secret_files import ring_file, signatures_live, signing_file
from bot.processing.durable import work_at_rest
from config.settings import Settings
from handlers.errors import BillifyError
from storage.sealing.key_ring import begin_rotation, finish_rotation
from storage.sealing.reseal import reseal_columns
from storage.sealing.signing_keys import replace_signing_key

console = Console(highlight=False, soft_wrap=True)

ROUNDS = 5
"""What others seal with the older key while it is looked at is found in the next round."""


async def rotate(settings: Settings, *, leaked: bool = False) -> None:
    """Rotates while others go on working; stopped in the middle, it goes on where it is begun anew. With `leaked`,
    what the older key signed counts no more.

    Raises: DocumentDamaged where something cannot be opened: then the older keys stay.
    """
    async with open_app(settings, "keys") as app:
        if app.keys.file is not None:
            await asyncio.to_thread(begin_rotation, ring_file(settings.home))
        done = await asyncio.to_thread(_reseal, app)
        console.print(f"{done} originals, messages and sign-ins were sealed with the newest key.")
        if app.keys.file is None:
            console.print("BILLIFY_DOCUMENT_KEY needs only its first key from now on: remove the others there.")
        else:
            forgotten = await asyncio.to_thread(finish_rotation, ring_file(settings.home))
            console.print(
                f"{forgotten} older keys are forgotten. Make a backup of {ring_file(settings.home)}: backups of before "
                "need the key of before."
            )
    if settings.secret_key.get_secret_value():
        console.print(
            "BILLIFY_SECRET_KEY is set by hand, so it stays: put a new key in front of it, with a comma between, or "
            "in its place if it leaked."
        )
        return
    # Last, for what was sealed by keys that were derived from this one is sealed anew by now.
    live = signatures_live(settings)
    await asyncio.to_thread(replace_signing_key, signing_file(settings.home), live, datetime.now(UTC), leaked=leaked)
    console.print(
        "Cookies and mails are signed with a new key. Who is signed in has to sign in anew, and buttons in mails of "
        "before do nothing any more."
        if leaked
        else f"Cookies and mails are signed with a new key; what the older one signed counts until it expires, at most "
        f"{live.days} days."
    )


def _reseal(app: App) -> int:
    total = 0
    for _ in range(ROUNDS):
        done = app.documents.reseal()
        done += reseal_columns(app.database.engine, app.keys)
        done += app.heads.reseal()
        done += work_at_rest.reseal(app.settings.work_url, app.keys)
        total += done
        if not done:
            return total
    raise BillifyError("Others still seal with the older key, so it stays. Run “billify keys rotate” again.")
