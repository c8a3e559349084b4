"""Bank statements that are tables (CSV, workbooks, QIF): which column is what, and which rows are movements. Pure.

Imports standards and the shapes of extraction; the rest of statements imports it, and handlers what people choose.
"""
