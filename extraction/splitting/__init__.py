"""A file's pages told apart into documents: where one ends, which pages belong to it, which say nothing of it.

Imports fields, since a page is read to see whether a document begins; pipeline imports it.
"""

from extraction.splitting.document_boundaries import Bundle, split
from extraction.splitting.unrelated_papers import left_aside, without_strays

__all__ = ["Bundle", "left_aside", "split", "without_strays"]
