"""Candidates for what a document is called and paid by: number, order, VAT id, IBAN, BIC, payment reference; and the
number of the bill that it speaks of.

Imports fields.candidate, layout, patterns and standards (check digits); decision imports it.
"""
