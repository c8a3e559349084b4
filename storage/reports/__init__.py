"""Questions to the books that change nothing: open items, ageing, spending, what recurs, the forecast, the journal,
postings behind a figure. It imports `bills`, `bank` (which balances are counted from zero) and `ledger`; nothing in
`storage` imports it.
"""
