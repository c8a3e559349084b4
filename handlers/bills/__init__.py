"""What one does with a bill: confirm, amend, approve, pay, reject, settle duplicates, show it.

`find_bill` says which one is meant, `bill_reply` shows it with its card and buttons; banking, books, answers and
reminders use both. May import `wording` and what lies below, and none of the other use cases.
"""
