"""How things are said: texts, cards, lists, questions back, refusals, doubts, and what accounts and periods are called.

May import the vocabulary (`handlers/*.py`), `requests` and `language`, and reads the ledger only to name what is in it.
Use cases and understanding import it.
"""
