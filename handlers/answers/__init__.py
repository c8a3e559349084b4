"""Questions to the ledger, one file a subject. Every figure comes from postings and names the bills it rests on.

May import `bills`, `charts` and `wording`. Only the bot imports it.
"""
