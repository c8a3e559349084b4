"""Questions about a statement before it is imported: whose account it is, and how a table is to be read."""

from __future__ import annotations

from collections.abc import Sequence

from babel.numbers import format_decimal

from extraction.bank_statement import BankStatement, CsvTable, StatementLine
from extraction.errors import Unreadable
from extraction.statements.column_mapping import ColumnMapping, Guess, statement_of
from handlers.button_ids import choice_id
from handlers.language.formats import day
from handlers.language.translation import locale, say, say_count
from handlers.messages import Choice, Reply
from storage.models import Account, Document

SHOWN = 3
"""Movements of a table that are shown as they would be read."""


def ask_import(document: Document, found: Sequence[BankStatement]) -> Reply:
    """A statement by a mail that anybody could have sent."""
    lines = sum(len(statement.booked) for statement in found)
    text = say_count(
        "This is a bank statement with {n} movement. Shall I import it?",
        "This is a bank statement with {n} movements. Shall I import it?",
        lines,
    )
    return Reply(text, choices=(Choice(choice_id("account", argument=f"{document.id}:"), say("Import"), "primary"),))


def ask_account(document: Document, statement: BankStatement, ours: Sequence[Account]) -> Reply:
    """A statement of an account that is not known."""
    number = " ".join(filter(None, (statement.bank, _grouped(statement.account))))
    if number:
        text = say("This is a statement of {number}, which I don't know yet. Which account is it?", number=number)
    else:
        text = say("This statement doesn't say whose account it is. Which one is it?")
    choices = [Choice(choice_id("account", argument=f"{document.id}:{known.code}"), known.name) for known in ours]
    new = Choice(choice_id("account", argument=f"{document.id}:new"), say("A new bank account"))
    return Reply(text, choices=(*choices, new))


def ask_columns(document: Document, table: CsvTable, found: Guess, account: str) -> Reply:
    """How the table is read, on its first movements, and what else it could mean."""
    lines = [say("I haven't seen this kind of CSV before. I read it like this:"), *_columns(table, found.mapping)]
    lines += [f"• {_shown(line)}" for line in statement_of(table, found.mapping).lines[-SHOWN:]]
    lines.append(say("Is that right? I'll remember it."))
    choices = [Choice(_id(document, 0, account), say("That's right"), "primary")]
    for n, other in enumerate(found.alternatives(), start=1):
        choices += (
            [Choice(_id(document, n, account), difference)] if (difference := _differs(table, found, other)) else []
        )
    return Reply("\n".join(lines), choices=tuple(choices))


def _columns(table: CsvTable, mapping: ColumnMapping) -> list[str]:
    """Which column is taken for what."""
    named = (
        (say("date"), mapping.date),
        (say("amount"), mapping.amount),
        (say("money out"), mapping.debit),
        (say("money in"), mapping.credit),
        (say("other side"), mapping.counterparty),
        (say("text"), mapping.text[0] if mapping.text else None),
        (say("balance"), mapping.balance),
    )
    told = [(what, table.header[column]) for what, column in named if column is not None]
    return [", ".join(say("{head}: “{text}”", head=what, text=header) for what, header in told)]


def _differs(table: CsvTable, found: Guess, other: ColumnMapping) -> str:
    """What is different in the other reading, in the words of a button; "" where it cannot be read so."""
    try:
        read = statement_of(table, other)
    except Unreadable:
        return ""
    if other.order != found.mapping.order:
        return say("The first date is {day}", day=day(read.lines[0].booked_on))
    assert other.amount is not None
    return say("The amount is “{column}”", column=table.header[other.amount])


def _shown(line: StatementLine) -> str:
    who = line.counterparty or line.text
    return " · ".join(filter(None, (day(line.booked_on), format_decimal(line.amount, "#,##0.00", locale()), who[:60])))


def _id(document: Document, way: int, account: str) -> str:
    return choice_id("columns", argument=f"{document.id}:{way}:{account}")


def _grouped(account: str) -> str:
    """An IBAN in groups of four, other numbers as they are."""
    return " ".join(account[at : at + 4] for at in range(0, len(account), 4)) if account[:2].isalpha() else account
