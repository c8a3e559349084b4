"""Our own bank and cash accounts: numbers and names, opening balances, transfers between them, statements and their
movements. It imports `ledger` and no bill's rules; `bills` stands beside it. `payments`, `reconciliation`, `undo`
and `reports` may import it.
"""
