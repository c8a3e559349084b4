"""Candidates for what a document is called and paid by: number, order, VAT id, IBAN, BIC, payment reference.

Imports fields.candidate, layout, patterns and standards (check digits); decision imports it.
"""
