"""Questions about a statement before it is imported: whether at all, whose account it is, and how its table is read,
shown on three of its movements, with what nobody can know, and what else it could mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from babel.numbers import format_decimal
from rapidfuzz import fuzz

from extraction.bank_statement import BankStatement, StatementLine, StatementTable
from extraction.errors import Unreadable
from extraction.statements.read_statements import read_as
from extraction.statements.tables.column_choices import Role, chosen, toggled, with_role
from extraction.statements.tables.column_mapping import ColumnMapping, Guess, guess_columns
from handlers.banking.left_out import told_left_out
from handlers.button_ids import choice_id
from handlers.errors import NotPossible
from handlers.language.formats import day
from handlers.language.translation import locale, say, say_count
from handlers.messages import Choice, Reply
from handlers.requests import ShowColumns
from storage.models import Account, Document

SHOWN = 3
"""Movements of a table that are shown as they would be read."""
MOST_OTHERS = 4
_ALIKE = 85
"""How much a heading that was said has to be like one that is there, of 100."""


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


def needs_asking(table: StatementTable) -> bool:
    """Whether somebody has to say how the table is read: of QIF, whose columns are known, only its dates' order."""
    return not table.kind or guess_columns(table).order_uncertain


def ask_columns(document: Document, table: StatementTable, account: str, choices: str = "", *, why: str = "") -> Reply:
    """How the table is read, on three of its movements, what is uncertain, and what else it could mean. `why` is said
    before. Raises: NotPossible where it cannot be read so."""
    found, mapping = guess_columns(table), chosen(table, choices)
    statement = _read(table, mapping, document.media_type)
    intro = why or say("I haven't seen this kind of table before. I read it like this:")
    lines = [intro, *_columns(table, mapping), *(f"• {_shown(line)}" for line in telling(statement.booked))]
    lines += [_sums(statement), *_doubts(found, mapping, choices), *told_left_out([statement])]
    lines.append(say("Is that right? I'll remember it. If not, press what is, or say it, like “turn the signs”."))
    return Reply("\n".join(filter(None, lines)), choices=(*_buttons(document, table, found, account, choices),))


def changed(table: StatementTable, request: ShowColumns) -> str:
    """The choices with what was asked for changed. Raises: NotPossible for a column that is not there."""
    if request.change == "turn":
        return toggled(request.columns, "t")
    if request.change == "days":
        return toggled(request.columns, "m")
    if request.change in ("", "wrong"):
        return request.columns
    role: Role = request.change  # type: ignore[assignment]
    return with_role(request.columns, role, _column(table, request.column))


def ask_what_is_wrong(document: Document, table: StatementTable, account: str, choices: str) -> Reply:
    """What there is to change, and how to say it."""
    heads = ", ".join(_head(table, n) for n in range(len(table.header)) if any(table.column(n)))
    lines = [
        say("What is wrong? Its columns are: {columns}.", columns=heads),
        say(
            "Say for example “turn the signs”, “the amount is Net”, “money out is column 4”, “the date is Value date”."
        ),
        say("Nothing is imported before you agree."),
    ]
    found = guess_columns(table)
    return Reply("\n".join(lines), choices=(*_buttons(document, table, found, account, choices),)[1:])


def telling(lines: Sequence[StatementLine]) -> list[StatementLine]:
    """The latest movements, one each way among them where there are."""
    latest = list(lines[-SHOWN:])
    for way in (1, -1):
        other = next((line for line in reversed(lines) if line.amount * way > 0), None)
        if other and not any(line.amount * way > 0 for line in latest):
            latest[0] = other
    return latest


def _columns(table: StatementTable, mapping: ColumnMapping) -> list[str]:
    """Which column is taken for what."""
    named = (
        (say("date"), mapping.date),
        (say("amount"), mapping.amount),
        (say("money out"), mapping.debit),
        (say("money in"), mapping.credit),
        (say("in or out"), mapping.sign),
        (say("fee"), mapping.fee),
        (say("other side"), mapping.counterparty),
        (say("text"), mapping.text[0] if mapping.text else None),
        (say("balance"), mapping.balance),
    )
    told = [(what, _head(table, column)) for what, column in named if column is not None]
    return [", ".join(say("{head}: {column}", head=what, column=header) for what, header in told)]


