"""UBL 2.1 (ISO/IEC 19845) Invoice and CreditNote, as bound by CEN/TS 16931-3-2: Peppol BIS, XRechnung and others."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element

from extraction.einvoice import semantic_model
from extraction.einvoice.semantic_model import (
    Account,
    CashDiscountTerms,
    Invoice,
    InvoiceLine,
    VatBreakdown,
    days_in,
    iso_date,
    last_date,
)

_SPACE = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
_NOT_AVAILABLE = "NA"  # what Peppol puts for an order that is only known by the seller's number (BT-14)

_COUNTRY = "cac:PostalAddress/cac:Country/cbc:IdentificationCode"

_text = partial(semantic_model.text, space=_SPACE)


def read(root: Element) -> tuple[Invoice, ...]:
    """The one invoice or credit note of the file."""
    credit = root.tag.endswith("}CreditNote")
    supplier = root.find("cac:AccountingSupplierParty/cac:Party", _SPACE)
    totals = root.find("cac:LegalMonetaryTotal", _SPACE)
    currency = _text(root, "cbc:DocumentCurrencyCode")
    tax, taxes = _tax(root, currency)
    order = _text(root, "cac:OrderReference/cbc:ID")
    return (
        Invoice(
            type_code=_text(root, "cbc:CreditNoteTypeCode", "cbc:InvoiceTypeCode") or ("381" if credit else "380"),
            number=_text(root, "cbc:ID"),
            issue_date=iso_date(_text(root, "cbc:IssueDate")),
            due_date=_due_date(root),
            currency=currency,
            seller=_name(supplier),
            seller_vat_id=_vat_id(supplier),
            seller_country=_text(supplier, _COUNTRY),
            buyer=_name(root.find("cac:AccountingCustomerParty/cac:Party", _SPACE)),
            buyer_country=_text(root, f"cac:AccountingCustomerParty/cac:Party/{_COUNTRY}"),
            purchase_order="" if order == _NOT_AVAILABLE else order,
            payment_reference=_text(root, "cac:PaymentMeans/cbc:PaymentID"),
            payment_terms="\n".join(_text(terms, "cbc:Note") for terms in root.iterfind("cac:PaymentTerms", _SPACE)),
            line_total=_text(totals, "cbc:LineExtensionAmount"),
            allowances=_text(totals, "cbc:AllowanceTotalAmount"),
            charges=_text(totals, "cbc:ChargeTotalAmount"),
            subtotal=_text(totals, "cbc:TaxExclusiveAmount"),
            tax=tax,
            total=_text(totals, "cbc:TaxInclusiveAmount"),
            prepaid=_text(totals, "cbc:PrepaidAmount"),
            rounding=_text(totals, "cbc:PayableRoundingAmount"),
            payable=_text(totals, "cbc:PayableAmount"),
            accounts=tuple(_accounts(root)),
            taxes=taxes,
            early_payment=tuple(_early_payment(root)),
            lines=tuple(_lines(root)),
        ),
    )


def _name(party: Element | None) -> str:
    """The registered name, else the trading name, else the person's."""
    known = _text(party, "cac:PartyLegalEntity/cbc:RegistrationName", "cac:PartyName/cbc:Name")
    person = (_text(party, f"cac:Person/cbc:{part}") for part in ("FirstName", "FamilyName"))
    return known or " ".join(filter(None, person))


def _vat_id(party: Element | None) -> str:
    schemes = party.iterfind("cac:PartyTaxScheme", _SPACE) if party is not None else ()
    return next(
        (_text(scheme, "cbc:CompanyID") for scheme in schemes if _text(scheme, "cac:TaxScheme/cbc:ID") == "VAT"), ""
    )


def _due_date(root: Element) -> str:
    """BT-9: of the invoice; a credit note has it with its means of payment; instalments have theirs in the terms."""
    paths = ("cbc:DueDate", "cac:PaymentMeans/cbc:PaymentDueDate", "cac:PaymentTerms/cbc:PaymentDueDate")
    found = (last_date(node.text or "" for node in root.iterfind(path, _SPACE)) for path in paths)
    return next(filter(None, found), "")


def _tax(root: Element, currency: str) -> tuple[str, tuple[VatBreakdown, ...]]:
    """The total in the invoice's currency (a second one may be in that of accounting), and its part for each rate."""
    for total in root.iterfind("cac:TaxTotal", _SPACE):
        amount = total.find("cbc:TaxAmount", _SPACE)
        if amount is not None and amount.get("currencyID", currency) == currency:
            rates = total.iterfind("cac:TaxSubtotal", _SPACE)
            return _text(total, "cbc:TaxAmount"), tuple(map(_rate_tax, rates))
    return "", ()


def _rate_tax(rate: Element) -> VatBreakdown:
    percent = _text(rate, "cac:TaxCategory/cbc:Percent", "cbc:Percent")
    category = _text(rate, "cac:TaxCategory/cbc:ID")
    return VatBreakdown(percent, _text(rate, "cbc:TaxableAmount"), _text(rate, "cbc:TaxAmount"), category)


def _accounts(root: Element) -> Iterator[Account]:
    """The seller's; a payer's account, which is to be debited, stands in the mandate."""
    for account in root.iterfind("cac:PaymentMeans/cac:PayeeFinancialAccount", _SPACE):
        if number := _text(account, "cbc:ID"):
            branch = account.find("cac:FinancialInstitutionBranch", _SPACE)
            yield Account(number, _text(branch, "cbc:ID", "cac:FinancialInstitution/cbc:ID"))


def _early_payment(root: Element) -> Iterator[CashDiscountTerms]:
    for terms in root.iterfind("cac:PaymentTerms", _SPACE):
        found = CashDiscountTerms(
            percent=_text(terms, "cbc:SettlementDiscountPercent"),
            amount=_text(terms, "cbc:SettlementDiscountAmount"),
            days=days_in(terms.find("cac:SettlementPeriod/cbc:DurationMeasure", _SPACE)),
            until=iso_date(_text(terms, "cac:SettlementPeriod/cbc:EndDate")),
        )
        if found.percent or found.amount:
            yield found


def _lines(root: Element) -> Iterator[InvoiceLine]:
    for tag, quantity in (("InvoiceLine", "InvoicedQuantity"), ("CreditNoteLine", "CreditedQuantity")):
        for line in root.iterfind(f"cac:{tag}", _SPACE):
            yield InvoiceLine(
                description=_text(line, "cac:Item/cbc:Name", "cac:Item/cbc:Description"),
                quantity=_text(line, f"cbc:{quantity}"),
                price=_text(line, "cac:Price/cbc:PriceAmount"),
                price_base=_text(line, "cac:Price/cbc:BaseQuantity"),
                amount=_text(line, "cbc:LineExtensionAmount"),
            )
