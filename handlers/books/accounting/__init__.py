"""Closing the books: other currencies at their worth, accounts of every type, what stood open before the books began.

As `books`, whose part it is.
"""
