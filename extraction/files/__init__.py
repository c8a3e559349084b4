"""A file of any kind, opened: its media type, what is inside signatures and archives, its pages, a PDF's text layer.

Imports pictures, statements and einvoice, to read what lies inside; pipeline, process and bench import it.
"""
