"""SWIFT MT940 (statement) and MT942 (interim report), as banks really write them.

Read here and not by a library: what needs reading is mostly what the standard does not have (German, Dutch and
Hungarian dialects of field 86, field NS, cut files), and every statement of a file has to stay one of its own account.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extraction.bank_statement import BankStatement, StatementLine
from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.standards.check_digits import iban_in
from extraction.statements.remittance_information import read_remittance_information

_FIELD = re.compile(r"^(?:\{4:)?:(\d\d[A-Z]?|NS):", re.MULTILINE)
_BALANCE = re.compile(r"([CD])(\d{6})([A-Z]{3})?([\d.]*,\d*)")
_LINE = re.compile(
    r"(?P<value>\d{6})(?P<booked>\d{4})?(?P<mark>R[CD]|E[CD]|[CD])(?P<funds>[A-Z])?(?P<amount>[\d.]*,?\d*)"
    r"(?:[A-Z][A-Z0-9]{3})?(?P<reference>[^\n/]*(?:/(?!/)[^\n/]*)*)(?://(?P<bank>[^\n]*))?(?P<more>(?:\n.*)*)",
)
_SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1, "EC": 1, "ED": -1}
"""Field 61, subfield 3: credit and debit, their reversals, and those expected (MT942), which are pending."""

_NEW_STATEMENT = "20"
_ONCE = frozenset({"25", "25P", "60F", "60M"})
"""Fields of which a statement has one: where banks leave field 20 out, another begins with the next of these."""
_CENTURY = 80
"""Two-digit years from here on are of the last century; no bank wrote MT940 before."""

_DAMAGED = Problem(
    "mt940_damaged",
    "In this MT940 file a movement or a balance is damaged. Please export the statement at the bank once more.",
)


def read(text: str) -> tuple[BankStatement, ...]:
    """The statements in the file, in their order. Raises: Unreadable when a balance or a movement is damaged."""
    return tuple(_statement(fields) for fields in _blocks(text))


def _blocks(text: str) -> list[list[tuple[str, str]]]:
    """The fields, (tag, content), of each statement."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    starts = list(_FIELD.finditer(plain))
    blocks: list[list[tuple[str, str]]] = []
    for found, following in zip(starts, [*starts[1:], None], strict=True):
        content = plain[found.end() : following.start() if following else len(plain)]
        tag = found[1]
        here = {known[:2] for known, _ in blocks[-1]} if blocks else set()
        if not blocks or tag == _NEW_STATEMENT or (tag in _ONCE and tag[:2] in here):
            blocks.append([])
        blocks[-1].append((tag, re.split(r"^-\}?\s*$", content, maxsplit=1, flags=re.MULTILINE)[0].rstrip()))
    return blocks


def _statement(fields: list[tuple[str, str]]) -> BankStatement:
    first = dict(reversed(fields))
    opening = _balance(first.get("60F") or first.get("60M"))
    closing = _balance(next((content for tag, content in reversed(fields) if tag in ("62F", "62M")), None))
    currency = next((balance[2] for balance in (opening, closing) if balance and balance[2]), "")
    account = first.get("25", first.get("25P", "")).split("\n")[0].strip()
    return BankStatement(
        format="MT942" if "34F" in first or "13D" in first else "MT940",
        lines=tuple(_lines(fields)),
        account=iban_in(account) or account,
        currency=currency or first.get("34F", "")[:3],
        number=first.get("28C", first.get("28", "")).strip(),
        opening=opening[0] if opening else None,
        closing=closing[0] if closing else None,
        since=opening[1] if opening else None,
        until=closing[1] if closing else None,
    )


def _lines(fields: Iterable[tuple[str, str]]) -> list[StatementLine]:
    """Each field 61, with the field 86 (or NS) that follows it."""
    lines: list[StatementLine] = []
    described = True
    for tag, content in fields:
        if tag == "61":
            lines.append(_line(content))
            described = False
        elif tag in ("86", "NS") and lines and not described:
            lines[-1] = _described(lines[-1], tag, content)
            described = True
    return lines


def _line(content: str) -> StatementLine:
    found = _LINE.match(content)
    if not found:
        raise Unreadable(_DAMAGED)
    value_on = _day(found["value"])
    reference = found["reference"].strip()
    return StatementLine(
        booked_on=_near(value_on, found["booked"]),
        amount=_SIGNS[found["mark"]] * _amount(found["amount"]),
        text=" ".join(found["more"].split()),
        reference="" if reference in ("NONREF", "NOREF") else reference,
        bank_reference=(found["bank"] or "").strip(),
        value_on=value_on,
        pending=found["mark"].startswith("E"),
    )


def _described(line: StatementLine, tag: str, content: str) -> StatementLine:
    """With what the bank says of it; that is more than the supplementary details of field 61."""
    purpose = read_remittance_information(content, pendant=tag == "NS")
    return replace(
        line,
        text=purpose.text or line.text,
        counterparty=purpose.counterparty,
        iban=purpose.iban,
        reference=purpose.reference or line.reference,
    )


def _balance(content: str | None) -> tuple[Decimal, date, str] | None:
    """Amount, day and currency ("" where one forgot it) of a balance field; None where there is none."""
    if content is None:
        return None
    found = _BALANCE.match(content)
    if not found:
        raise Unreadable(_DAMAGED)
    return _SIGNS[found[1]] * _amount(found[4]), _day(found[2]), found[3] or ""


def _amount(text: str) -> Decimal:
    digits = text.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"\d+\.?\d*|\.\d+", digits):
        raise Unreadable(_DAMAGED)
    return Decimal(digits)


def _day(text: str) -> date:
    """YYMMDD. A day that the month does not have (interest is counted until 30 February) is the month's last."""
    year, month, day = int(text[:2]), int(text[2:4]), int(text[4:])
    year += 1900 if year >= _CENTURY else 2000
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        raise Unreadable(_DAMAGED)
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _near(value_on: date, booked: str | None) -> date:
    """The booking date, MMDD, in the year in which it is closest to the value date."""
    if booked is None:
        return value_on
    days = [_day(f"{(value_on.year + years) % 100:02}{booked}") for years in (-1, 0, 1)]
    return min(days, key=lambda day: abs(day - value_on))
