"""E-invoices by the European standard EN 16931 and by FatturaPA: XML in, documents out (`syntaxes.read_xml`).

Imports fields.patterns and fields.dates_and_terms for terms of payment in words; files and pipeline import it.
"""
