"""`billify bench statements`: how many movements of a set of bank statements are right, each with its sign,
how many balances, and what is refused or left out, with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extraction.bank_statement import BankStatement
from extraction.bench.datasets import samples_of
from extraction.evidence import Reading
from extraction.pipeline.extract import extract_documents

Share = tuple[int, int]
"""How many were right, of how many."""


@dataclass
class StatementFigures:
    """What was counted. `silent` are the files in which a movement is missing or wrong without a word."""

    files: int = 0
    shares: dict[str, Share] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)

    def add(self, name: str, right: int, of: int) -> None:
        """Adds to one of the shares."""
        before = self.shares.get(name, (0, 0))
        self.shares[name] = before[0] + right, before[1] + of


def bench_statements(folder: Path, console: Console | None = None) -> StatementFigures:
    """Reads the statements of a data set and prints the figures, which are also returned.

    Truth is `movements` (pairs of day and amount, those that are booked), or as much as is known of them:
    `transactions`, `total_credits`, `total_debits`; `opening_balance`, `closing_balance`, `currency`, and `iban` or
    `account`. Raises: extraction.bench.datasets.NoTruth when the folder is no data set.
    """
    figures = StatementFigures()
    for sample in samples_of(folder):
        reading = extract_documents(sample.path.read_bytes(), lambda picture, page: ())
        _count(figures, sample.path.name, sample.truth, reading)
    (console or Console()).print(_table(folder.name, figures))
    return figures


def _count(figures: StatementFigures, name: str, truth: dict[str, Any], reading: Reading) -> None:
    figures.files += 1
    if reading.problem:
        figures.refused[reading.problem.code] += 1
        return
    left_out = [row for statement in reading.statements for row in statement.left_out]
    figures.left_out.update(row.why for row in left_out)
    if "movements" in truth or "transactions" in truth:
        right, of = _movements(truth, reading.statements)
        figures.add("movements, each with its sign", right, of)
        figures.add("files with every movement", right == of, 1)
        if right != of and not any(row.is_missing for row in left_out):
            figures.silent.append(name)
    for what, is_right in _others(truth, reading.statements):
        figures.add(what, is_right, 1)


def _movements(truth: dict[str, Any], found: Sequence[BankStatement]) -> Share:
    """How many movements are right, of how many. Where only their number and sums are known, all or none."""
    lines = [line for statement in found for line in statement.lines]
    if "movements" in truth:
        lines = [line for line in lines if not line.pending]
        wanted = Counter((day, Decimal(amount)) for day, amount in truth["movements"])
        read = Counter((line.booked_on.isoformat(), line.amount) for line in lines)
        return (wanted & read).total(), max(wanted.total(), read.total())
    number = truth["transactions"]
    came, went = (sum((abs(line.amount) for line in lines if line.amount * way > 0), Decimal(0)) for way in (1, -1))
    known = (truth.get("total_credits", came), truth.get("total_debits", went))
    is_right = len(lines) == number and (came, went) == tuple(map(Decimal, known))
    return number * is_right, max(number, len(lines))


def _others(truth: dict[str, Any], found: Sequence[BankStatement]) -> Iterator[tuple[str, bool]]:
    first, last = found[0], found[-1]
    for name, balance in (("opening_balance", first.opening), ("closing_balance", last.closing)):
        if name in truth:
            yield "balances", balance == Decimal(truth[name])
    if "currency" in truth:
        yield "currency", last.currency == truth["currency"]
    if account := truth.get("iban", truth.get("account")):
        yield "account", last.account == account


def _table(name: str, figures: StatementFigures) -> Table:
    table = Table("", name, title_justify="left")
    table.columns[1].justify = "right"
    table.add_row("files", str(figures.files))
    for what, (right, of) in figures.shares.items():
        table.add_row(f"right: {what}", f"{right} of {of}")
    table.add_row("a movement wrong or missing without a word", str(len(figures.silent)))
    for code, times in figures.refused.most_common():
        table.add_row(f"refused: {code}", str(times))
    for why, times in figures.left_out.most_common():
        table.add_row(f"left out and told of: {why}", str(times))
    for each in figures.silent:
        table.add_row(f"wrong: {each}", "")
    return table
