"""Words of a page in rows, columns and cells, with the dates and amounts in them, and the labels beside and above.

Imports patterns and extraction.evidence; all other folders of fields import it.
"""
