"""What a company shows of a period: profit and loss, the balance sheet, and its books in one currency for both.

May import its neighbours in `reports` and what lies below them.
"""
