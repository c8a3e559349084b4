"""Keeping the books: accounts, transfers, prepayments, categories, closing, the company's profile."""
