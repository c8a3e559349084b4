"""Small things that standards define: check digits of IBANs and references, decimals of XML, XML that may be hostile.

Imports only extraction.errors and extraction.evidence; anybody may import it.
"""
