"""Which syntax an XML file is in, told by its root element, and who reads it."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from extraction.einvoice import cii, fatturapa, ubl
from extraction.einvoice.document_mapping import invoice_to_document
from extraction.einvoice.semantic_model import Invoice
from extraction.errors import Unreadable
from extraction.evidence import Problem, ReadDocument
from extraction.standards.safe_xml import parse_untrusted_xml

_READERS: dict[str, Callable[[Element], tuple[Invoice, ...]]] = {
    "Invoice": ubl.read,
    "CreditNote": ubl.read,
    "CrossIndustryInvoice": cii.read,
    "CrossIndustryDocument": cii.read,
    "FatturaElettronica": fatturapa.read,
}
_OF_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_ENVELOPE = "StandardBusinessDocument"  # of UN/CEFACT, in which Peppol carries an invoice

_KNOWN = {
    "urn:iso:std:iso:20022:tech:xsd:camt.": "a bank statement",
    "urn:iso:std:iso:20022:tech:xsd:pain.": "a payment order",
    "Order": "an order",
    "SCRDMCCBDACIOMessageStructure": "an order",
    "OrderResponse": "an answer to an order",
    "DespatchAdvice": "a delivery note",
    "ApplicationResponse": "an acknowledgement",
    "FatturaElettronicaSemplificata": "a simplified FatturaPA invoice",
    "Catalogue": "a catalogue",
    "Quotation": "a quotation",
    "Reminder": "a reminder",
}
"""Beginnings of the namespace, and names of root elements, of what people send instead."""

_INSTEAD = (
    "E-invoices are read as UBL (Peppol, XRechnung), CII (Factur-X, ZUGFeRD, XRechnung) or FatturaPA; "
    "please send one of these, or the invoice as a PDF."
)
_EMPTY = Problem("empty_einvoice", f"This e-invoice has neither a number nor an amount. {_INSTEAD}")


class NotAnInvoice(Unreadable):
    """The XML is sound, and something other than an e-invoice that can be read."""


def read_xml(data: bytes) -> tuple[ReadDocument, ...]:
    """The invoices of an XML file: one, or in FatturaPA perhaps several.

    Raises: Unreadable when the XML is broken or refused; NotAnInvoice when it is something else.
    """
    root = _unwrapped(parse_untrusted_xml(data))
    space, name = _names(root)
    reader = _READERS.get(name)
    if reader is None or (reader is ubl.read and not space.startswith(_OF_UBL)):
        raise NotAnInvoice(Problem("not_an_einvoice", f"This XML file is {_called(space, name)}. {_INSTEAD}"))
    invoices = [invoice for invoice in reader(root) if invoice.number or invoice.total or invoice.payable]
    if not invoices:
        raise NotAnInvoice(_EMPTY)
    return tuple(map(invoice_to_document, invoices))


def _unwrapped(root: Element) -> Element:
    """What an envelope holds; the root itself where there is none."""
    if _names(root)[1] != _ENVELOPE:
        return root
    return next((child for child in root if _names(child)[1] in _READERS), root)


def _names(element: Element) -> tuple[str, str]:
    """Namespace, "" for none, and local name."""
    space, _, name = element.tag.rpartition("}")
    return space.removeprefix("{"), name


def _called(space: str, name: str) -> str:
    known = (words for sign, words in _KNOWN.items() if name == sign or (":" in sign and space.startswith(sign)))
    return next(known, f"no e-invoice (its root is “{name[:40]}”)")
