"""What `billify connect accounting` does: lets Billify into accounting software, and says what is booked on what."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from sqlmodel import Session

from bot.application.app import open_app
from bot.background.accounting import xero
from bot.background.accounting.bills import OTHER, place_of
from bot.background.accounting.oauth import kept
from bot.background.accounting.platform import Access, NotNow, Refused, SignInOver
from bot.background.accounting.pushing import PLATFORMS, TITLES
from bot.channels.mail.oauth.sign_in import sign_in
from bot.console.connect.guide import Guide
from config.settings import Settings
from handlers.errors import BillifyError
from storage.events import accounting
from storage.ledger import accounts

console = Console(stderr=True, highlight=False)
PORT = 8465
"""Where the browser comes back to, which is registered with the platform."""


async def connect_accounting(
    settings: Settings,
    platform: str,
    *,
    client_id: str,
    confidential: bool,
    anew: bool,
    categories: Sequence[str],
    addresses: Mapping[str, str],
) -> None:
    """Connects it, once it let us in. Raises: BillifyError, saying what to do."""
    if platform not in PLATFORMS:
        raise BillifyError(f"There is no “{platform}” here. There are: {', '.join(PLATFORMS)}.")
    async with open_app(settings, f"connect-{datetime.now(UTC):%H%M%S}") as app:
        held = await app.database.read(_held, platform)
        access = (
            held
            if held and not (anew or client_id)
            else await _access(platform, client_id, addresses, confidential=confidential)
        )

        async def keep(renewed: Access) -> None:
            """It is kept below, with what was renewed."""

        way = PLATFORMS[platform](access, keep)
        try:
            name, there = await way.name(), await way.categories()
        except (Refused, NotNow, SignInOver) as error:
            raise BillifyError(f"{TITLES[platform]} does not let us in: {error}. Nothing was changed.") from None
        known = await app.database.read(_names)
        chosen = _chosen(categories, known, there)
        title = f"{TITLES[platform]} ({name})"
        booked_on = await app.database.run(_connect, platform, title, access, chosen)
    missing = [name for code, name in known.items() if not place_of(booked_on, code)]
    console.print(f"Bills that are confirmed from now on are pushed to {escape(title)}.")
    if missing:
        console.print(
            f"Not yet known is what these are booked on there: {escape(', '.join(missing))}. Say it with --category "
            f"travel=NAME, for all others with --category other=NAME; there are: {escape(', '.join(sorted(there)))}."
        )


async def disconnect_accounting(settings: Settings, platform: str) -> None:
    """Nothing is pushed there any more. Raises: BillifyError where it is not connected."""
    async with open_app(settings, f"connect-{datetime.now(UTC):%H%M%S}") as app:
        await app.database.run(_disconnect, platform)
    console.print(f"Nothing is pushed to {escape(TITLES.get(platform, platform))} any more. What is there stays.")


async def _access(platform: str, client_id: str, addresses: Mapping[str, str], *, confidential: bool) -> Access:
    """What lets us in. Secrets are asked for: what stands behind a command, everybody on the machine sees."""
    own = {name: url.rstrip("/") for name, url in addresses.items() if url}
    if platform == "lexware":
        key = await Guide().ask("Lexware Office's key (made at app.lexware.de/addons/public-api)", secret=True)
        return {"key": key, **own}
    if not client_id:
        raise BillifyError(
            "Register an app with Xero first (developer.xero.com, “Mobile or desktop app”), with the redirect address "
            f"http://localhost:{PORT}/, and give its client id as --client-id."
        )
    client_secret = await Guide().ask("The app's secret", secret=True) if confidential else ""
    service = xero.service(client_id, client_secret, own.get("token_url", ""), own.get("authorize_url", ""))
    granted = await sign_in(service, "", _tell, port=PORT)
    secret = {"client_secret": client_secret} if client_secret else {}
    return {"client_id": client_id, **secret, **own, **kept(granted, datetime.now(UTC))}


def _held(session: Session, platform: str) -> Access | None:
    """What lets us in already."""
    found = next((one for one in accounting.connections(session) if one.platform == platform), None)
    return dict(json.loads(found.access)) if found else None


def _connect(
    session: Session, platform: str, title: str, access: Access, chosen: Mapping[str, str]
) -> Mapping[str, str]:
    """By our code, what is booked on what there from now on."""
    return dict(accounting.connect(session, platform, title, access, chosen, datetime.now(UTC)).categories)


def _names(session: Session) -> dict[str, str]:
    return {one.code: one.name for one in accounts.categories(session)}


def _chosen(said: Sequence[str], known: Mapping[str, str], there: Mapping[str, str]) -> dict[str, str]:
    """By our code, the id of what it is booked on. Raises: BillifyError for what is not known, here or there."""
    found = {}
    for each in said:
        ours, equals, theirs = each.partition("=")
        code = ours if ours in known or ours == OTHER else next((c for c, name in known.items() if name == ours), "")
        if not equals or not code:
            names = ", ".join((*known, OTHER))
            raise BillifyError(f"“{each}” names no category of ours. Say --category OURS=THEIRS, of {names}.")
        id_ = there.get(theirs) or (theirs if theirs in there.values() else "")
        if not id_:
            raise BillifyError(f"There is no “{theirs}” there. There are: {', '.join(sorted(there))}.")
        found[code] = id_
    return found


def _disconnect(session: Session, platform: str) -> None:
    found = next((one for one in accounting.connections(session) if one.platform == platform), None)
    if found is None:
        raise BillifyError(f"“{platform}” is not connected.")
    accounting.disconnect(session, found, datetime.now(UTC))


def _tell(address: str, code: str) -> None:
    console.print(f"Open this address in a browser and sign in:\n\n  {escape(address)}\n", soft_wrap=True)
