"""FatturaPA 1.2, the Italian e-invoice (Specifiche tecniche of the Agenzia delle Entrate): one header, many bodies.

The ordinary format; `fatturapa_simplified` is the other. Element names are Italian in the standard, their meaning
stands at each field.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from extraction.einvoice.semantic_model import (
    Account,
    CashDiscountTerms,
    Invoice,
    InvoiceLine,
    VatBreakdown,
    iso_date,
    last_date,
    sum_of,
    text,
    texts,
)
from extraction.standards.decimals import decimal_in

_TYPE_CODES = {"TD04": "381", "TD08": "381", "TD05": "383", "TD02": "386", "TD03": "386"}
"""TipoDocumento that differs from an invoice (380): credit notes, debit note, invoices for advance payment."""

_GENERAL = "DatiGenerali/DatiGeneraliDocumento"
_NATURES = {"N1": "O", "N2": "O", "N3.1": "G", "N3.2": "K", "N4": "E", "N6": "AE"}  # Natura → BT-118
_SUMMARY = "DatiBeniServizi/DatiRiepilogo"
_PAYMENT = "DatiPagamento/DettaglioPagamento"
_EXPENSES = f"{_SUMMARY}/SpeseAccessorie"
_SPLIT = "S"  # EsigibilitaIVA of scissione dei pagamenti
_DAY_DIGITS = 3


def read(root: Element) -> tuple[Invoice, ...]:
    """An invoice for each body; all have the seller and the buyer of the header."""
    header = root.find("FatturaElettronicaHeader")
    seller = header.find("CedentePrestatore/DatiAnagrafici") if header is not None else None
    buyer = header.find("CessionarioCommittente/DatiAnagrafici") if header is not None else None
    return tuple(_invoice(body, seller, buyer) for body in root.iterfind("FatturaElettronicaBody"))


def _invoice(body: Element, seller: Element | None, buyer: Element | None) -> Invoice:
    subtotal = sum_of(texts(body, f"{_SUMMARY}/ImponibileImporto"))
    tax = sum_of(texts(body, f"{_SUMMARY}/Imposta"))
    total = text(body, f"{_GENERAL}/ImportoTotaleDocumento")  # optional in the standard
    other = _beside_vat(body, subtotal, tax, total)
    return Invoice(
        type_code=_TYPE_CODES.get(text(body, f"{_GENERAL}/TipoDocumento"), "380"),
        number=text(body, f"{_GENERAL}/Numero"),
        issue_date=iso_date(text(body, f"{_GENERAL}/Data")),
        due_date=last_date(_due_dates(body)),
        currency=text(body, f"{_GENERAL}/Divisa"),
        seller=_name(seller),
        seller_vat_id=text(seller, "IdFiscaleIVA/IdPaese") + text(seller, "IdFiscaleIVA/IdCodice"),
        buyer=_name(buyer),
        purchase_order=text(body, "DatiGenerali/DatiOrdineAcquisto/IdDocumento"),
        payment_reference=text(body, f"{_PAYMENT}/CodicePagamento"),
        charges=sum_of(
            (*texts(body, f"{_GENERAL}/DatiCassaPrevidenziale/ImportoContributoCassa"), *texts(body, _EXPENSES))
        ),
        subtotal=subtotal,
        tax=tax,
        other_taxes=other,
        withheld=_withheld(body),
        total=total or sum_of((subtotal, tax, other)),
        rounding=text(body, f"{_GENERAL}/Arrotondamento"),
        payable=_payable(body),
        accounts=tuple(_accounts(body)),
        taxes=tuple(map(_rate_tax, body.iterfind(_SUMMARY))),
        early_payment=tuple(_early_payment(body)),
        lines=tuple(_lines(body)),
    )


def _beside_vat(body: Element, subtotal: str, tax: str, total: str) -> str:
    """What is in the total beside the taxed amounts and VAT: a discount or charge on the whole document, and rounding.

    Stamp duty (bollo) is in it only where the buyer bears it, which nothing but the total tells.
    """
    changes = [
        ("-" if text(change, "Tipo") == "SC" else "") + text(change, "Importo")
        for change in body.iterfind(f"{_GENERAL}/ScontoMaggiorazione[Importo]")
    ]
    signed = (*changes, *texts(body, f"{_GENERAL}/Arrotondamento"))
    known, stamp = [sum_of(signed)], text(body, f"{_GENERAL}/DatiBollo/ImportoBollo")
    for beside in (known, [*known, stamp], [], [stamp]):
        if total and decimal_in(sum_of((subtotal, tax, *beside))) == decimal_in(total):
            return sum_of(beside)
    return known[0]


def _withheld(body: Element) -> str:
    """Income tax that the buyer keeps back (ritenuta), and VAT that it pays in the seller's place (split payment)."""
    split = (text(part, "Imposta") for part in body.iterfind(_SUMMARY) if text(part, "EsigibilitaIVA") == _SPLIT)
    return sum_of((*texts(body, f"{_GENERAL}/DatiRitenuta/ImportoRitenuta"), *split))


def _payable(body: Element) -> str:
    """What all payments come to. Those of the same day and amount are one, to either of two accounts."""
    payments = {
        (day, text(payment, "ImportoPagamento"))
        for payment, day in zip(body.iterfind(_PAYMENT), _due_dates(body), strict=True)
    }
    return sum_of(amount for _, amount in payments)


def _due_dates(body: Element) -> Iterator[str]:
    """Of each payment its day, else so many days after the one that it names, or after issue; else ""."""
    issued = text(body, f"{_GENERAL}/Data")
    for payment in body.iterfind(_PAYMENT):
        day, days = text(payment, "DataScadenzaPagamento"), text(payment, "GiorniTerminiPagamento")
        since = iso_date(text(payment, "DataRiferimentoTerminiPagamento") or issued)
        if not day and since and days.isdecimal() and len(days) <= _DAY_DIGITS:
            day = (date.fromisoformat(since) + timedelta(days=int(days))).isoformat()
        yield day


def _rate_tax(summary: Element) -> VatBreakdown:
    nature = text(summary, "Natura")
    category = next((code for begins, code in _NATURES.items() if nature.startswith(begins)), "")
    rate, base, tax = (text(summary, path) for path in ("AliquotaIVA", "ImponibileImporto", "Imposta"))
    return VatBreakdown(rate, base, tax, category)


def _name(party: Element | None) -> str:
    """A company's name, else a person's first and last."""
    person = (text(party, f"Anagrafica/{part}") for part in ("Nome", "Cognome"))
    return text(party, "Anagrafica/Denominazione") or " ".join(filter(None, person))


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
