"""Which syntax an XML file is in, told by its root element, and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from extraction.einvoice import cfdi, cii, ebinterface, facturae, fatturapa, fatturapa_simplified, ksef, ubl
from extraction.einvoice.document_mapping import invoice_to_document
from extraction.einvoice.semantic_model import Invoice
from extraction.errors import Unreadable
from extraction.evidence import Problem, ReadDocument
from extraction.standards.safe_xml import parse_untrusted_xml

Read = Callable[[Element], tuple[Invoice, ...]]

_READERS: tuple[tuple[str, str, Read], ...] = (
    ("Invoice", "urn:oasis:names:specification:ubl:schema:xsd:", ubl.read),
    ("CreditNote", "urn:oasis:names:specification:ubl:schema:xsd:", ubl.read),
    ("CrossIndustryInvoice", "", cii.read),
    ("CrossIndustryDocument", "", cii.read),
    ("FatturaElettronica", "", fatturapa.read),
    ("FatturaElettronicaSemplificata", "", fatturapa_simplified.read),
    ("Faktura", ksef.SPACE, ksef.read),
    ("Invoice", ebinterface.SPACE, ebinterface.read),
    ("Facturae", "http://www.facturae.", facturae.read),
    ("Comprobante", "http://www.sat.gob.mx/cfd/", cfdi.read),
)
"""The root's name, how its namespace begins, and who reads it."""

_ENVELOPES = ("StandardBusinessDocument", "Signature", "Object")
"""Of UN/CEFACT, in which Peppol carries an invoice, and of XML Signature, which may stand around what it signs."""

_KNOWN = {
    "urn:iso:std:iso:20022:tech:xsd:camt.": "a bank statement",
    "urn:iso:std:iso:20022:tech:xsd:pain.": "a payment order",
    "Order": "an order",
    "SCRDMCCBDACIOMessageStructure": "an order",
    "OrderResponse": "an answer to an order",
    "DespatchAdvice": "a delivery note",
    "ApplicationResponse": "an acknowledgement",
    "Catalogue": "a catalogue",
    "Quotation": "a quotation",
    "Reminder": "a reminder",
}
"""Beginnings of the namespace, and names of root elements, of what people send instead."""

_INSTEAD = (
    "E-invoices are read as UBL (Peppol, XRechnung), CII (Factur-X, ZUGFeRD, XRechnung), FatturaPA, KSeF, ebInterface, "
    "Facturae or CFDI; please send one of these, or the invoice as a PDF."
)
_EMPTY = Problem("empty_einvoice", f"This e-invoice has neither a number nor an amount. {_INSTEAD}")


class NotAnInvoice(Unreadable):
    """The XML is sound, and something other than an e-invoice that can be read."""


def read_xml(data: bytes) -> tuple[ReadDocument, ...]:
    """The invoices of an XML file: one, or in FatturaPA and Facturae perhaps several.

    Raises: Unreadable when the XML is broken or refused; NotAnInvoice when it is something else.
    """
    root = _unwrapped(parse_untrusted_xml(data))
    space, name = _names(root)
    reader = _reader(space, name)
    if reader is None:
        raise NotAnInvoice(Problem("not_an_einvoice", f"This XML file is {_called(space, name)}. {_INSTEAD}"))
    invoices = [invoice for invoice in reader(root) if invoice.number or invoice.total or invoice.payable]
    if not invoices:
        raise NotAnInvoice(_EMPTY)
    return tuple(map(invoice_to_document, invoices))


def _reader(space: str, name: str) -> Read | None:
    return next((read for root, of, read in _READERS if name == root and space.startswith(of)), None)


def _unwrapped(root: Element) -> Element:
    """What envelopes hold; the root itself where there is none."""
    inside = root
    while _names(inside)[1] in _ENVELOPES:
        known = (child for child in inside if _reader(*_names(child)) or _names(child)[1] in _ENVELOPES)
        found = next(known, None)
        if found is None:
            return root
        inside = found
    return inside


def _names(element: Element) -> tuple[str, str]:
    """Namespace, "" for none, and local name."""
    space, _, name = element.tag.rpartition("}")
    return space.removeprefix("{"), name


def _called(space: str, name: str) -> str:
    known = (words for sign, words in _KNOWN.items() if name == sign or (":" in sign and space.startswith(sign)))
    return next(known, f"no e-invoice (its root is “{name[:40]}”)")
