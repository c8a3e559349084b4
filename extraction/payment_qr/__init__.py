"""Payment QR codes on a page: the European EPC code (GiroCode) and the Swiss QR-bill.

Imports standards and the shapes of extraction; pipeline imports it.
"""
