"""What things look like in plain text: amounts, currencies, dates, terms of payment, legal forms, words for roles.

Knows texts alone, no pages. Imports nothing of extraction; anybody may import it.
"""
