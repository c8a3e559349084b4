"""What buttons about movements and statements ask for; `handlers.button_ids.OTHER_TARGETS` has their form."""

from __future__ import annotations

from handlers.requests import BookMovement, ChooseAccount, ChooseColumns, Match


def match(argument: str) -> Match:
    """ "12:17+18": movement 12 pays the bills 17 and 18."""
    movement, _, bills = argument.partition(":")
    first, *others = map(int, bills.split("+"))
    return Match(int(movement), first, tuple(others))


def book(argument: str) -> BookMovement:
    """ "12:bank_fees": movement 12 is bank fees."""
    movement, _, category = argument.partition(":")
    return BookMovement(category, int(movement))


def account(argument: str) -> ChooseAccount:
    """ "3:bank-2": the statement in document 3 is of the account bank-2."""
    document, _, code = argument.partition(":")
    return ChooseAccount(int(document), code)


def columns(argument: str) -> ChooseColumns:
    """ "3:1:bank": the table in document 3 is read in the second of the ways proposed, of the account bank."""
    document, way, code = argument.split(":")
    return ChooseColumns(int(document), int(way), code)
