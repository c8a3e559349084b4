"""Which action was the last that still stands, and taking it back: of a bill, or of the books at large.
It imports whatever it takes back (`messages`, `reconciliation`, `payments`, `bank`, `people`, `ledger`); nothing in
`storage` imports it.
"""
