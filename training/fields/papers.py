"""Papers of every type, drawn as text layers, from which it is learnt what tells the types apart.

Titles stand alone or with a number, large or small, above or beside the address; invoices name their order, delivery
note and contract, and tills void a line: what has to be told apart. The same seed gives the same papers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

from extraction.evidence import Page, Word

_LETTER, _LINE = 6.0, 14.0
_NAMES = ("Alder", "Bergmann", "Corvo", "Dumas", "Elster", "Fontana", "Grove", "Hanak", "Ibsen", "Jolly")
_FORMS = ("Ltd", "GmbH", "S.r.l.", "SARL", "B.V.", "AB", "s.r.o.", "Sp. z o.o.", "S.L.", "Inc.")
_PRICED = frozenset({"invoice", "credit_note", "proforma_invoice", "order", "order_confirmation", "quotation"})
_WIDE = 72


@dataclass(frozen=True)
class Paper:
    """A drawn paper: in which language, of which type, who issued it and to whom ("" for nobody by name), and its page.

    `numbers` are the VAT numbers of both, as far as they are printed.
    """

    language: str
    type: str
    issuer: str
    recipient: str
    page: Page
    numbers: tuple[str, str] = ("", "")


def papers(each: int, seed: int = 1) -> Iterator[Paper]:
    """So many papers of each type in each language."""
    for language, words in _words().items():
        for name in words["title"]:
            for number in range(each):
                rng = Random(f"{seed} {language} {name} {number}")
                if name == "receipt" and rng.random() < 0.8:
                    lines = _slip(words, rng)
                    yield Paper(language, name, lines[0].strip(), "", _page(lines))
                    continue
                parties = _parties(rng)
                lines = _letter(name, words, parties, rng)
                yield Paper(language, name, parties.issuer, parties.recipient, _page(lines), parties.numbers)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("papers.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class _Parties:
    """Who issued a paper and who gets it, with their VAT numbers."""

    issuer: str
    recipient: str
    numbers: tuple[str, str]


def _parties(rng: Random) -> _Parties:
    first, second = rng.sample(_NAMES, 2)
    names = (
        f"{first} {rng.choice(('Tools', 'Print', 'Office', 'Food'))} {rng.choice(_FORMS)}",
        f"{second} Studio {rng.choice(_FORMS)}",
    )
    return _Parties(*names, (f"DE{rng.randint(10**8, 10**9 - 1)}", f"DE{rng.randint(10**8, 10**9 - 1)}"))


def _heading(words: Mapping[str, Any], parties: _Parties, rng: Random) -> tuple[list[str], list[str], list[str]]:
    """The rows of the head, those of whom it is to, and those of the foot."""
    at = [f"{rng.choice(_NAMES)} {rng.randint(1, 90)}", f"{rng.randint(10000, 99999)} {rng.choice(_NAMES)}ville"]
    number, theirs = (
        f"VAT {one}" if rng.random() < odds else "" for one, odds in zip(parties.numbers, (0.6, 0.25), strict=True)
    )
    to = [parties.recipient, "7 Long Lane", "10115 Berlin", *filter(None, [theirs])]
    labelled = rng.random() < 0.6
    if labelled:
        to = [rng.choice(words["to"]), *to] if rng.random() < 0.5 else [f"{rng.choice(words['to'])} {to[0]}", *to[1:]]
    issuer = [parties.issuer, *at, *filter(None, [number])]
    how = rng.randrange(6)
    if how == 0:  # two columns, each under its label, either first
        columns = [[rng.choice(words["from"]), *issuer], to if labelled else [rng.choice(words["to"]), *to]]
        if rng.random() < 0.3:
            columns.reverse()
        return [_beside(one, other) for one, other in zip_longest(*columns, fillvalue="")], [], []
    if how == 1:  # two columns, no labels
        return [_beside(one, other) for one, other in zip_longest(issuer, to, fillvalue="")], [], []
    if how == 2:  # the sender's small line over the address, and all of him at the foot
        return [], [", ".join((parties.issuer, *at)), *to], [", ".join((parties.issuer, *at, *filter(None, [number])))]
    if how == 3:  # one below the other, each under its label
        return [rng.choice(words["from"]), *issuer], [rng.choice(words["to"]), *to] if not labelled else to, []
    if how == 4:  # the issuer at the right, level with the address or below it
        return [], [_beside(one, other) for one, other in zip_longest(to, ["", *issuer], fillvalue="")], []
    return [f"^{issuer[0]}" if rng.random() < 0.4 else issuer[0], *issuer[1:]], to, []


def _letter(name: str, words: Mapping[str, Any], parties: _Parties, rng: Random) -> list[str]:
    us = parties.recipient
    head, to, foot = _heading(words, parties, rng)
    title, dated = _title(name, words, rng), f"{rng.choice(words['date'])}   {_day(rng)}"
    refer = [_filled(one, rng, us) for one in rng.sample(words["refer"], rng.randint(0, min(3, len(words["refer"]))))]
    how = rng.randrange(4)
    if how == 0:  # beside the address
        body = [
            _beside(line, other)
            for line, other in zip(to + [""] * 3, [title[0], *title[1:], dated, *refer][: len(to) + 3], strict=False)
        ]
    elif how == 1:
        body = [*to, "", *title, *(_beside(one, dated) if at == 0 else one for at, one in enumerate(refer or [""]))]
    elif how == 2:
        body = [*title, *to, dated, *refer]
    else:
        body = [*to, "", dated, *refer, "", *title]
    said = [_filled(one, rng, us) for one in rng.sample(words["say"][name], rng.randint(1, len(words["say"][name])))]
    priced = name in _PRICED and rng.random() < 0.93
    table = _table(words, rng, negative=name == "credit_note" and rng.random() < 0.4) if priced else []
    if name == "delivery_note":
        table = [f"{one:<30}{rng.randint(1, 40)}" for one in rng.sample(words["item"], 3)]
    paid = (
        [_filled(one, rng, us) for one in rng.sample(words["pay"], 1)]
        if name == "invoice" or rng.random() < 0.25
        else []
    )
    if rng.random() < 0.3 and name in ("invoice", "reminder", "credit_note", "order_confirmation"):
        paid.append("IBAN DE89 3704 0044 0532 0130 00")
    paid += rng.sample(words["small"], rng.randrange(3))
    before = rng.random() < 0.5
    return [
        *head,
        "",
        *body,
        "",
        *(said if before else []),
        *table,
        *paid,
        *([] if before else said),
        *([""] * 4 if foot else []),
        *foot,
    ]


def _title(name: str, words: Mapping[str, Any], rng: Random) -> list[str]:
    title = rng.choice(words["title"][name])
    title = title.upper() if rng.random() < 0.35 else title
    tall = "^" if rng.random() < 0.4 else ""
    number = f"{rng.choice(words['number'])} {_number(rng)}"
    how = rng.randrange(4)
    if how == 0:
        return [f"{tall}{title} {number}"]
    if how == 1:
        return [f"{tall}{title}", number.replace(" ", "   ", 1)]
    if how == 2:
        return [f"{tall}{title}   {number}"]
    return [f"{tall}{title}"] if name != "invoice" else [f"{tall}{title} {_number(rng)}"]


def _table(words: Mapping[str, Any], rng: Random, *, negative: bool) -> list[str]:
    prices = [rng.randint(100, 90000) for _ in range(rng.randint(1, 4))]
    sign = "-" if negative else ""
    rows = [f"{rng.choice(words['item']):<30}{sign}{_money(price):>12}" for price in prices]
    net, tax = sum(prices), sum(prices) // 5
    sums = [(rng.choice(words["net"]), net), (rng.choice(words["tax"]), tax), (rng.choice(words["total"]), net + tax)]
    return rows + [f"{label:<30}{sign}{_money(amount):>12}" for label, amount in sums]


def _slip(words: Mapping[str, Any], rng: Random) -> list[str]:
    prices = [rng.randint(90, 4000) for _ in range(rng.randint(1, 5))]
    rows = [f"{rng.choice(words['item'])[:16]:<20}{_money(price):>8}" for price in prices]
    if rng.random() < 0.4:
        rows.append(f"{rng.choice(words['void']):<20}{'-' + _money(prices[0]):>8}")
        prices = prices[1:] or [rng.randint(90, 900)]
    total = sum(prices)
    paid = -(-total // 1000) * 1000
    title = [f"   {rng.choice(words['title']['receipt'])}"] if rng.random() < 0.4 else []
    title = title or ([f"   {rng.choice(words['title']['invoice'])} {_number(rng)}"] if rng.random() < 0.2 else [])
    tender = [f"{rng.choice(words['cash']):<20}{_money(paid):>8}", f"{words['change']:<20}{_money(paid - total):>8}"]
    day = f"  {_day(rng)}  {rng.randint(8, 21):02}:{rng.randint(0, 59):02}"
    said = [f"  {one}" for one in rng.sample(words["say"]["receipt"], 1)]
    head = [f"     {rng.choice(_NAMES)} {rng.choice(('Cafe', 'Market', 'Bistro'))}", "  Main 3, 10115 Berlin"]
    return [
        *head,
        *title,
        *([day] if rng.random() < 0.5 else []),
        *rows,
        f"{rng.choice(words['total']):<20}{_money(total):>8}",
        *(tender if rng.random() < 0.7 else tender[:1]),
        day,
        *said,
    ]


def _filled(text: str, rng: Random, us: str) -> str:
    return text.format(n=_number(rng), b=_number(rng), d=_day(rng), a=_money(rng.randint(500, 90000)), us=us)


def _number(rng: Random) -> str:
    return rng.choice(
        (
            f"{rng.randint(100, 99999)}",
            f"2026-{rng.randint(1, 999)}",
            f"R{rng.randint(1000, 9999)}",
            f"{rng.randint(1, 99)}/2026",
        )
    )


def _day(rng: Random) -> str:
    return f"{rng.randint(1, 28):02}.{rng.randint(1, 12):02}.2026"


def _money(minor: int) -> str:
    return f"{minor / 100:,.2f}".replace(",", " ").replace(".", ",") if minor % 2 else f"{minor / 100:,.2f}"


def _beside(left: str, right: str) -> str:
    if right.startswith("^"):
        return f"^{left:<40}  {right[1:]}"
    return f"{left:<40}  {right}"


def _page(lines: list[str]) -> Page:
    """Words where their characters stand, a wide gap where there are two blanks; "^" doubles a row's height."""
    words = []
    for row, line in enumerate(lines):
        high, at = (20.0 if line.startswith("^") else 10.0), 0.0
        for cell in _cells(line.removeprefix("^")):
            at, text = cell
            top = (row + 1) * _LINE + 10 - high
            words.append(Word(text, (at * _LETTER, top, (at + len(text)) * _LETTER, top + high)))
    return Page(1, max(_WIDE, *map(len, lines)) * _LETTER, max(len(lines) + 3, 40) * _LINE, tuple(words), "text")


def _cells(line: str) -> Iterator[tuple[int, str]]:
    at = 0
    for part in line.split("  "):
        text = part.strip()
        if text:
            yield line.index(text, at), text
            at = line.index(text, at) + len(text)
