"""What buttons about movements and statements ask for; `handlers.button_ids.OTHER_TARGETS` has their form."""

from __future__ import annotations

from handlers.requests import BookMovement, ChooseAccount, ChooseColumns, Match, ShowColumns, TakeBackImport


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
    """ "3:bank:a7.t": the table in document 3, of the account bank, is read with these choices."""
    document, account, choices = argument.split(":")
    return ChooseColumns(int(document), account, choices)


def preview(argument: str) -> ShowColumns:
    """ "3:bank:a7.t": it is shown with these choices; "3:bank:a7.t:wrong" asks what there is to change."""
    document, account, choices, *change = argument.split(":")
    return ShowColumns(int(document), account, choices, *change)


def unimport(argument: str) -> TakeBackImport:
    """ "3": the import of document 3 is taken back; "3:sure" with what was booked for it."""
    document, _, sure = argument.partition(":")
    return TakeBackImport(int(document), bool(sure))
