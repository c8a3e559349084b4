"""Open Financial Exchange, version 1 (SGML) and 2 (XML): statements of bank and credit-card accounts.

ofxtools makes the tree; its models are not used, since they refuse what many banks write (empty elements, a version 2
header over SGML, unknown elements).
"""

from __future__ import annotations

import html
import re
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from extraction.bank_statement import BankStatement, StatementLine
from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.standards.check_digits import iban_in
from extraction.standards.decimals import decimal_in

_STATEMENTS = ("STMTRS", "CCSTMTRS", "INVSTMTRS")
_ACCOUNTS = ("BANKACCTFROM", "CCACCTFROM", "INVACCTFROM")

_DAMAGED = Problem("ofx_damaged", "This OFX file is damaged or incomplete. Please export it at the bank once more.")
_INVESTMENTS = Problem(
    "ofx_investments",
    "This is the statement of an investment account: it tells of securities, but of no movement of money to book. "
    "Please send the statement of the bank account that the money goes through.",
)


def read(text: str) -> tuple[BankStatement, ...]:
    """The statements in the file. Raises: Unreadable when it is damaged, or about securities alone."""
    from ofxtools.Parser import ParseError, TreeBuilder  # half a second to load, which few files are worth

    builder = TreeBuilder()
    try:
        builder.feed(text[text.index("<OFX>") :])
        root = builder.close()
    except (ParseError, ValueError, AssertionError, IndexError) as error:
        raise Unreadable(_DAMAGED) from error
    organisation = _text(root, "SIGNONMSGSRSV1/SONRS/FI/ORG")
    found = [element for element in root.iter() if element.tag in _STATEMENTS]
    if not found:
        raise Unreadable(_DAMAGED)
    statements = [_statement(element, organisation) for element in found]
    if all(element.tag == "INVSTMTRS" for element in found) and not any(s.lines for s in statements):
        raise Unreadable(_INVESTMENTS)
    return tuple(statements)


def _statement(element: Element, bank: str) -> BankStatement:
    account = next((child for child in element if child.tag in _ACCOUNTS), None)
    transactions = list(element.iter("STMTTRN"))
    currency = _text(element, "CURDEF") or next(
        filter(None, (_text(transaction, "CURRENCY/CURSYM") for transaction in transactions)), ""
    )
    number = _text(account, "ACCTID")
    lines = tuple(_line(transaction, currency) for transaction in transactions)
    balance = _text(element, "LEDGERBAL/BALAMT")
    return BankStatement(
        format="OFX",
        lines=lines,
        account=iban_in(number) or number,
        currency=currency,
        bank=bank,
        closing=_amount(balance) if balance else None,
        since=_day(next((_own(found) for found in element.iter("DTSTART")), "")),
        until=_day(_text(element, "LEDGERBAL/DTASOF") or next((_own(found) for found in element.iter("DTEND")), "")),
        strange=tuple(sorted({line.currency for line in lines if line.currency})),
    )


def _line(transaction: Element, currency: str) -> StatementLine:
    booked_on = _day(_text(transaction, "DTPOSTED"))
    if booked_on is None:
        raise Unreadable(_DAMAGED)
    name = _text(transaction, "NAME") or _text(transaction, "PAYEE/NAME")
    account = _text(transaction, "BANKACCTTO/ACCTID")
    stated = _text(transaction, "CURRENCY/CURSYM")
    return StatementLine(
        booked_on=booked_on,
        amount=_amount(_text(transaction, "TRNAMT")),
        text=_text(transaction, "MEMO") or name,
        counterparty=name,
        iban=iban_in(account) or "",
        reference=_text(transaction, "REFNUM") or _text(transaction, "CHECKNUM"),
        bank_reference=_text(transaction, "FITID"),
        value_on=_day(_text(transaction, "DTAVAIL")),
        currency="" if stated in ("", currency) else stated,
    )


def _amount(text: str) -> Decimal:
    """Section 3.2.9.1 of the specification: a sign, and a point or a comma for the decimals."""
    amount = decimal_in(text.replace(",", "."))
    if amount is None:
        raise Unreadable(_DAMAGED)
    return amount


def _day(text: str) -> date | None:
    """The day of a date and time (section 3.2.8.2), in the time zone it is written in; None for ""."""
    if not text:
        return None
    found = re.match(r"(\d{4})(\d\d)(\d\d)", text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError as error:
        raise Unreadable(_DAMAGED) from error


def _text(element: Element | None, path: str) -> str:
    """The text at the end of the path, "" where there is none."""
    found = None if element is None else element.find(path)
    return "" if found is None else _own(found)


def _own(element: Element) -> str:
    return " ".join(html.unescape(element.text or "").split())
