"""Bank statements: bytes of CAMT, MT940, OFX, QIF or CSV in, movements out. Pure."""
