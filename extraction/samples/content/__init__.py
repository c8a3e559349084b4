"""What the sample documents say: companies, invoices, receipts, their arithmetic, and their words in each language.

Imports only extraction.evidence; layouts and samples import it.
"""
