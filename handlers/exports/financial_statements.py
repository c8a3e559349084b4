"""Profit and loss and the balance sheet, in words or as a workbook, and other currencies at their worth."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from handlers.context import Context
from handlers.errors import NotPossible
from handlers.exports.export import MEDIA_TYPES
from handlers.exports.spreadsheets import Cell, Table, to_xlsx
from handlers.language.formats import day, money
from handlers.language.translation import say, sayable
from handlers.messages import Attachment, Reply
from handlers.requests import FinancialStatements
from handlers.wording import account_names, period_names
from handlers.wording.books import missing_opening_balance
from storage.bank import opening_balances
from storage.people import company
from storage.reports.annual import financial_statements as reports
from storage.reports.annual.financial_statements import Section, StatementLine
from storage.reports.spending import Period

_NAMES = {
    reports.REALISED: sayable("Exchange differences, realised"),
    reports.UNREALISED: sayable("Exchange differences, unrealised"),
    reports.FORWARD: sayable("Result of earlier periods"),
    reports.RESULT: sayable("Result of the period"),
}
_HEADS: dict[Section, str] = {
    "income": sayable("Income"),
    "costs": sayable("Costs"),
    "assets": sayable("Assets"),
    "liabilities": sayable("Liabilities"),
    "equity": sayable("Equity"),
}
_RESULTS: tuple[Section, ...] = ("income", "costs")
_BALANCE: tuple[Section, ...] = ("assets", "liabilities", "equity")


def financial_statements(session: Session, context: Context, request: FinancialStatements) -> tuple[Reply, ...]:
    """The statements of a period beside those of the one before. Raises: NotPossible for days that are to come."""
    if request.since > context.today:
        raise NotPossible(say("{day} is to come; nothing is booked then.", day=day(request.since)))
    ours = company.company(session).currency or context.currency
    made = reports.financial_statements(
        session, Period(request.since, request.until), ours, until=min(request.until, context.today)
    )
    span = made[0].span
    names = account_names.account_names(session)
    text = "\n\n".join(_text(one, request, names) for one in made)
    untold = opening_balances.without_opening_balance(session, span.until)
    moved = {line.code for one in made for line in one.sections["assets"]}
    remarks = [
        say("{day} is to come: this is what is booked until today.", day=day(request.until))
        if request.until > context.today
        else "",
        *(_apart(one.currency) for one in made[1:]),
        _unbooked(made[0]),
        missing_opening_balance.counted_from_zero_remark(
            session, [account for account in untold if account.code in moved], context.today, span.until
        ),
    ]
    text = "\n".join(filter(None, (text, *remarks)))
    if not request.file:
        return (Reply(text),)
    name = f"{span.since}_{span.until}_{say('statements')}.xlsx"
    data = to_xlsx([table for one in made for table in _tables(one, request, names)])
    return (Reply(text, attachments=(Attachment(name, MEDIA_TYPES["xlsx"], context.keep(data)),)),)


def _text(made: reports.FinancialStatements, request: FinancialStatements, names: dict[str, str]) -> str:
    parts = []
    if request.part in ("results", "both"):
        before = period_names.between(made.before.since, made.before.until)
        label = request.label or period_names.between(made.span.since, made.span.until)
        lines = [say("Profit and loss {label}, in brackets {before}:", label=label, before=before)]
        lines += [line for section in _RESULTS for line in _section(made, section, names)]
        won, lost = made.result
        text = say("Loss") if won.minor < 0 else say("Profit")
        parts.append("\n".join([*lines, f"{text}: {money(won)} ({money(lost)})"]))
    if request.part in ("balance", "both"):
        days = {"day": day(made.span.until), "before": day(made.before.until)}
        lines = [say("Balance sheet, {day}, in brackets {before}:", **days)]
        lines += [line for section in _BALANCE for line in _section(made, section, names)]
        (owed, owed_before), (own, own_before) = made.total("liabilities"), made.total("equity")
        total = {"now": money(owed + own), "before": money(owed_before + own_before)}
        parts.append("\n".join([*lines, say("Liabilities and equity: {now} ({before})", **total)]))
    return "\n\n".join(parts)


def _section(made: reports.FinancialStatements, section: Section, names: dict[str, str]) -> list[str]:
    """ "Assets: €12,000.00 (€9,000.00)" and its lines."""
    now, before = made.total(section)
    head = f"{say(_HEADS[section])}: {money(now)} ({money(before)})"
    return [
        head,
        *(f"• {_name(line, names)}: {money(line.now)} ({money(line.before)})" for line in made.sections[section]),
    ]


def _name(line: StatementLine, names: dict[str, str]) -> str:
    return say(_NAMES[line.code]) if line.code in _NAMES else names[line.code]


def _apart(currency: str) -> str:
    return say(
        "⚠ {currency} stands by itself, since not every exchange rate is known. Import the European Central Bank's "
        "reference rates with “billify rates FILE”.",
        currency=currency,
    )


def _unbooked(made: reports.FinancialStatements) -> str:
    """That something is unrealised which no valuation booked, and what books it."""
    if not made.unbooked.minor:
        return ""
    return say(
        "Of the unrealised exchange differences, {amount} are not booked. Say “value other currencies at {day}”.",
        amount=money(made.unbooked),
        day=day(made.span.until),
    )


def _tables(made: reports.FinancialStatements, request: FinancialStatements, names: dict[str, str]) -> Sequence[Table]:
    """A sheet for each statement; its name says the currency where it is not the only one."""
    wanted = [(say("Profit and loss"), _RESULTS, request.part in ("results", "both"))]
    wanted.append((say("Balance sheet"), _BALANCE, request.part in ("balance", "both")))
    return [_table(made, f"{title} {made.currency}", sections, names) for title, sections, shown in wanted if shown]


def _table(made: reports.FinancialStatements, title: str, sections: Sequence[Section], names: dict[str, str]) -> Table:
    spans = (made.span, made.before)
    heads = (say("Section"), say("Account"), say("Account name"), *(f"{span.since} – {span.until}" for span in spans))
    rows: list[tuple[Cell, ...]] = []
    for section in sections:
        head = say(_HEADS[section])
        rows += [
            (head, line.code, _name(line, names), line.now.decimal, line.before.decimal)
            for line in made.sections[section]
        ]
        rows.append((head, None, say("Total"), *(amount.decimal for amount in made.total(section))))
    if "income" in sections:
        rows.append((say("Result of the period"), None, None, *(amount.decimal for amount in made.result)))
    return Table(title, heads, tuple(rows))