def _head(table: StatementTable, column: int) -> str:
    """A column by its heading, else by its number and what it holds."""
    if table.headed and table.header[column]:
        return say("“{text}”", text=table.header[column])
    first = next(filter(None, table.column(column)), "")
    return say("column {n} (“{first}”)", n=column + 1, first=first[:20])


def _shown(line: StatementLine) -> str:
    amount = format_decimal(abs(line.amount), "#,##0.00", locale())
    way = say("{amount} in", amount=amount) if line.amount >= 0 else say("{amount} out", amount=amount)
    return " · ".join(filter(None, (day(line.booked_on), way, (line.counterparty or line.text)[:60])))


def _sums(statement: BankStatement) -> str:
    """How much comes in and goes out, over all movements."""
    came, went = (
        sum((abs(line.amount) for line in statement.booked if line.amount * way > 0), Decimal(0)) for way in (1, -1)
    )
    return say_count(
        "{n} movement: {came} money in, {went} money out.",
        "{n} movements: {came} money in, {went} money out.",
        len(statement.booked),
        came=format_decimal(came, "#,##0.00", locale()),
        went=format_decimal(went, "#,##0.00", locale()),
    )


def _doubts(found: Guess, mapping: ColumnMapping, choices: str) -> Iterator[str]:
    """What nothing in the table tells, as long as nobody said it."""
    parts = choices.split(".")
    if found.signs_uncertain and mapping.money.columns == found.mapping.money.columns and "t" not in parts:
        if mapping.turned:
            yield say("⚠ It looks like a card's statement, so I take what is printed without a sign for money out.")
        else:
            yield say("⚠ Nothing in it tells which way the money went.")
    if found.order_uncertain and "m" not in parts:
        yield say("⚠ Nothing in it tells whether day or month stands first.")


def _buttons(document: Document, table: StatementTable, found: Guess, account: str, choices: str) -> Iterator[Choice]:
    """That it is right; turned signs; the other order of dates; other columns; that it is wrong."""
    before = f"{document.id}:{account}:"
    yield Choice(choice_id("columns", argument=f"{before}{choices}"), say("That's right"), "primary")
    yield Choice(choice_id("preview", argument=f"{before}{toggled(choices, 't')}"), say("Turn the signs"))
    if found.order_uncertain and (swapped := _first_day(document, table, toggled(choices, "m"))):
        label = say("The first date is {day}", day=swapped)
        yield Choice(choice_id("preview", argument=f"{before}{toggled(choices, 'm')}"), label)
    taken = (*chosen(table, choices).money.columns, found.mapping.balance)
    for money in [each for each in found.others if len(each.columns) == 1][:MOST_OTHERS]:
        if money.columns[0] not in taken:
            label = say("The amount is {column}", column=_head(table, money.columns[0]))
            yield Choice(
                choice_id("preview", argument=f"{before}{with_role(choices, 'amount', money.columns[0])}"), label
            )
    yield Choice(choice_id("preview", argument=f"{before}{choices}:wrong"), say("Something else is wrong"))


def _first_day(document: Document, table: StatementTable, choices: str) -> str:
    """The first day with these choices; "" where the table cannot be read so."""
    try:
        lines = read_as(table, chosen(table, choices), document.media_type).lines
    except Unreadable:
        return ""
    return day(lines[0].booked_on)


def _read(table: StatementTable, mapping: ColumnMapping, media_type: str) -> BankStatement:
    try:
        return read_as(table, mapping, media_type)
    except Unreadable:
        raise NotPossible(say("With these columns no row has a date and an amount.")) from None


def _column(table: StatementTable, said: str) -> int:
    """The column that was said, by its heading or its number. Raises: NotPossible."""
    if said.isdigit() and 1 <= int(said) <= len(table.header):
        return int(said) - 1
    likeness = [(fuzz.WRatio(said.casefold(), head.casefold()), -n) for n, head in enumerate(table.header) if head]
    best = max(likeness, default=(0, 0))
    if best[0] < _ALIKE:
        heads = ", ".join(_head(table, n) for n in range(len(table.header)))
        raise NotPossible(say("There is no column “{said}”. There are: {columns}.", said=said, columns=heads))
    return -best[1]


def _grouped(account: str) -> str:
    """An IBAN in groups of four, other numbers as they are."""
    return " ".join(account[at : at + 4] for at in range(0, len(account), 4)) if account[:2].isalpha() else account
