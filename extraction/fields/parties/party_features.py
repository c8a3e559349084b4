"""What speaks for a name being a party's: its letters, its place among the names, and what stands around it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import CELL, Row
from extraction.fields.parties.addresses import (
    above,
    below,
    is_address,
    is_company_number,
    is_country,
    is_registered,
    is_town,
)
from extraction.fields.parties.company_names import TRADE, Name, worded
from extraction.fields.parties.non_names import announces_owner, is_label, is_noise, is_title, talk
from extraction.fields.parties.party_headings import announces, beside, section
from extraction.fields.patterns.legal_forms import LEGAL
from extraction.fields.patterns.vocabulary import fold

NEVER = ("title", "noise", "label", "address", "town", "comma", "captioned", "server", "aside", "priced")
"""Features that a name at the head of a document does not have."""
_PLAIN = re.compile(r"[^\W\d_]|[\s&'’.,+/()-]")
_ASIDE = re.compile(r"\(.*\)\W?")


def features_of_names(sheet: DocumentLayout, names: Sequence[Name], domains: frozenset[str]) -> list[dict[str, float]]:
    """The features of each name; `domains` are those of the document's web and mail addresses."""
    setting = _setting(sheet, names, domains)
    written = [_written(name) for name in names]
    return [
        {**own, **standing, **_surroundings(name, setting)}
        for name, own, standing in zip(names, written, _standings(names, written), strict=True)
    ]


@dataclass(frozen=True)
class _Setting:
    """What the document says as a whole, `folded` row by row; `called` are names that a heading stands beside.

    `incorporated` says that some name has a legal form and signs for the document, `capitals` how many of the names
    are written in capitals, 0 to 1; `signed` are those that stand over an address at the foot.
    """

    rows: Sequence[Row]
    folded: Sequence[str]
    domains: frozenset[str]
    called: Mapping[str, str]
    incorporated: bool
    capitals: float
    tallest: float
    first_price: int
    signed: frozenset[str]


def _setting(sheet: DocumentLayout, names: Sequence[Name], domains: frozenset[str]) -> _Setting:
    first = _first_price(sheet)
    return _Setting(
        rows=sheet.rows,
        folded=[fold(row.text) for row in sheet.rows],
        domains=domains,
        incorporated=any(LEGAL.search(name.value) and _runs_it(sheet.rows, name, first) for name in names),
        called={name.value: role for name in names if (role := beside(name.row, name.start)[0])},
        capitals=sum(name.value.isupper() for name in names) / max(1, len(names)),
        tallest=max((name.row.height for name in names if name.row.place < 0.4), default=1.0),
        first_price=first,
        signed=frozenset(fold(name.value) for name in signatures(sheet, names)),
    )


def signatures(sheet: DocumentLayout, names: Sequence[Name]) -> list[Name]:
    """Names that stand below the prices over an address, as a letterhead's do at the foot."""
    first, rows = _first_price(sheet), sheet.rows
    below_prices = (name for name in names if name.row.index > first and name.rest is None)
    return [name for name in below_prices if is_address(below(rows, name.row, name.start, name.end))]


def _first_price(sheet: DocumentLayout) -> int:
    """The index of the first row with an amount; that behind the last where there is none."""
    return next(
        (row.index for row, spans in zip(sheet.rows, sheet.amounts, strict=True) if any(s.places == 2 for s in spans)),
        len(sheet.rows),
    )


def _written(name: Name) -> dict[str, float]:
    """What the letters of a name say."""
    row, text = name.row, name.value
    start, _ = row.cell_at(name.start)
    cell = row.text[name.start : name.end]
    left = _left_of(row, start)
    street = is_address(text)
    return {
        "legal": float(bool(LEGAL.search(text))),
        "trade": float(sum(map(str.isalpha, TRADE.sub("", text))) > 2 and bool(TRADE.search(text)) and not street),
        "digits": float(bool(re.search(r"\d", text))),
        "address": float(street),
        "town": float(is_town(cell) or (start == 0 and is_town(row.text)) or is_country(text)),
        "title": float(is_title(text)),
        "noise": float(is_noise(cell)),
        "priced": float(name.priced),
        "captioned": float(_is_captioned(name)),
        "server": float(name.said != "greeting" and is_noise(row.text[start : name.start] or _caption(left))),
        "greeted": float(name.said == "greeting"),
        "aside": float(bool(_ASIDE.fullmatch(cell))),
        "talk": talk(cell),
        "odd": sum(not _PLAIN.match(char) for char in text) / len(text),
        "label": float(is_label(row, name.start, name.end)),
        "worded": worded(text),
        "comma": float(cell.rstrip().endswith(",")),
        "long": float(len(text) > 45),
        "short": float(sum(char.isalpha() for char in text) < 5),
        "joined": float(name.rest is not None and any(map(str.isalpha, LEGAL.sub("", name.rest.value)))),
        "misread": 1 - name.confidence,
    }


