"""Amounts by their labels and by arithmetic: candidates for total, subtotal, tax, tip and currency, and tax by rate.

Imports fields.candidate, layout and patterns; line_items and decision import it.
"""
