"""The bank: statements imported, movements matched, payment files and payment codes made.

May import `bills` and `wording`. `documents` hands it the bank's files, and `books` its categories of movements.
"""
