"""Fields from words: pure functions from pages of words to documents."""

from extraction.fields.document import read_documents

__all__ = ["read_documents"]
