"""What things look like in plain text: amounts, currencies, dates, terms, legal forms, tax numbers, words for roles.

Knows texts alone, no pages. Imports nothing of extraction; anybody may import it.
"""
