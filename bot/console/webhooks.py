"""`billify webhook`: made, listed, tried and ended by whoever runs Billify."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from sqlmodel import Session

from bot.application.app import open_app
from bot.console.tokens import person_called
from config.settings import Settings
from handlers.errors import BillifyError
from storage.events import deliveries
from storage.events.types import ALL
from storage.models import Webhook, WebhookState
from storage.people import people
from storage.people.access import webhooks

console = Console(highlight=False)


async def create_webhook(settings: Settings, url: str, person: str, types: Sequence[str]) -> None:
    """Prints the secret of its signatures, alone, for a script to take. Raises: BillifyError; LedgerError."""
    async with open_app(settings, "webhooks") as app:
        print(await app.database.run(_create, url, person, types))


async def list_webhooks(settings: Settings) -> None:
    """Prints each with its number."""
    async with open_app(settings, "webhooks") as app:
        for line in await app.database.read(_lines):
            console.print(escape(line))


async def change_webhook(settings: Settings, number: int, act: str) -> None:
    """Does it. Raises: BillifyError where there is none of that number."""
    async with open_app(settings, "webhooks") as app:
        secret = await app.database.run(_change, number, act)
    if secret:
        print(secret)
    else:
        console.print(f"Webhook {number}: done ({act}).")


def _create(session: Session, url: str, person: str, types: Sequence[str]) -> str:
    whose = person_called(session, person)
    return webhooks.add(session, whose.id, url, types, known=ALL, now=datetime.now(UTC)).secret


def _lines(session: Session) -> list[str]:
    names = {person.id: person.name for person in people.everybody(session)}
    held = webhooks.everybodys(session)
    return [
        f"{one.id}  {webhooks.shown(one)}  {names.get(one.person_id, '?')}  {one.state}  {_types(one)}" for one in held
    ]


def _types(webhook: Webhook) -> str:
    return ", ".join(webhook.types) or "all"


def _change(session: Session, number: int, act: str) -> str:
    """A new secret, "" for whatever gives none."""
    held, now = webhooks.find(session, number), datetime.now(UTC)
    if held is None:
        raise BillifyError(f"There is no webhook {number}. `billify webhook list` prints them.")
    if act in ("pause", "resume"):
        _turn(session, held, act, now)
    elif act == "test":
        deliveries.test(session, number, now)
    elif act == "replay":
        deliveries.replay_failed(session, number, now)
    elif act == "rotate":
        webhooks.rotate(session, held, by=None, now=now)
        return held.secret
    else:
        webhooks.remove(session, held, by=None, now=now)
    return ""


def _turn(session: Session, held: Webhook, act: str, now: datetime) -> None:
    state = WebhookState.PAUSED if act == "pause" else WebhookState.ACTIVE
    webhooks.turn(session, held, state, by=None, now=now)
    if act == "resume":
        deliveries.begin_anew(session, held.id, now)
