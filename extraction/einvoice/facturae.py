"""Facturae 3.0 to 3.2.2, the Spanish e-invoice (www.facturae.gob.es): one seller, one buyer, perhaps several invoices.

Below the root nothing has a namespace. What is signed (XAdES) has its signature within the root, or around it, where
`syntaxes` takes it off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extraction.einvoice.semantic_model import (
    Account,
    Invoice,
    InvoiceLine,
    VatBreakdown,
    iso_date,
    last_date,
    text,
    texts,
)
from extraction.einvoice.series import with_series

_CORRECTIONS = frozenset({"OR", "CR"})  # InvoiceClass of a corrective invoice and of its copy
_RESIDENT = "R"


def read(root: Element) -> tuple[Invoice, ...]:
    """The invoices of the file: one, or in a lot several."""
    seller, buyer = root.find("Parties/SellerParty"), root.find("Parties/BuyerParty")
    return tuple(_invoice(body, seller, buyer) for body in root.iterfind("Invoices/Invoice"))


def _invoice(body: Element, seller: Element | None, buyer: Element | None) -> Invoice:
    totals = body.find("InvoiceTotals")
    return Invoice(
        type_code="384" if text(body, "InvoiceHeader/InvoiceClass") in _CORRECTIONS else "380",
        number=with_series(text(body, "InvoiceHeader/InvoiceSeriesCode"), text(body, "InvoiceHeader/InvoiceNumber")),
        issue_date=iso_date(text(body, "InvoiceIssueData/IssueDate")),
        due_date=last_date(texts(body, "PaymentDetails/Installment/InstallmentDueDate")),
        currency=text(body, "InvoiceIssueData/InvoiceCurrencyCode"),
        seller=_name(seller),
        seller_vat_id=_vat_id(seller),
        buyer=_name(buyer),
        purchase_order=text(body, "Items/InvoiceLine/ReceiverTransactionReference"),
        payment_reference=text(body, "PaymentDetails/Installment/PaymentReconciliationReference"),
        line_total=text(totals, "TotalGrossAmount"),
        allowances=text(totals, "TotalGeneralDiscounts"),
        charges=text(totals, "TotalGeneralSurcharges"),
        subtotal=text(totals, "TotalGrossAmountBeforeTaxes"),
        tax=text(totals, "TotalTaxOutputs"),
        withheld=text(totals, "TotalTaxesWithheld"),
        total=text(totals, "InvoiceTotal"),
        prepaid=text(totals, "TotalPaymentsOnAccount"),
        payable=text(totals, "TotalExecutableAmount"),
        accounts=tuple(_accounts(body)),
        taxes=tuple(_taxes(body)),
        lines=tuple(_lines(body)),
    )


def _name(party: Element | None) -> str:
    """A company's name, else a person's with both surnames."""
    person = (text(party, f"Individual/{part}") for part in ("Name", "FirstSurname", "SecondSurname"))
    return text(party, "LegalEntity/CorporateName") or " ".join(filter(None, person))


def _vat_id(party: Element | None) -> str:
    """With its country, as EN 16931 has it (BR-CO-09), which residents leave out at will."""
    number = re.sub(r"[\s.-]", "", text(party, "TaxIdentification/TaxIdentificationNumber")).upper()
    resident = text(party, "TaxIdentification/ResidenceTypeCode") in (_RESIDENT, "")
    return f"ES{number}" if number and resident and not re.match(r"ES[A-Z0-9]", number) else number


def _taxes(body: Element) -> Iterator[VatBreakdown]:
    """A part for each rate, and one for the surcharge that retailers pay on it (recargo de equivalencia)."""
    for tax in body.iterfind("TaxesOutputs/Tax"):
        base = text(tax, "TaxableBase/TotalAmount")
        yield VatBreakdown(text(tax, "TaxRate"), base, text(tax, "TaxAmount/TotalAmount"))
        if surcharge := text(tax, "EquivalenceSurchargeAmount/TotalAmount"):
            yield VatBreakdown(text(tax, "EquivalenceSurcharge"), base, surcharge)


def _accounts(body: Element) -> Iterator[Account]:
    """The seller's; a payer's account, which is to be debited, has an element of its own."""
    for account in body.iterfind("PaymentDetails/Installment/AccountToBeCredited"):
        if number := text(account, "IBAN", "AccountNumber"):
            yield Account(number, text(account, "BIC"), is_iban=bool(text(account, "IBAN")))


def _lines(body: Element) -> Iterator[InvoiceLine]:
    for line in body.iterfind("Items/InvoiceLine"):
        yield InvoiceLine(
            description=text(line, "ItemDescription"),
            quantity=text(line, "Quantity"),
            price=text(line, "UnitPriceWithoutTax"),
            amount=text(line, "GrossAmount", "TotalCost"),
        )
