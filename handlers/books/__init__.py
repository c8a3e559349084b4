"""Keeping the books: opening balances, liquidity accounts, transfers, prepayments, categories, closing, taking
steps back.

May import `banking`, `bills` and `wording`. Only the bot imports it.
"""
