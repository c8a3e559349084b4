"""FatturaPA 1.2, the Italian e-invoice (Specifiche tecniche of the Agenzia delle Entrate): one header, many bodies.

Only the ordinary format; element names are Italian in the standard, their meaning stands at each field.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from extraction.einvoice.semantic_model import (
    Account,
    CashDiscountTerms,
    Invoice,
    InvoiceLine,
    VatBreakdown,
    iso_date,
    last_date,
    text,
)

_TYPE_CODES = {"TD04": "381", "TD08": "381", "TD05": "383", "TD02": "386", "TD03": "386"}
"""TipoDocumento that differs from an invoice (380): credit notes, debit note, invoices for advance payment."""

_GENERAL = "DatiGenerali/DatiGeneraliDocumento"
_SUMMARY = "DatiBeniServizi/DatiRiepilogo"
_PAYMENT = "DatiPagamento/DettaglioPagamento"


def read(root: Element) -> tuple[Invoice, ...]:
    """An invoice for each body; all have the seller and the buyer of the header."""
    header = root.find("FatturaElettronicaHeader")
    seller = header.find("CedentePrestatore/DatiAnagrafici") if header is not None else None
    buyer = header.find("CessionarioCommittente/DatiAnagrafici") if header is not None else None
    return tuple(_invoice(body, seller, buyer) for body in root.iterfind("FatturaElettronicaBody"))


def _invoice(body: Element, seller: Element | None, buyer: Element | None) -> Invoice:
    subtotal = _sum(body, f"{_SUMMARY}/ImponibileImporto")
    tax = _sum(body, f"{_SUMMARY}/Imposta")
    stated = text(body, f"{_GENERAL}/ImportoTotaleDocumento")  # optional in the standard
    worked_out = str(Decimal(subtotal) + Decimal(tax)) if subtotal and tax else ""
    return Invoice(
        type_code=_TYPE_CODES.get(text(body, f"{_GENERAL}/TipoDocumento"), "380"),
        number=text(body, f"{_GENERAL}/Numero"),
        issue_date=iso_date(text(body, f"{_GENERAL}/Data")),
        due_date=last_date(_texts(body, f"{_PAYMENT}/DataScadenzaPagamento")),
        currency=text(body, f"{_GENERAL}/Divisa"),
        seller=_name(seller),
        seller_vat_id=text(seller, "IdFiscaleIVA/IdPaese") + text(seller, "IdFiscaleIVA/IdCodice"),
        buyer=_name(buyer),
        purchase_order=text(body, "DatiGenerali/DatiOrdineAcquisto/IdDocumento"),
        payment_reference=text(body, f"{_PAYMENT}/CodicePagamento"),
        subtotal=subtotal,
        tax=tax,
        total=stated or worked_out,
        rounding=text(body, f"{_GENERAL}/Arrotondamento"),
        payable=_sum(body, f"{_PAYMENT}/ImportoPagamento"),
        accounts=tuple(_accounts(body)),
        taxes=tuple(map(_rate_tax, body.iterfind(_SUMMARY))),
        early_payment=tuple(_early_payment(body)),
        lines=tuple(_lines(body)),
    )


def _rate_tax(summary: Element) -> VatBreakdown:
    return VatBreakdown(text(summary, "AliquotaIVA"), text(summary, "ImponibileImporto"), text(summary, "Imposta"))


def _name(party: Element | None) -> str:
    """A company's name, else a person's first and last."""
    person = (text(party, f"Anagrafica/{part}") for part in ("Nome", "Cognome"))
    return text(party, "Anagrafica/Denominazione") or " ".join(filter(None, person))


def _texts(body: Element, path: str) -> tuple[str, ...]:
    return tuple(node.text.strip() for node in body.iterfind(path) if node.text)


def _sum(body: Element, path: str) -> str:
    """The sum of all amounts at a path, "" where there is none or one of them is no number."""
    try:
        amounts = [Decimal(amount) for amount in _texts(body, path)]
    except InvalidOperation:
        return ""
    return str(sum(amounts)) if amounts and all(amount.is_finite() for amount in amounts) else ""


def _accounts(body: Element) -> Iterator[Account]:
    for payment in body.iterfind(_PAYMENT):
        if iban := text(payment, "IBAN"):
            yield Account(iban, text(payment, "BIC"), is_iban=True)


def _early_payment(body: Element) -> Iterator[CashDiscountTerms]:
    """ScontoPagamentoAnticipato, an amount, for payment by DataLimitePagamentoAnticipato."""
    for payment in body.iterfind(_PAYMENT):
        until = iso_date(text(payment, "DataLimitePagamentoAnticipato"))
        yield CashDiscountTerms(amount=text(payment, "ScontoPagamentoAnticipato"), until=until)


def _lines(body: Element) -> Iterator[InvoiceLine]:
    for line in body.iterfind("DatiBeniServizi/DettaglioLinee"):
        yield InvoiceLine(
            description=text(line, "Descrizione"),
            quantity=text(line, "Quantita"),
            price=text(line, "PrezzoUnitario"),
            amount=text(line, "PrezzoTotale"),
        )
