"""What the phrases of `phrases/accounting.toml` ask for: statements, valuations, and what else closes the books.

As its neighbours in `readers`; a table `REQUEST_BUILDERS` says which phrases it knows.
"""
