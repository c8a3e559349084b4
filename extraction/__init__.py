"""Bytes in, evidence out. No database, no network.

Beside the folders stand only shapes that all share: evidence, errors, bank_statement. These import no folder.
From the top: bench, process, pipeline; files, splitting; einvoice, pictures, statements; fields; standards.
"""
