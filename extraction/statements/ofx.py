"""Open Financial Exchange, version 1 (SGML) and 2 (XML): statements of bank and credit-card accounts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element

from extraction.bank_statement import BankStatement, LeftOut, StatementLine
from extraction.errors import Unreadable
from extraction.evidence import Problem
from extraction.standards.check_digits import iban_in
from extraction.statements.ofx_tree import NoTree, ofx_tree
from extraction.statements.tables.column_words import aside
from extraction.statements.tables.printed_amounts import amount_in, decimal_mark

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
    try:
        root = ofx_tree(text)
    except NoTree as error:
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
    balance = _text(element, "LEDGERBAL/BALAMT")
    # Section 3.2.9.1 knows no thousands, but banks group them: then the other mark is that of the decimals.
    mark = decimal_mark([*(_text(each, "TRNAMT") for each in transactions), balance], grouped=False)
    read = [_balance_told(n, each, mark) or _line(each, currency, mark) for n, each in enumerate(transactions, start=1)]
    left_out = tuple(each for each in read if isinstance(each, LeftOut))
    lines = tuple(each for each in read if isinstance(each, StatementLine))
    return BankStatement(
        format="OFX",
        lines=lines,
        account=iban_in(number) or number,
        currency=currency,
        bank=bank,
        opening=next((each.amount for each in left_out if each.end == "opening"), None),
        closing=_amount(balance, mark) if balance else None,
        since=_day(next((_own(found) for found in element.iter("DTSTART")), "")),
        until=_day(_text(element, "LEDGERBAL/DTASOF") or next((_own(found) for found in element.iter("DTEND")), "")),
        strange=tuple(sorted({line.currency for line in lines if line.currency})),
        left_out=left_out,
    )


def _balance_told(number: int, transaction: Element, mark: str) -> LeftOut | None:
    """Banks in Brazil write what is on the account among the movements, without an id: "Saldo do dia"."""
    words = _text(transaction, "MEMO") or _text(transaction, "NAME")
    kind = "" if _text(transaction, "FITID") else aside([words])
    if not kind:
        return None
    amount = _text(transaction, "TRNAMT")
    told = f"{_text(transaction, 'DTPOSTED')[:8]} · {words} · {amount}"
    return LeftOut(number, told, "total" if kind == "total" else "balance", kind, amount_in(amount, mark))


def _line(transaction: Element, currency: str, mark: str) -> StatementLine:
    booked_on = _day(_text(transaction, "DTPOSTED"))
    if booked_on is None:
        raise Unreadable(_DAMAGED)
    name = _text(transaction, "NAME") or _text(transaction, "PAYEE/NAME")
    account = _text(transaction, "BANKACCTTO/ACCTID")
    stated = _text(transaction, "CURRENCY/CURSYM")
    return StatementLine(
        booked_on=booked_on,
        amount=_amount(_text(transaction, "TRNAMT"), mark),
        text=_text(transaction, "MEMO") or name,
        counterparty=name,
        iban=iban_in(account) or "",
        reference=_text(transaction, "REFNUM") or _text(transaction, "CHECKNUM"),
        bank_reference=_text(transaction, "FITID"),
        value_on=_day(_text(transaction, "DTAVAIL")),
        currency="" if stated in ("", currency) else stated,
    )


def _amount(text: str, mark: str) -> Decimal:
    amount = amount_in(text, decimal_mark([text], mark, grouped=False))
    if amount is None:
        raise Unreadable(_DAMAGED)
    return amount


def _day(text: str) -> date | None:
    """The day of a date and time (section 3.2.8.2), in the time zone it is written in; None for ""."""
    if not text:
        return None
    found = re.match(r"(\d{4})(\d\d)(\d\d)", text) if text.strip("0") else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError as error:
        raise Unreadable(_DAMAGED) from error


def _text(element: Element | None, path: str) -> str:
    """The text at the end of the path, "" where there is none."""
    found = None if element is None else element.find(path)
    return "" if found is None else _own(found)


def _own(element: Element) -> str:
    return " ".join((element.text or "").split())
