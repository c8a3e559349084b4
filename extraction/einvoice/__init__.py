"""E-invoices by the European standard EN 16931 and by FatturaPA: XML in, documents out."""

from extraction.einvoice.syntaxes import NotAnInvoice, read_xml

__all__ = ["NotAnInvoice", "read_xml"]
