"""UN/CEFACT Cross Industry Invoice: ZUGFeRD 1 and 2, Factur-X in all profiles, XRechnung (CEN/TS 16931-3-3).

ZUGFeRD 1 uses an earlier vocabulary in which some names differ; namespaces are left out of account, so that one set of
paths reads both.
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
    days_in,
    iso_date,
    last_date,
    text,
)

_VAT_ID = "VA"  # UNTDID 1153: the scheme of a tax registration that is a VAT id


def read(root: Element) -> tuple[Invoice, ...]:
    """The one invoice of the file."""
    head = _first(root, "ExchangedDocument", "HeaderExchangedDocument")
    trade = _first(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = _first(trade, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    settlement = _first(trade, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    sums = _first(
        settlement,
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        "SpecifiedTradeSettlementMonetarySummation",
    )
    seller = _first(agreement, "SellerTradeParty")
    currency = text(settlement, "{*}InvoiceCurrencyCode")
    due_dates = _all(settlement, "{*}SpecifiedTradePaymentTerms/{*}DueDateDateTime/{*}DateTimeString")
    return (
        Invoice(
            type_code=text(head, "{*}TypeCode"),
            number=text(head, "{*}ID"),
            issue_date=iso_date(text(head, "{*}IssueDateTime/{*}DateTimeString")),
            due_date=last_date(node.text or "" for node in due_dates),
            currency=currency,
            seller=text(seller, "{*}Name", "{*}SpecifiedLegalOrganization/{*}TradingBusinessName"),
            seller_vat_id=text(seller, f"{{*}}SpecifiedTaxRegistration/{{*}}ID[@schemeID='{_VAT_ID}']"),
            seller_country=text(seller, "{*}PostalTradeAddress/{*}CountryID"),
            buyer=text(agreement, "{*}BuyerTradeParty/{*}Name"),
            buyer_country=text(agreement, "{*}BuyerTradeParty/{*}PostalTradeAddress/{*}CountryID"),
            purchase_order=text(
                agreement,
                "{*}BuyerOrderReferencedDocument/{*}IssuerAssignedID",
                "{*}BuyerOrderReferencedDocument/{*}ID",
            ),
            payment_reference=text(settlement, "{*}PaymentReference"),
            payment_terms=_terms(settlement),
            line_total=text(sums, "{*}LineTotalAmount"),
            allowances=text(sums, "{*}AllowanceTotalAmount"),
            charges=text(sums, "{*}ChargeTotalAmount"),
            subtotal=text(sums, "{*}TaxBasisTotalAmount"),
            tax=_tax(sums, currency),
            total=text(sums, "{*}GrandTotalAmount"),
            prepaid=text(sums, "{*}TotalPrepaidAmount"),
            rounding=text(sums, "{*}RoundingAmount"),
            payable=text(sums, "{*}DuePayableAmount"),
            accounts=tuple(_accounts(settlement)),
            taxes=tuple(map(_rate_tax, _all(settlement, "{*}ApplicableTradeTax"))),
            early_payment=tuple(_early_payment(settlement)),
            lines=tuple(_lines(trade)),
        ),
    )


def _first(node: Element | None, *names: str) -> Element | None:
    found = (node.find(f"{{*}}{name}") for name in names) if node is not None else iter(())
    return next((child for child in found if child is not None), None)


def _all(node: Element | None, path: str) -> Iterator[Element]:
    return node.iterfind(path) if node is not None else iter(())


def _tax(sums: Element | None, currency: str) -> str:
    """BT-110; a second amount may be in the currency of accounting (BT-111)."""
    amounts = _all(sums, "{*}TaxTotalAmount")
    return next(
        (node.text.strip() for node in amounts if node.text and node.get("currencyID", currency) == currency), ""
    )


def _rate_tax(tax: Element) -> VatBreakdown:
    percent = text(tax, "{*}RateApplicablePercent", "{*}ApplicablePercent")
    category = text(tax, "{*}CategoryCode")
    return VatBreakdown(percent, text(tax, "{*}BasisAmount"), text(tax, "{*}CalculatedAmount"), category)


def _accounts(settlement: Element | None) -> Iterator[Account]:
    """The seller's; a payer's account, which is to be debited, has an element of its own."""
    for means in _all(settlement, "{*}SpecifiedTradeSettlementPaymentMeans"):
        account = _first(means, "PayeePartyCreditorFinancialAccount")
        if number := text(account, "{*}IBANID", "{*}ProprietaryID"):
            bic = text(means, "{*}PayeeSpecifiedCreditorFinancialInstitution/{*}BICID")
            yield Account(number, bic, is_iban=bool(text(account, "{*}IBANID")))


def _terms(settlement: Element | None) -> str:
    """All terms, a line for each; of several each has its own date, which its words may end before."""
    terms = list(_all(settlement, "{*}SpecifiedTradePaymentTerms"))
    if len(terms) < 2:
        return text(settlement, "{*}SpecifiedTradePaymentTerms/{*}Description")
    dates = (iso_date(text(one, "{*}DueDateDateTime/{*}DateTimeString")) for one in terms)
    return "\n".join(f"{text(one, '{*}Description')} {day}".strip() for one, day in zip(terms, dates, strict=True))


def _early_payment(settlement: Element | None) -> Iterator[CashDiscountTerms]:
    for terms in _all(settlement, "{*}SpecifiedTradePaymentTerms/{*}ApplicableTradePaymentDiscountTerms"):
        yield CashDiscountTerms(
            percent=text(terms, "{*}CalculationPercent"),
            amount=text(terms, "{*}ActualDiscountAmount"),
            base=text(terms, "{*}BasisAmount"),
            days=days_in(_first(terms, "BasisPeriodMeasure")),
            since=iso_date(text(terms, "{*}BasisDateTime/{*}DateTimeString")),
        )


def _lines(trade: Element | None) -> Iterator[InvoiceLine]:
    for line in _all(trade, "{*}IncludedSupplyChainTradeLineItem"):
        agreement = _first(line, "SpecifiedLineTradeAgreement", "SpecifiedSupplyChainTradeAgreement")
        delivery = _first(line, "SpecifiedLineTradeDelivery", "SpecifiedSupplyChainTradeDelivery")
        settlement = _first(line, "SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
        found = InvoiceLine(
            description=text(line, "{*}SpecifiedTradeProduct/{*}Name", "{*}SpecifiedTradeProduct/{*}Description"),
            quantity=text(delivery, "{*}BilledQuantity"),
            price=text(agreement, "{*}NetPriceProductTradePrice/{*}ChargeAmount"),
            price_base=text(agreement, "{*}NetPriceProductTradePrice/{*}BasisQuantity"),
            amount=text(
                settlement,
                "{*}SpecifiedTradeSettlementLineMonetarySummation/{*}LineTotalAmount",
                "{*}SpecifiedTradeSettlementMonetarySummation/{*}LineTotalAmount",
            ),
        )
        if found != InvoiceLine():  # ZUGFeRD 1 writes notes as lines without a product
            yield found
