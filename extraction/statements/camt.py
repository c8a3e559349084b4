"""ISO 20022 cash management: camt.052 (report), camt.053 (statement) and camt.054 (notification), of any version.

Versions differ in namespaces and in a few wrappers (a party's <Pty>, a status' <Cd>), so elements are found by their
local names. A movement whose status is not BOOK is pending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from extraction.bank_statement import BankStatement, StatementLine
from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.standards.decimals import decimal_in
from extraction.standards.safe_xml import parse_untrusted_xml

_FORMAT = re.compile(r"camt\.05[234]\.\d{3}\.\d{2}")
_DECLARATION = re.compile(rb"<\?xml\s")
_STATEMENTS = ("Stmt", "Rpt", "Ntfctn")
_OPENING = ("OPBD", "PRCD", "OPAV")
_CLOSING = ("CLBD", "ITBD", "CLAV")
"""Codes of balances, the booked ones before those available; PRCD is what the statement before closed with."""

_NO_REFERENCE = frozenset({"", "NOTPROVIDED", "NONREF", "NOT PROVIDED"})
_DAMAGED = Problem(
    "camt_damaged",
    "In this CAMT file an amount or a date is damaged. Please export the statement at the bank once more.",
)


def read(data: bytes) -> tuple[BankStatement, ...]:
    """The statements in the file, which may be several documents one after the other.

    Raises: Unreadable when it is broken XML, or an amount or a date is none.
    """
    return tuple(statement for document in _documents(data) for statement in _read(document))


def _documents(data: bytes) -> list[bytes]:
    """Banks write the days of a month one after the other into one file, each with its declaration."""
    starts = [found.start() for found in _DECLARATION.finditer(data)]
    if len(starts) < 2 or data[: starts[0]].strip(b"\xef\xbb\xbf \r\n\t"):
        return [data]
    return [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]


def _read(data: bytes) -> Iterator[BankStatement]:
    root = parse_untrusted_xml(data)
    found = _FORMAT.search(root.tag)
    name = found[0] if found else "camt"
    yield from (_statement(element, name) for element in root.iter() if _local(element) in _STATEMENTS)


def _statement(element: Element, name: str) -> BankStatement:
    account = _child(element, "Acct")
    entries = [entry for entry in element if _local(entry) == "Ntry"]
    opening, closing = _balance(element, _OPENING), _balance(element, _CLOSING)
    currencies = [_currency(amounts) for amounts in (opening, closing, *entries)]
    currency = _text(account, "Ccy") or next(filter(None, currencies), "")
    owner = _text(account, "Ownr/Nm") or _text(account, "Ownr/Pty/Nm") or _text(account, "Nm")
    return BankStatement(
        format=name,
        lines=tuple(_line(entry, currency, owner) for entry in entries),
        account=(_text(account, "Id/IBAN") or _text(account, "Id/Othr/Id")).replace(" ", ""),
        currency=currency,
        number=_text(element, "Id") or _text(element, "LglSeqNb") or _text(element, "ElctrncSeqNb"),
        bank=_text(account, "Svcr/FinInstnId/Nm"),
        owner=owner,
        opening=_signed(opening),
        closing=_signed(closing),
        since=_date(_child(opening, "Dt")) or _day(_text(element, "FrToDt/FrDtTm")),
        until=_date(_child(closing, "Dt")) or _day(_text(element, "FrToDt/ToDtTm")),
        strange=tuple(sorted(set(currencies) - {currency, ""})),
    )


def _line(entry: Element, currency: str, owner: str) -> StatementLine:
    """A movement as the bank booked it; the texts and references of a batch are all in it.

    Of a payment that came back, debtor and creditor are those of the first way: then the other side is whoever is not
    the `owner` of the account ("" where it is not told).
    """
    amount = _signed(entry)
    booked_on = _date(_child(entry, "BookgDt")) or _date(_child(entry, "ValDt"))
    if amount is None or booked_on is None:
        raise Unreadable(_DAMAGED)
    details = [detail for details in _children(entry, "NtryDtls") for detail in _children(details, "TxDtls")]
    other, us = ("Dbtr", "Cdtr") if amount > 0 else ("Cdtr", "Dbtr")
    if owner and any(_party(detail, other).casefold() == owner.casefold() for detail in details):
        other = us
    references = [reference for detail in details for reference in _references(detail)]
    return StatementLine(
        booked_on=booked_on,
        amount=amount,
        text=" ".join(_unique([*(text for detail in details for text in _remittance(detail)), *_additional(entry)])),
        counterparty=next((name for detail in details if (name := _party(detail, other)) not in ("", owner)), ""),
        iban=next(filter(None, (_text(detail, f"RltdPties/{other}Acct/Id/IBAN") for detail in details)), ""),
        reference=" ".join(_unique(references)),
        bank_reference=_text(entry, "AcctSvcrRef") or (_text(details[0], "Refs/AcctSvcrRef") if details else ""),
        value_on=_date(_child(entry, "ValDt")),
        pending=(_text(entry, "Sts/Cd") or _text(entry, "Sts") or "BOOK") != "BOOK",
        currency="" if _currency(entry) in ("", currency) else _currency(entry),
    )


def _references(detail: Element) -> Iterator[str]:
    """The structured creditor reference before the end-to-end id: only the former is what the creditor asked for."""
    for structured in _children(_child(detail, "RmtInf"), "Strd"):
        yield _text(structured, "CdtrRefInf/Ref")
        yield _text(structured, "RfrdDocInf/Nb")
    yield _text(detail, "Refs/EndToEndId")


def _remittance(detail: Element) -> Iterator[str]:
    remittance = _child(detail, "RmtInf")
    yield from (_own(text) for text in _children(remittance, "Ustrd"))
    for structured in _children(remittance, "Strd"):
        yield from (_own(text) for text in _children(structured, "AddtlRmtInf"))
    yield _text(detail, "AddtlTxInf")


def _additional(entry: Element) -> Iterator[str]:
    yield _text(entry, "AddtlNtryInf")


def _party(detail: Element, role: str) -> str:
    ultimate = _text(detail, f"RltdPties/Ultmt{role}/Nm") or _text(detail, f"RltdPties/Ultmt{role}/Pty/Nm")
    return _text(detail, f"RltdPties/{role}/Nm") or _text(detail, f"RltdPties/{role}/Pty/Nm") or ultimate


def _balance(statement: Element, codes: tuple[str, ...]) -> Element | None:
    """The balance with the first of these codes; of several the one of the whole statement, which comes last."""
    balances = {_text(balance, "Tp/CdOrPrtry/Cd"): balance for balance in _children(statement, "Bal")}
    return next((balances[code] for code in codes if code in balances), None)


def _currency(element: Element | None) -> str:
    """The currency of an entry or balance, "" where there is none."""
    amount = _child(element, "Amt")
    return "" if amount is None else amount.get("Ccy", "")


def _signed(element: Element | None) -> Decimal | None:
    """The amount of an entry or balance, below zero for a debit; None where there is none.

    A reversal needs no more: its indicator already says which way the money went (ISO 20022, ReversalIndicator).
    """
    if element is None:
        return None
    amount = decimal_in(_text(element, "Amt"))
    if amount is None:
        raise Unreadable(_DAMAGED)
    return -amount if _text(element, "CdtDbtInd") == "DBIT" else amount


def _date(element: Element | None) -> date | None:
    return _day(_text(element, "Dt") or _text(element, "DtTm"))


def _day(text: str) -> date | None:
    """The day of an ISO date or time, as the bank wrote it, in its own time zone."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError as error:
        raise Unreadable(_DAMAGED) from error


def _unique(texts: list[str]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text.upper() not in _NO_REFERENCE))


def _text(element: Element | None, path: str) -> str:
    """The text at the end of a path of local names, its blanks folded; "" where the path ends before."""
    for name in path.split("/"):
        element = _child(element, name)
    return "" if element is None else _own(element)


def _own(element: Element) -> str:
    return " ".join((element.text or "").split())


def _child(element: Element | None, name: str) -> Element | None:
    return next(_children(element, name), None)


def _children(element: Element | None, name: str) -> Iterator[Element]:
    return (child for child in (() if element is None else element) if _local(child) == name)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]