def _standings(names: Sequence[Name], written: Sequence[Mapping[str, float]]) -> Iterator[dict[str, float]]:
    """How probably each name is the first, second or third of the document, and whether its head ended above it."""
    over = before = (1.0, 0.0, 0.0)  # how probably none, one and two names stand above
    headed, named = False, False
    for name, own in zip(names, written, strict=True):
        plausible = not any(own[reason] for reason in NEVER) and own["worded"] <= 0.7 and own["odd"] <= 0.35
        headed = headed or bool(own["title"] and named)
        # A place at the top says less the worse the words are read: it may be a logo or a stain.
        seen = math.sqrt(1 - own["misread"]) if plausible else 0.0
        places = before if name.rest else over
        yield {
            **{place: seen * share for place, share in zip(("first", "second", "third"), places, strict=True)},
            "after_title": float(headed),
        }
        if name.rest is None:
            named = named or plausible
            none, one, two = before = over
            over = none * (1 - seen), one * (1 - seen) + none * seen, two * (1 - seen) + one * seen


def _surroundings(name: Name, setting: _Setting) -> dict[str, float]:
    """What stands around a name and elsewhere on the document."""
    row, rows = name.row, setting.rows
    role, distance = section(rows, row, name.start, name.end)
    role = role or setting.called.get(name.value, "")
    over = above(rows, row, name.start, name.end)
    under = below(rows, name.last.row, name.last.start, name.last.end)
    called = row.text[row.cell_at(name.start)[0] : name.start] or beside(row, name.start)[1]
    last, joined = fold(name.last.value), fold(name.value).replace(" ", "")
    # Among the prices it is an article that is repeated.
    counted = len(last) > 3 and row.index <= setting.first_price
    repeats = sum(last in other for other in setting.folded) - 1 if counted else 0
    domains = setting.domains if len(joined) > 3 else ()
    return {
        "captioned": float(_is_captioned(name) and role != "seller"),  # but for "Name: Acme" in the seller's block
        "upper": name.value.isupper() * (1 - setting.capitals),
        "place": row.place,
        "tall": row.height / setting.tallest,
        "left": row.box_of(name.start, name.end)[0] / row.page_width if row.page_width else 0.0,
        "after_prices": float(row.index > setting.first_price),
        "seller": float(role == "seller"),
        "seller_near": float(role == "seller" and distance < 2.5),
        "buyer": float(role == "buyer"),
        "buyer_near": float(role == "buyer" and distance < 2.5),
        "client": float(announces("client", called)),
        "others": float(announces("others", called)),
        "owner": float(name.said == "owner" or announces_owner(over)),
        "address_below": float(is_address(under)),
        "address_above": float(is_address(over)),
        "registered": float(is_registered(under) or is_registered(row.text)),
        "numbered": float(_is_numbered(rows, name)),
        "trading": float(setting.incorporated and not LEGAL.search(name.value)),
        "repeated": max(0, min(repeats, 3)) / 3,
        "signs": float(role != "buyer" and row.index < setting.first_price and fold(name.value) in setting.signed),
        "domain": float(any(fuzz.partial_ratio(domain, joined) >= 85 for domain in domains)),
    }


def _runs_it(rows: Sequence[Row], name: Name, first_price: int) -> bool:
    """Whether a company signs for the document: with its number in a register, or by itself below the prices."""
    alone = name.row.text.strip(" .,") == name.row.text[name.start : name.end].strip(" .,")
    return _is_numbered(rows, name) or (alone and name.row.index > first_price)


def _is_numbered(rows: Sequence[Row], name: Name) -> bool:
    """Whether a company's number in a register stands right behind the name or in the row below."""
    last = name.last
    cell = last.row.text[last.start : last.end]
    behind = cell[cell.rfind("(") :] if "(" in cell else cell.partition(last.value)[2]
    return is_company_number(behind) or is_company_number(below(rows, last.row, last.start, last.end, 1))


def _is_captioned(name: Name) -> bool:
    """Whether its cell or the one to the left says what it is, and ends that with a colon."""
    return name.said == "label" or _left_of(name.row, name.row.cell_at(name.start)[0]).endswith(":")


def _caption(cell: str) -> str:
    """The cell if it may say what stands right of it: one or two words without digits."""
    return cell if len(cell.split()) < 3 and not re.search(r"\d|\w[.@]\w", cell) else ""


def _left_of(row: Row, start: int) -> str:
    """The words of the cell that stands left of the one that begins there."""
    return row.text[: max(start - 1, 0)].rpartition(CELL)[2].rstrip()
