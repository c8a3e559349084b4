"""How the samples look: one file for each style of invoice, the till receipt, fonts and logos. PDFs by reportlab.

Imports samples.content; samples imports it.
"""
