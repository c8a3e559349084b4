"""Who belongs to the company, on which channels, how each of them likes it, and what the company is called.
It imports `db`, `models`, `errors` and `audit`; `bills`, `approvals`, `messages` and `undo` may import it.
"""
