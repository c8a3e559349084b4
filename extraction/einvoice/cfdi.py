"""CFDI 3.3 and 4.0, the Mexican e-invoice (Anexo 20 of the SAT): all in attributes.

Below the root only names count; the complements have namespaces of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from xml.etree.ElementTree import Element

from extraction.einvoice.semantic_model import Invoice, InvoiceLine, VatBreakdown, iso_date, sum_of
from extraction.einvoice.series import with_series
from extraction.standards.decimals import decimal_in

_TYPE_CODES = {"I": "380", "E": "381", "T": "351", "P": "481", "N": "190"}
"""TipoDeComprobante: income, refund (egreso), transport of goods, receipt of a payment (an advice in UNTDID 1001),
payroll (an internal document there)."""

_STAMP = "{*}Complemento/{*}TimbreFiscalDigital"
_PAYMENT = "{*}Complemento/{*}Pagos"
_LOCAL = "{*}Complemento/{*}ImpuestosLocales"
_NO_CURRENCY = "XXX"  # of the receipt of a payment, whose payments have theirs


def read(root: Element) -> tuple[Invoice, ...]:
    """The one document of the file. Its number is its own, else the one that the SAT stamped on it (UUID)."""
    payment = root.find(f"{_PAYMENT}/{{*}}Pago")
    currency = root.get("Moneda", "")
    subtotal = sum_of((root.get("SubTotal", ""), _negative(root.get("Descuento", ""))))
    receipt = root.get("TipoDeComprobante") == "P"
    return (
        Invoice(
            type_code=_TYPE_CODES.get(root.get("TipoDeComprobante", ""), "380"),
            number=with_series(root.get("Serie", ""), root.get("Folio", "")) or _of(root, _STAMP, "UUID"),
            issue_date=iso_date(root.get("Fecha", "")),
            currency=(payment.get("MonedaP", "") if payment is not None else "")
            if currency == _NO_CURRENCY
            else currency,
            seller=_of(root, "{*}Emisor", "Nombre") or _of(root, "{*}Emisor", "Rfc"),
            seller_vat_id=_of(root, "{*}Emisor", "Rfc"),
            buyer=_of(root, "{*}Receptor", "Nombre"),
            payment_terms=root.get("CondicionesDePago", ""),
            allowances=root.get("Descuento", ""),
            subtotal="" if receipt else subtotal,
            tax="" if receipt else _of(root, "{*}Impuestos", "TotalImpuestosTrasladados") or "0",
            other_taxes=_of(root, _LOCAL, "TotaldeTraslados"),
            withheld=sum_of(
                (_of(root, "{*}Impuestos", "TotalImpuestosRetenidos"), _of(root, _LOCAL, "TotaldeRetenciones"))
            ),
            total=_payments(root) if receipt else root.get("Total", ""),
            taxes=tuple(_taxes(root)),
            lines=tuple(_lines(root)),
        ),
    )


def _of(root: Element, path: str, name: str) -> str:
    found = root.find(path)
    return " ".join(found.get(name, "").split()) if found is not None else ""


def _payments(root: Element) -> str:
    """What the payments of a receipt come to: as 2.0 sums it up, in pesos, or of each in its currency."""
    each = {
        (payment.get("MonedaP", ""), payment.get("Monto", "")) for payment in root.iterfind(f"{_PAYMENT}/{{*}}Pago")
    }
    if len(each) == 1:
        return next(iter(each))[1]
    return _of(root, f"{_PAYMENT}/{{*}}Totales", "MontoTotalPagos")


def _taxes(root: Element) -> Iterator[VatBreakdown]:
    """By rate, in per cent; version 3.3 states bases in the lines only, which are added up."""
    for tax in root.iterfind("{*}Impuestos/{*}Traslados/{*}Traslado"):
        rate = decimal_in(tax.get("TasaOCuota", ""))
        if tax.get("TipoFactor") == "Cuota":  # so much a litre: no per cent
            continue
        base = tax.get("Base", "") or sum_of(_bases(root, tax))
        yield VatBreakdown(f"{(rate or Decimal(0)) * 100:f}", base, tax.get("Importe", "") or "0")


def _bases(root: Element, tax: Element) -> Iterator[str]:
    """What the lines state to be taxed so."""
    same = ("Impuesto", "TipoFactor", "TasaOCuota")
    for part in root.iterfind("{*}Conceptos/{*}Concepto/{*}Impuestos/{*}Traslados/{*}Traslado"):
        if all(part.get(name) == tax.get(name) for name in same):
            yield part.get("Base", "")


def _lines(root: Element) -> Iterator[InvoiceLine]:
    for line in root.iterfind("{*}Conceptos/{*}Concepto"):
        yield InvoiceLine(
            description=" ".join(line.get("Descripcion", "").split()),
            quantity=line.get("Cantidad", ""),
            price=line.get("ValorUnitario", ""),
            amount=line.get("Importe", ""),
        )


def _negative(amount: str) -> str:
    number = decimal_in(amount)
    return f"{-number:f}" if number is not None else ""
