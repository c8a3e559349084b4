"""Small things that standards define: check digits, decimals and days, hostile XML, text in the charset that it names.

Imports only extraction.errors and extraction.evidence; anybody may import it.
"""
