"""`billify company`: the companies of the installation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape
from sqlmodel import Session

from bot.application.app import App, open_app
from bot.application.processes import sign_in_link
from bot.channels.mail.addresses import is_address
from config.settings import Settings
from handlers.errors import BillifyError
from handlers.reminders.schedule import find_time_zone
from storage.db.tenancy import acting_for
from storage.errors import Unfit
from storage.ledger import accounts
from storage.people import companies, company, people
from storage.people.access import flags

console = Console(highlight=False)

PLACES = ("slack", "telegram", "mail")


@dataclass(frozen=True)
class NewCompany:
    """What is known of a company that is founded; "" for what is not."""

    name: str
    owner: str
    owner_mail: str = ""
    currency: str = ""
    zone: str = ""


async def list_companies(settings: Settings) -> None:
    """Prints them with their numbers."""
    async with open_app(settings, "companies") as app:
        with acting_for(None):
            for each in await app.database.read(companies.all_companies):
                console.print(f"{each.id}  {escape(each.name)}")


async def add_company(settings: Settings, new: NewCompany) -> None:
    """Founds it, with its chart of accounts and its owner; prints their sign-in link. Raises: BillifyError."""
    _check(new)
    async with open_app(settings, "companies") as app:
        with acting_for(None):
            number = await app.database.run(companies.found, new.name)
        with acting_for(number):
            await app.database.run(_furnish, new)
            console.print(f"{escape(new.name)} is company {number}. {escape(new.owner)} signs in here, once:")
            print(await sign_in_link(app))


def _check(new: NewCompany) -> None:
    if new.owner_mail and not is_address(new.owner_mail):
        raise BillifyError(f"“{new.owner_mail}” is no mail address. Write it as name@domain.")
    if new.currency and not re.fullmatch("[A-Z]{3}", new.currency):
        raise BillifyError(f"“{new.currency}” is no currency. Write three letters, such as EUR.")
    if new.zone and find_time_zone(new.zone) is None:
        raise BillifyError(f"“{new.zone}” is no time zone, such as Europe/Berlin.")


def _furnish(session: Session, new: NewCompany) -> None:
    accounts.ensure_chart(session)
    company.describe(session, currency=new.currency or None, zone=new.zone or None)
    ways = [("terminal", "owner"), ("terminal", new.owner)]
    people.ensure_owner(
        session, new.owner, [*ways, ("mail", new.owner_mail)] if new.owner_mail else ways, datetime.now(UTC)
    )


async def bind_place(settings: Settings, channel: str, place: str, number: int) -> None:
    """Binds a way in to a company. Raises: BillifyError for a channel or a company that there is not."""
    if channel not in PLACES:
        raise BillifyError(f"“{channel}” cannot be bound. There are: {', '.join(PLACES)}.")
    async with open_app(settings, "companies") as app:
        named = await _named(app, number)
        with acting_for(None):
            await app.database.run(companies.bind, channel, place.lower() if channel == "mail" else place, number)
    console.print(f"What comes in by {channel} at {escape(place)} is {escape(named)}'s from now on.")


async def list_flags(settings: Settings, number: int) -> None:
    """Prints what can be switched for a company, and how it stands. Raises: BillifyError for one that there is not."""
    async with open_app(settings, "companies") as app:
        await _named(app, number)
        with acting_for(number):
            said = await app.database.read(flags.said)
        for flag in flags.FLAGS.values():
            on = said.get(flag.name, flag.usual)
            console.print(
                f"{flag.name}  {'on' if on else 'off'}{'' if flag.name in said else ' (as usual)'}: {flag.what}"
            )


async def turn_flag(settings: Settings, number: int, name: str, state: str) -> None:
    """Switches it. Raises: BillifyError for a company or a flag that there is not, or another state than on or off."""
    if state not in ("on", "off"):
        raise BillifyError(f"Say “on” or “off”: billify company flag {number} {name} off")
    async with open_app(settings, "companies") as app:
        named = await _named(app, number)
        with acting_for(number):
            try:
                await app.database.run(flags.turn, name, on=state == "on", now=datetime.now(UTC))
            except Unfit as error:
                raise BillifyError(str(error)) from None
    console.print(f"{name} is {state} for {escape(named)} from now on.")


async def _named(app: App, number: int) -> str:
    with acting_for(None):
        known = {each.id: each.name for each in await app.database.read(companies.all_companies)}
    if number not in known:
        raise BillifyError(f"There is no company {number}. `billify company list` prints them.")
    return known[number]
