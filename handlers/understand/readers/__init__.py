"""What makes a request, by subject: bills, money, payments, books, reports, reminders, approval rules, preferences.

Each either answers a request or None, and a table `REQUEST_BUILDERS` says which phrases it knows. May import
`values` and `text`; `dialogue` and `interpreter` import it.
"""
