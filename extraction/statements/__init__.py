"""Bank statements: bytes of CAMT, MT940, OFX, QIF or CSV in, movements out. Pure.

Imports standards and the shapes of extraction; files (to know the formats) and pipeline import it.
"""
