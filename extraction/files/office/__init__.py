"""Office documents as text: Word, OpenDocument, Excel and RTF, to paragraphs and tables in their order, and to HTML.

Imports standards; `extraction.files.drawn` imports it.
"""
