"""The simplified FatturaPA 1.0 (fattura semplificata, to 400 euros), whose lines have their VAT in them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from xml.etree.ElementTree import Element

from extraction.einvoice.semantic_model import Invoice, InvoiceLine, VatBreakdown, iso_date, sum_of, text
from extraction.standards.decimals import decimal_in

_TYPE_CODES = {"TD08": "381", "TD09": "383"}
"""TipoDocumento that differs from an invoice (TD07, 380): credit note, debit note."""

_GENERAL = "DatiGenerali/DatiGeneraliDocumento"
_CENT = Decimal("0.01")


def read(root: Element) -> tuple[Invoice, ...]:
    """An invoice for each body; all have the seller and the buyer of the header."""
    header = root.find("FatturaElettronicaHeader")
    seller = header.find("CedentePrestatore") if header is not None else None
    buyer = header.find("CessionarioCommittente/AltriDatiIdentificativi") if header is not None else None
    return tuple(_invoice(body, seller, buyer) for body in root.iterfind("FatturaElettronicaBody"))


def _invoice(body: Element, seller: Element | None, buyer: Element | None) -> Invoice:
    taxes, lines = tuple(_taxes(body)), tuple(_lines(body))
    return Invoice(
        type_code=_TYPE_CODES.get(text(body, f"{_GENERAL}/TipoDocumento"), "380"),
        number=text(body, f"{_GENERAL}/Numero"),
        issue_date=iso_date(text(body, f"{_GENERAL}/Data")),
        currency=text(body, f"{_GENERAL}/Divisa"),
        seller=_name(seller),
        seller_vat_id=text(seller, "IdFiscaleIVA/IdPaese") + text(seller, "IdFiscaleIVA/IdCodice"),
        buyer=_name(buyer),
        subtotal=sum_of(part.base for part in taxes),
        tax=sum_of(part.amount for part in taxes),
        total=sum_of(line.amount for line in lines),
        taxes=taxes,
        lines=lines,
    )


def _name(party: Element | None) -> str:
    person = (text(party, part) for part in ("Nome", "Cognome"))
    return text(party, "Denominazione") or " ".join(filter(None, person))


def _taxes(body: Element) -> Iterator[VatBreakdown]:
    """Of each line either its VAT or the rate is stated, or neither where it is exempt (Natura)."""
    for line in body.iterfind("DatiBeniServizi"):
        gross, rate, tax = (decimal_in(text(line, path)) for path in ("Importo", "DatiIVA/Aliquota", "DatiIVA/Imposta"))
        if gross is None:
            continue
        if tax is None:
            tax = (gross * (rate or 0) / (100 + (rate or 0))).quantize(_CENT, ROUND_HALF_UP)
        if rate is None:
            rate = (
                (100 * tax / (gross - tax)).quantize(Decimal(1), ROUND_HALF_UP) if tax and gross != tax else Decimal(0)
            )
        yield VatBreakdown(f"{rate:f}", f"{gross - tax:f}", f"{tax:f}")


def _lines(body: Element) -> Iterator[InvoiceLine]:
    for line in body.iterfind("DatiBeniServizi"):
        yield InvoiceLine(description=text(line, "Descrizione"), amount=text(line, "Importo"))
