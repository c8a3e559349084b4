"""The whole path from bytes to documents, and how printed text, payment codes and e-invoices are brought together.

Imports all that reads, but neither OCR, which is handed in, nor corrections; process and bench import it.
"""
