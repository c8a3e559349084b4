"""A file's pages told apart into documents: where one ends, which pages belong to it, which say nothing of it.

Imports fields, since a page is read to see whether a document begins; pipeline imports it.
"""

from extraction.splitting.document_boundaries import DocumentPages, split_into_documents
from extraction.splitting.unrelated_papers import unrelated_papers_notice, without_unrelated_papers

__all__ = ["DocumentPages", "split_into_documents", "unrelated_papers_notice", "without_unrelated_papers"]
