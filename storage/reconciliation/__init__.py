"""What explains a movement of the bank: an entry noted before, a transfer of ours, open bills, a category; by
score, and asked about where it is not sure. It imports `payments`, `bills`, `bank` and `ledger`; in `storage`, only
`undo` may import it.
"""
