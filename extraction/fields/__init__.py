"""Fields from words: pure functions from pages of words to documents (`document.read_documents`)."""
