"""Candidates for the date of issue and the due date, the due date by terms of payment, and cash discounts (Skonto).

Imports fields.candidate, layout and patterns; decision, einvoice and corrections import it.
"""
