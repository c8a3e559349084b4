"""ebInterface 4.0 to 6.1, the Austrian e-invoice of AUSTRIAPRO (www.ebinterface.at/schema/…).

Each version has a namespace of its own, which is left out of account; versions 4 qualify attributes, later ones do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from extraction.einvoice.semantic_model import (
    Account,
    CashDiscountTerms,
    Invoice,
    InvoiceLine,
    VatBreakdown,
    iso_date,
    sum_of,
    text,
    texts,
)

SPACE = "http://www.ebinterface.at/schema/"
"""How the namespaces begin, which end in the version ("6p1/")."""

_TYPE_CODES = {"CreditMemo": "381", "SubsequentCredit": "381", "InvoiceForAdvancePayment": "386", "SelfBilling": "389"}
"""DocumentType that differs from an invoice (380)."""

_NO_VAT_ID = "00000000"  # what is written for a party that has none


def read(root: Element) -> tuple[Invoice, ...]:
    """The one invoice of the file."""
    tax_id = text(root, "{*}Biller/{*}VATIdentificationNumber")
    taxes = tuple(_taxes(root))
    bank = "{*}PaymentMethod/{*}UniversalBankTransaction"
    return (
        Invoice(
            type_code=_TYPE_CODES.get(_attribute(root, "DocumentType"), "380"),
            number=text(root, "{*}InvoiceNumber"),
            issue_date=iso_date(text(root, "{*}InvoiceDate")),
            due_date=iso_date(text(root, "{*}PaymentConditions/{*}DueDate")),
            currency=_attribute(root, "InvoiceCurrency"),
            seller=text(root, "{*}Biller/{*}Address/{*}Name"),
            seller_vat_id="" if tax_id == _NO_VAT_ID else tax_id,
            buyer=text(root, "{*}InvoiceRecipient/{*}Address/{*}Name"),
            purchase_order=text(root, "{*}InvoiceRecipient/{*}OrderReference/{*}OrderID"),
            payment_reference=text(root, f"{bank}/{{*}}PaymentReference"),
            payment_terms=text(root, "{*}PaymentConditions/{*}Comment"),
            allowances=sum_of(texts(root, "{*}ReductionAndSurchargeDetails/{*}Reduction/{*}Amount")),
            charges=sum_of(
                amount
                for name in ("Surcharge", "OtherVATableTax")
                for amount in texts(root, f"{{*}}ReductionAndSurchargeDetails/{{*}}{name}/{{*}}Amount")
            ),
            subtotal=sum_of(tax.base for tax in taxes),
            tax=sum_of(tax.amount for tax in taxes),
            other_taxes=sum_of(
                amount
                for name in ("TaxAmount", "Amount")
                for amount in texts(root, f"{{*}}Tax/{{*}}OtherTax/{{*}}{name}")
            ),
            total=text(root, "{*}TotalGrossAmount"),
            prepaid=text(root, "{*}PrepaidAmount"),
            rounding=text(root, "{*}RoundingAmount"),
            payable=text(root, "{*}PayableAmount"),
            accounts=tuple(_accounts(root, bank)),
            taxes=taxes,
            early_payment=tuple(_early_payment(root)),
            lines=tuple(_lines(root)),
        ),
    )


def _attribute(root: Element, name: str) -> str:
    """An attribute, in whichever namespace."""
    return next((value.strip() for key, value in root.attrib.items() if key.rpartition("}")[2] == name), "")


def _taxes(root: Element) -> Iterator[VatBreakdown]:
    """VATItem in versions 4, TaxItem in later ones; what is exempt has no rate there."""
    for item in root.iterfind("{*}Tax/{*}VAT/{*}VATItem"):
        yield VatBreakdown(text(item, "{*}VATRate") or "0", text(item, "{*}TaxedAmount"), text(item, "{*}Amount"))
    for item in root.iterfind("{*}Tax/{*}TaxItem"):
        amount = text(item, "{*}TaxAmount") or "0"
        yield VatBreakdown(text(item, "{*}TaxPercent"), text(item, "{*}TaxableAmount"), amount)


def _accounts(root: Element, bank: str) -> Iterator[Account]:
    """The seller's; a payer's account, which is to be debited, has an element of its own."""
    for account in root.iterfind(f"{bank}/{{*}}BeneficiaryAccount"):
        if iban := text(account, "{*}IBAN"):
            yield Account(iban, text(account, "{*}BIC"), is_iban=True)


def _early_payment(root: Element) -> Iterator[CashDiscountTerms]:
    """A part in per cent or an amount, for payment by a day; both state the same, so that per cent is enough."""
    for discount in root.iterfind("{*}PaymentConditions/{*}Discount"):
        yield CashDiscountTerms(
            percent=text(discount, "{*}Percentage"),
            amount=text(discount, "{*}Amount"),
            base=text(discount, "{*}BaseAmount"),
            until=iso_date(text(discount, "{*}PaymentDate")),
        )


def _lines(root: Element) -> Iterator[InvoiceLine]:
    for line in root.iterfind("{*}Details/{*}ItemList/{*}ListLineItem"):
        price = line.find("{*}UnitPrice")
        yield InvoiceLine(
            description=" ".join(texts(line, "{*}Description")),
            quantity=text(line, "{*}Quantity"),
            price=text(line, "{*}UnitPrice"),
            price_base=_attribute(price, "BaseQuantity") if price is not None else "",
            amount=text(line, "{*}LineItemAmount"),
        )
