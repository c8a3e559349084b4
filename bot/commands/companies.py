"""Commands about the companies of the installation."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.command import companies, run_to_end, settings


@companies.command("list")
def list_() -> None:
    """Lists the companies with their numbers, for `billify --company`."""
    from bot.console.companies import list_companies

    run_to_end(list_companies(settings()))


@companies.command()
def add(
    name: Annotated[str, typer.Argument(help="What the company is called.")],
    owner: Annotated[str, typer.Option(help="The name of who will own its books.")],
    owner_mail: Annotated[str, typer.Option(help="The owner's mail address.")] = "",
    currency: Annotated[str, typer.Option(help="Its own currency (ISO 4217); the installation's otherwise.")] = "",
    zone: Annotated[str, typer.Option(help="Its time zone (IANA); the installation's otherwise.")] = "",
) -> None:
    """Founds a further company with books of its own, and prints the link with which its owner signs in."""
    from bot.console.companies import NewCompany, add_company

    run_to_end(add_company(settings(), NewCompany(name, owner, owner_mail, currency, zone)))


@companies.command()
def bind(
    channel: Annotated[str, typer.Argument(help="slack, telegram or mail.")],
    place: Annotated[str, typer.Argument(help="A workspace's id, a bot's name, or a mail address of ours.")],
    company: Annotated[int, typer.Argument(help="The company's number.")],
) -> None:
    """What comes in there is of one company alone, whoever sends it."""
    from bot.console.companies import bind_place

    run_to_end(bind_place(settings(), channel, place, company))


@companies.command()
def flag(
    company: Annotated[int, typer.Argument(help="The company's number.")],
    name: Annotated[str, typer.Argument(help="What is switched; without it all there are, and how they stand.")] = "",
    state: Annotated[str, typer.Argument(help="on or off.")] = "",
) -> None:
    """Switches something on or off for one company, before it is so for all."""
    from bot.console.companies import list_flags, turn_flag

    if not name:
        return run_to_end(list_flags(settings(), company))
    return run_to_end(turn_flag(settings(), company, name, state))
