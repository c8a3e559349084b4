"""What the commands do and print: a conversation in the terminal, documents read without a ledger, exports and rates.

May import `application` and what lies below. Only `commands` imports it.
"""
