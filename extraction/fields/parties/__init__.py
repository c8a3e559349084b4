"""Candidates for vendor and buyer: names on the page, headings and addresses around them, and what is nobody's name.

Imports fields.candidate, layout and patterns; decision imports it.
"""
