"""A document arrives: its attachments are read, what is known of its vendor is remembered, and it becomes a draft bill.

May import `banking` (a file may be a statement), `bills` and `wording`. Only the bot imports it.
"""
