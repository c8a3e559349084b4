"""Lines of text to learn from: scanned ones of receipts, and rendered ones, degraded as scans and photos are.

No script is here. Imports only extraction.ocr; recogniser, detector and fields import it.
"""
