"""What is said at Lindenhof GmbH in a fresh conversation, and what has to be answered and booked then."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest

from tests.fakes.books.desk import Desk

AMOUNT = re.compile(r"-?(?:US\$|€)[\d,]+\.\d\d|-?[\d.]+,\d\d [€$]")

Booked = tuple[str, str | None, str, int, str]
"""A movement on bank or cash: the kind of entry, the bill's number, the account's code, cents, the day."""


@dataclass(frozen=True)
class Row:
    """What is said, and the parts that the answer has to hold ("no: words" are those that it must not).

    `head` are all the amounts in its first line, `bills` the numbers of all the bills that it names or is about; None
    is not looked at. `booked` is what moves on bank or cash, `acts` what is noted as done: by default nothing at all.
    """

    said: str
    holds: tuple[str, ...]
    head: frozenset[str] | None
    bills: frozenset[str] | None
    booked: tuple[Booked, ...]
    acts: tuple[str, ...]
    sender: str


def row(
    said: str,
    *holds: str,
    head: Iterable[str] | None = None,
    bills: Iterable[str] | None = None,
    booked: tuple[Booked, ...] = (),
    acts: tuple[str, ...] = (),
    sender: str = "owner",
    misunderstood: str = "",
) -> Any:
    """A row of a table; `misunderstood` says what the words are taken for until that is mended."""
    marks = [pytest.mark.xfail(strict=True, reason=misunderstood)] if misunderstood else []
    made = Row(
        said,
        holds,
        None if head is None else frozenset(head),
        None if bills is None else frozenset(bills),
        booked,
        acts,
        sender,
    )
    return pytest.param(made, id=said, marks=marks)


async def hear(desk: Desk, wanted: Row) -> None:
    """Says it and compares."""
    entries, steps = latest(desk, "entry"), latest(desk, "audit")
    heard = (await desk.say(wanted.said, sender=wanted.sender)).replace("\xa0", " ")
    for words in wanted.holds:
        unwanted = words.removeprefix("no: ")
        assert (words in heard) if words == unwanted else (unwanted not in heard), f"“{words}” does not fit:\n{heard}"
    if wanted.head is not None:
        assert set(AMOUNT.findall(heard.splitlines()[0])) == wanted.head, heard
    if wanted.bills is not None:
        assert named(desk) == wanted.bills, heard
    booked, acts = booked_since(desk, entries), acts_since(desk, steps)
    assert (booked, acts) == (wanted.booked, wanted.acts), f"{booked} {acts} after:\n{heard}"


def latest(desk: Desk, table: str) -> int:
    """The highest id of a table so far."""
    return int(query(desk, f"SELECT coalesce(max(id), 0) FROM {table}")[0][0])


def named(desk: Desk) -> set[str]:
    """The numbers of the bills that the last answer listed, or was about."""
    ids = {id_ for reply in desk.replies for id_ in (*reply.listed, reply.bill) if id_ is not None}
    return {number for id_, number in query(desk, "SELECT id, number FROM bill") if id_ in ids}


def booked_since(desk: Desk, entry: int) -> tuple[Booked, ...]:
    """What moved on bank and cash after an entry."""
    return tuple(
        query(
            desk,
            "SELECT entry.kind, (SELECT number FROM bill WHERE bill.id = other.bill_id), account.code,"
            " posting.amount_minor, posting.booked_on FROM entry JOIN posting ON posting.entry_id = entry.id"
            " JOIN account ON account.id = posting.account_id AND account.purse"
            " LEFT JOIN posting other ON other.entry_id = entry.id AND other.bill_id IS NOT NULL"
            " WHERE entry.id > ? GROUP BY posting.id ORDER BY posting.id",
            entry,
        )
    )


def acts_since(desk: Desk, step: int) -> tuple[str, ...]:
    """What is noted as done after a step."""
    return tuple(action for (action,) in query(desk, "SELECT action FROM audit WHERE id > ? ORDER BY id", step))


def state(desk: Desk, number: str) -> tuple[str, int]:
    """The state of the bill of that number, and what is open on it, in cents."""
    return query(desk, "SELECT state, open_minor FROM bill WHERE number = ?", number)[0]


def query(desk: Desk, sql: str, *values: object) -> list[Any]:
    """Plain SQL on the ledger."""
    with closing(sqlite3.connect(desk.database.url.removeprefix("sqlite:///"))) as connection:
        return connection.execute(sql, values).fetchall()
