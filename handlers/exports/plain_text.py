"""The books as journals of plain-text accounting: hledger and beancount.

What there was before the period is carried forward by one entry, and what there is after it is asserted, so that
`hledger check` and `bean-check` prove that nothing was lost on the way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta

from handlers.exports.period_books import Books
from storage.ledger.accounts import Balance
from storage.models import AccountType

_ROOTS = {
    AccountType.ASSET: "Assets",
    AccountType.LIABILITY: "Liabilities",
    AccountType.EQUITY: "Equity",
    AccountType.INCOME: "Income",
    AccountType.EXPENSE: "Expenses",
}


def to_hledger(books: Books) -> bytes:
    """A journal file of hledger: declared accounts and commodities, entries, and an assertion of each balance."""
    names = {code: name.lower() for code, name in _names(books).items()}
    lines = [f"; {_one_line(books.company)}, {books.since} – {books.until}", *_untold(books, names), ""]
    lines += [
        f"commodity 1,000.{'0' * decimals} {currency}" if decimals else f"commodity 1,000. {currency}"
        for currency, decimals in _decimals(books).items()
    ]
    lines += [f"account {name}" for name in sorted(names.values())] + [""]
    if books.before:
        lines += [f"{books.since} opening balances", *_carried(books.before, names, "    {name}  {amount}"), ""]
    for entry in books.entries:
        number = f" ({_hledger_text(entry.number)})" if entry.number else ""
        lines.append(f"{entry.booked_on}{number} {_hledger_text(entry.description)}  ; {entry.kind} {entry.id}")
        lines += [f"    {names[line.code]}  {line.amount}" for line in entry.lines] + [""]
    if books.after:
        lines.append(f"{books.until} balances")
        lines += [f"    {names[held.code]}  0 {held.amount.currency} = {held.amount}" for held in books.after]
    return "\n".join([*lines, ""]).encode()


def to_beancount(books: Books) -> bytes:
    """A beancount file: open directives, transactions, and a balance directive for each account."""
    names = _names(books)
    lines = [f'option "title" "{_quoted(books.company)}, {books.since} – {books.until}"', *_untold(books, names), ""]
    lines += [f"{books.since} open {name}" for name in sorted(names.values())] + [""]
    if books.before:
        lines += [f'{books.since} * "Opening balances"', *_carried(books.before, names, "  {name}  {amount}"), ""]
    for entry in books.entries:
        lines.append(f'{entry.booked_on} * "{_quoted(entry.description)}"')
        lines += [f'  entry: "{entry.id}"', f'  kind: "{entry.kind}"']
        lines += [f'  document: "{_quoted(entry.number)}"'] if entry.number else []
        lines += [f"  {names[line.code]}  {line.amount}" for line in entry.lines] + [""]
    checked = books.until + timedelta(days=1)  # a balance of beancount holds at the beginning of its day
    lines += [f"{checked} balance {names[held.code]}  {held.amount}" for held in books.after]
    return "\n".join([*lines, ""]).encode()


def _untold(books: Books, names: Mapping[str, str]) -> list[str]:
    """A comment for each account whose balance is not what is there."""
    return [f"; {names[account.code]} is counted from zero: nobody told its balance." for account in books.untold]


def _names(books: Books) -> Mapping[str, str]:
    """The name of each account used, such as "Assets:Bank" or "Assets:Input-vat:19", no two alike.

    Parts begin with a capital or a digit and go on in letters, digits and dashes, which both programs accept.
    """
    types = {held.code: held.type for held in (*books.before, *books.after)}
    types |= {line.code: line.type for entry in books.entries for line in entry.lines}
    names: dict[str, str] = {}
    for code in sorted(types):
        parts = [re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-").capitalize() or "X" for part in code.split(":")]
        name = ":".join([_ROOTS[types[code]], *parts])
        while name in names.values():
            name += "-2"
        names[code] = name
    return names


def _decimals(books: Books) -> dict[str, int]:
    amounts = [held.amount for held in (*books.before, *books.after)]
    amounts += [line.amount for entry in books.entries for line in entry.lines]
    return {amount.currency: max(0, -int(amount.decimal.as_tuple().exponent)) for amount in amounts}


def _carried(balances: Iterable[Balance], names: Mapping[str, str], posting: str) -> list[str]:
    """Postings of what each account held: they sum to zero, as the trial balance does."""
    return [posting.format(name=names[held.code], amount=held.amount) for held in balances]


def _hledger_text(text: str) -> str:
    """A description: a semicolon would begin a comment, a bar splits payee and note, brackets a code."""
    return _one_line(text).translate(str.maketrans(";|()", ",/[]"))


def _quoted(text: str) -> str:
    return _one_line(text).replace("\\", "\\\\").replace('"', '\\"')


def _one_line(text: str) -> str:
    return " ".join(text.split())
