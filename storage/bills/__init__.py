"""A bill from draft to paid or void: its fields and corrections, vendors and their IBANs, categories, discounts,
duplicates, finding it again. It imports `ledger` and `people`, and knows neither payments nor the bank; `bank`
stands beside it. `approvals`, `payments`, `reconciliation`, `messages` and `reports` may import it.
"""
