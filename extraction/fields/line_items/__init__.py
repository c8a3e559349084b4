"""The lines of an invoice or a till receipt: tables and their headings, quantities and prices that make the totals.

Imports money, layout and patterns; decision imports it.
"""
