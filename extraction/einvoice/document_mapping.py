"""An e-invoice as a document: its terms as evidence, doubted where the XML contradicts itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extraction.einvoice.cash_discount import early_payment, net_days
from extraction.einvoice.semantic_model import Invoice, InvoiceLine, VatBreakdown
from extraction.evidence import FIELDS, DocumentType, Evidence, Kind, LineItem, ReadDocument, TaxLine
from extraction.fields.patterns.payment_terms import PaymentTerms, due_date_under, find_payment_terms
from extraction.standards.check_digits import iban_in
from extraction.standards.decimals import decimal_in, in_currency, plain

_SURE = 0.999
_DOUBTED = 0.7  # what another part of the same XML contradicts
_WORKED_OUT = 0.8  # from words for people
_CENT = Decimal("0.01")

# UNTDID 1001 as EN 16931 allows it; all other codes are invoices.
_CREDIT_NOTES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"})
_UNTAXED = frozenset({"Z", "E", "AE", "K", "G", "O"})  # UNTDID 5305: what bears no tax of the seller's
_NO_INVOICES: dict[str, DocumentType] = {
    "220": "order", "310": "quotation", "320": "order_confirmation", "325": "proforma_invoice", "351": "delivery_note",
    "190": "payslip", "481": "other",  # an internal document, as CFDI has it; the advice of a payment
}  # fmt: skip


def invoice_to_document(invoice: Invoice) -> ReadDocument:
    """The document, on page 1.

    `total` is BT-112, the amount with VAT that is booked; where BT-115, the amount to pay, is another, its reason says
    so, which makes it no less certain. An amount paid back (below zero) makes a credit note.
    """
    amounts = _amounts(invoice)
    fields = {**_texts(invoice), **_payment(invoice), **_doubted(invoice, amounts)}
    if due := _due_date(invoice):
        fields["due_date"] = due
    lines = tuple(_item(line, invoice.currency) for line in invoice.lines)
    kind = _kind(invoice.type_code, amounts.get("total"))
    sort = Evidence(_NO_INVOICES.get(invoice.type_code, kind), _SURE, "xml")
    fields = {name: fields[name] for name in FIELDS if name in fields}
    return ReadDocument(
        kind,
        (1,),
        fields,
        lines,
        _taxes(invoice),
        discounts=early_payment(invoice),
        kind_confidence=_SURE,
        type=sort,
        tax_category=_tax_category(invoice),
        vendor_country=_country(invoice.seller_country),
        buyer_country=_country(invoice.buyer_country),
    )


def _kind(type_code: str, total: Decimal | None) -> Kind:
    if type_code in _NO_INVOICES:
        return "other"
    return "credit_note" if type_code in _CREDIT_NOTES or (total is not None and total < 0) else "invoice"


def _texts(invoice: Invoice) -> dict[str, Evidence]:
    values = {
        "vendor": invoice.seller,
        "buyer": invoice.buyer,
        "number": invoice.number,
        "issue_date": invoice.issue_date,
        "currency": invoice.currency.upper(),
        "vat_id": "".join(invoice.seller_vat_id.split()),
        "purchase_order": invoice.purchase_order,
        "payment_reference": invoice.payment_reference,
    }
    return {name: Evidence(value, _SURE, "xml") for name, value in values.items() if value}


def _payment(invoice: Invoice) -> dict[str, Evidence]:
    """`iban` and `bic` of the first account whose check digits are right, else of the first that is called an IBAN or
    looks like one."""
    written = [(replace(account, number="".join(account.number.split()).upper())) for account in invoice.accounts]
    ibans = [account for account in written if account.is_iban or re.match(r"[A-Z]{2}\d\d", account.number)]
    right = next((account for account in ibans if iban_in(account.number) == account.number), None)
    account = right or next(iter(ibans), None)
    if account is None:
        return {}
    iban = Evidence(account.number, _SURE if right else _DOUBTED, "xml", reason="" if right else "wrong check digits")
    bic = "".join(account.bic.split()).upper()
    return {"iban": iban, "bic": Evidence(bic, _SURE, "xml")} if bic else {"iban": iban}


def _due_date(invoice: Invoice) -> Evidence | None:
    """BT-9, else worked out from the terms of payment (BT-20); None where these name no days."""
    if invoice.due_date:
        return Evidence(invoice.due_date, _SURE, "xml")
    days = net_days(invoice.payment_terms)
    terms = (
        find_payment_terms(invoice.payment_terms, labelled=True)
        if days is None
        else PaymentTerms(days, False, 0, 0, f"TAGE={days}")
    )
    if terms is None or not invoice.issue_date:
        return None
    due = due_date_under(date.fromisoformat(invoice.issue_date), terms)
    return Evidence(due.isoformat(), _WORKED_OUT, "derived", reason=f"from “{terms.words}”")


def _amounts(invoice: Invoice) -> dict[str, Decimal]:
    """The amounts that the XML has. Without a total, what is to be paid and was prepaid make it."""
    written = {"subtotal": invoice.subtotal, "tax": invoice.tax, "total": invoice.total}
    amounts = {name: amount for name, text in written.items() if (amount := decimal_in(text)) is not None}
    if "total" not in amounts and (payable := decimal_in(invoice.payable)) is not None:
        amounts["total"] = payable + (decimal_in(invoice.prepaid) or 0)
    return amounts


def _doubted(invoice: Invoice, amounts: dict[str, Decimal]) -> dict[str, Evidence]:
    """The amounts as evidence; whatever contradicts one of them lowers its confidence and is its reason."""
    found = {name: Evidence(in_currency(amount, invoice.currency), _SURE, "xml") for name, amount in amounts.items()}
    for name, reason, confidence in _contradictions(invoice, amounts):
        if name in found and not found[name].reason:
            found[name] = replace(found[name], confidence=confidence, reason=reason)
    return found


def _contradictions(invoice: Invoice, amounts: dict[str, Decimal]) -> Iterator[tuple[str, str, float]]:
    """Field, reason and confidence of what the rules BR-CO-10 to BR-CO-16 of EN 16931 do not bear out."""
    total, subtotal, tax = amounts.get("total"), amounts.get("subtotal"), amounts.get("tax")
    if total is not None and subtotal is not None and tax is not None:
        whole = subtotal + tax + (decimal_in(invoice.other_taxes) or 0)
        # Syntaxes differ in whether their total is before or after what is withheld.
        if min(abs(whole - total), abs(whole - _withheld(invoice) - total)) > _CENT:
            words = f"subtotal + VAT is {in_currency(subtotal + tax, invoice.currency)}"
            yield from ((name, words, _DOUBTED) for name in ("total", "subtotal", "tax"))
        elif abs(whole - total) > _CENT:
            yield "total", f"after {in_currency(_withheld(invoice), invoice.currency)} that is withheld as tax", _SURE
    made = _made_by_lines(invoice)
    within = _CENT * (1 + len(invoice.lines))
    # Lines that make the total itself have their VAT in them, against the rules, but contradict nothing.
    if subtotal is not None and made is not None and made != total and abs(made - subtotal) > within:
        words = f"its lines make {in_currency(made, invoice.currency)} before VAT"
        yield from ((name, words, _DOUBTED) for name in ("subtotal", "total"))
    rates = [decimal_in(rate.amount) or Decimal(0) for rate in invoice.taxes]
    if tax is not None and rates and abs(sum(rates) - tax) > _CENT * len(rates):
        yield "tax", f"its rates make {in_currency(sum(rates, Decimal(0)), invoice.currency)}", _DOUBTED
    if total is not None and (words := _to_pay(invoice, total)):
        yield "total", words, _SURE


def _to_pay(invoice: Invoice, total: Decimal) -> str:
    """What a person who pays should know where the amount to pay is not the total; "" where it is."""
    payable, prepaid, withheld = decimal_in(invoice.payable), decimal_in(invoice.prepaid), _withheld(invoice)
    if payable is None or payable == total:
        return ""
    words = f"{in_currency(abs(payable), invoice.currency)} is to be paid{' back' if payable < 0 < total else ''}"
    if withheld and payable == total - withheld:
        return f"{in_currency(withheld, invoice.currency)} is withheld, {words}"
    return f"{in_currency(prepaid, invoice.currency)} was prepaid, {words}" if prepaid else words


def _withheld(invoice: Invoice) -> Decimal:
    return decimal_in(invoice.withheld) or Decimal(0)


def _made_by_lines(invoice: Invoice) -> Decimal | None:
    """Lines less allowances plus charges (BR-CO-13); None where there are no lines, or one has no amount."""
    amounts = [decimal_in(line.amount) for line in invoice.lines]
    if not amounts or None in amounts:
        return None
    lines = sum((amount for amount in amounts if amount is not None), Decimal(0))
    return lines - (decimal_in(invoice.allowances) or 0) + (decimal_in(invoice.charges) or 0)


def _tax_category(invoice: Invoice) -> Evidence | None:
    """How all of it is treated, where the XML says one thing of all of it, and that it bears no normal VAT."""
    stated = {part.category for part in invoice.taxes}
    return Evidence(stated.pop(), _SURE, "xml") if len(stated) == 1 and stated <= _UNTAXED else None


def _country(code: str) -> Evidence | None:
    plain = code.strip().upper()
    return Evidence(plain, _SURE, "xml") if re.fullmatch("[A-Z]{2}", plain) else None


def _taxes(invoice: Invoice) -> tuple[TaxLine, ...]:
    """A line for each rate and category, lowest rate first."""
    by_rate: dict[tuple[Decimal, str], list[VatBreakdown]] = {}
    for stated in invoice.taxes:
        rate = decimal_in(stated.rate)
        if rate is None and stated.category in _UNTAXED:
            rate = Decimal(0)  # outside the scope there is no rate
        if rate is not None:
            by_rate.setdefault((rate, stated.category), []).append(stated)
    return tuple(
        TaxLine(
            plain(rate),
            _together([part.base for part in parts], invoice.currency),
            _together([part.amount for part in parts], invoice.currency),
            "xml",
            _SURE,
            category or None,
        )
        for (rate, category), parts in sorted(by_rate.items())
    )


def _together(texts: list[str], currency: str) -> str | None:
    """The sum of amounts, None where one of them is not stated."""
    amounts = [amount for text in texts if (amount := decimal_in(text)) is not None]
    return in_currency(sum(amounts, Decimal(0)), currency) if len(amounts) == len(texts) else None


def _item(line: InvoiceLine, currency: str) -> LineItem:
    quantity, amount = decimal_in(line.quantity), decimal_in(line.amount)
    price, base = decimal_in(line.price), decimal_in(line.price_base)
    if price is not None and base and base != 1:
        price = (price / base).normalize()
    return LineItem(
        description=line.description,
        quantity=None if quantity is None else plain(quantity),
        unit_price=None if price is None else in_currency(price, currency),
        total=None if amount is None else in_currency(amount, currency),
    )
