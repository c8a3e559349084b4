"""Discounts for early payment that an e-invoice states: in elements, in formal lines, or in words (BT-20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extraction.einvoice.semantic_model import CashDiscountTerms, Invoice
from extraction.evidence import CashDiscount, Evidence
from extraction.fields.dates_and_terms.cash_discounts import Stated, counted_from_issue, discounts_of
from extraction.fields.patterns.cash_discounts import DiscountStep, find_cash_discounts, last_day
from extraction.standards.decimals import decimal_in, exponent

_SURE = 0.999
_IN_WORDS = 0.97

_FORMAL = re.compile(
    r"#SKONTO#TAGE=(?P<days>\d{1,3})#PROZENT=(?P<percent>\d+\.\d{2})#(?:BASISBETRAG=(?P<base>-?\d+\.\d{2})#)?"
)
"""A step as XRechnung writes it (Spezifikation des Standards XRechnung, BT-20, BR-DE-18)."""


def early_payment(invoice: Invoice) -> tuple[CashDiscount, ...]:
    """The steps of the discount, earliest first; what the XML has exactly goes before what it says in words."""
    issued = Evidence(invoice.issue_date, _SURE, "xml") if invoice.issue_date else None
    exact = [
        stated
        for one in (*invoice.early_payment, *xrechnung_discounts(invoice.payment_terms))
        for stated in _exact(invoice, one)
    ]
    return discounts_of(exact or _in_words(invoice), issued, exponent(invoice.currency))


def xrechnung_discounts(terms: str) -> tuple[CashDiscountTerms, ...]:
    """The formal lines in terms of payment, those of no discount (0.00 %) too."""
    return tuple(
        CashDiscountTerms(line["percent"], base=line["base"] or "", days=line["days"])
        for line in _FORMAL.finditer(terms)
    )


def net_days(terms: str) -> int | None:
    """The days after which a formal line takes nothing off, the most of several; None where none says so."""
    return max((int(line.days) for line in xrechnung_discounts(terms) if not Decimal(line.percent)), default=None)


def _exact(invoice: Invoice, stated: CashDiscountTerms) -> Iterator[Stated]:
    percent, amount, base = map(decimal_in, (stated.percent, stated.amount, stated.base))
    if not percent:
        percent, base = Decimal(100), amount  # an amount is all of itself
    if not base or base == decimal_in(invoice.total):
        base = None
    if percent < 0 or (base or 0) < 0 or (percent >= 100 and not base):
        return
    step = DiscountStep(percent, int(stated.days) if stated.days else None, None, base, 0, 0, _words(stated))
    if stated.since or stated.until:
        since = stated.until or stated.since
        step = replace(step, until=last_day(date.fromisoformat(since), 0 if stated.until else step.days or 0))
    yield Stated(step, "xml", _SURE, counts=True)


def _words(stated: CashDiscountTerms) -> str:
    """How a step reads: "2.00 %, 10"."""
    what = f"{stated.percent} %" if stated.percent else stated.amount
    return ", ".join(filter(None, (what, stated.days, stated.until)))


def _in_words(invoice: Invoice) -> Iterator[Stated]:
    for step in find_cash_discounts(invoice.payment_terms):
        yield Stated(step, "xml", _IN_WORDS, counts=counted_from_issue(invoice.payment_terms[step.start :]))
