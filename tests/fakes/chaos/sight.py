"""Which bills people see in a reply, and which they may mean by a name."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.messages import Reply
from tests.fakes.books.desk import spoken
from tests.fakes.chaos.company import BILLS
from tests.fakes.chaos.snapshot import Books, Row
from tests.fakes.chaos.wishes import Wish

NAMED = ("vendor", "number")
OPEN = ("confirmed", "part-paid")


def candidates(wish: Wish, books: Books) -> frozenset[int]:
    """The bills that a named wish can mean: for a payment those that are open, else those that are drafts."""
    assert wish.name is not None
    found = {
        one: bill for one, bill in books.bills.items() if called(bill, wish.name) and bill["state"] != "void"
        and (wish.out is None or wish.out == (bill["side"] == "payable"))
    }  # fmt: skip
    states = {"pay": (OPEN, ("draft",)), "confirm": (("draft",),)}.get(wish.kind)
    if states is None:
        return frozenset(found)
    for among in states:
        if fitting := {one for one, bill in found.items() if bill["state"] in among}:
            return frozenset(fitting)
    return frozenset()


def called(bill: Row, name: str) -> bool:
    """Whether people may mean the bill by these words."""
    words = plain(f"{bill['vendor']} {bill['number']}").split()
    amounts = {f"{(bill[of] or 0) / 100:.2f}" for of in ("total_minor", "open_minor")}
    amounts |= {amount.removesuffix(".00") for amount in amounts}
    return name in amounts or all(any(word == part for part in words) for word in plain(name).split())


def bare(choice: str) -> str:
    """What a button asks for, without the version of what it stands under."""
    return re.sub(r"~[0-9a-z]+$", "", choice)


def visible(reply: Reply, books: Books) -> frozenset[int]:
    """The bills that a reply shows: of its card, or else by their numbers, or names and amounts, in its lines."""
    if card := reply.card:
        shown = plain(f"{card.title} {card.subtitle}")
        found = {one for one, bill in books.bills.items() if all(plain(bill[of] or "") in shown for of in NAMED)}
        targets = {int(each) for one in reply.choices for each in bare(one.id).split(":")[1:2] if each.isdigit()}
        return frozenset(found & targets or found)
    files = {BILLS[stem]["number"] for one in reply.attachments if (stem := one.name.partition(".")[0]) in BILLS}
    if files:
        return frozenset(one for one, bill in books.bills.items() if bill["number"] in files)
    lines = spoken(replace(reply, choices=())).replace("\xa0", " ").split("\n")
    return frozenset(one for one, bill in books.bills.items() if any(_stands_in(bill, line) for line in lines))


def _stands_in(bill: Row, line: str) -> bool:
    if not bill["vendor"] or bill["vendor"] not in line:
        return False  # a number alone may be an echo of what was said
    if bill["number"] and re.search(rf"(?<![\w-]){re.escape(bill['number'])}(?![\w-])", line):
        return True
    amounts = [f"{(bill[of] or 0) / 100:,.2f}" for of in ("total_minor", "open_minor")]
    spelled = [each for amount in amounts for each in (amount, amount.translate(str.maketrans(",.", ".,")))]
    return any(amount in line for amount in spelled)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower().replace("&", " ")).strip()
