"""What settles bills: payments, discounts taken, credits set off, prepayments, payment files and codes.
It imports `approvals`, `bills`, `bank` and `ledger`: who reverses a payment also frees the bank's movement that it
explained. `reconciliation` and `undo` may import it.
"""
