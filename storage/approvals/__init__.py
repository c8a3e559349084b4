"""Who has to agree before a bill is paid, who did, and whether the vendor's account is the one that is known.
It imports `bills`, `people` and `ledger`; `payments` asks it before a bill goes into a payment file.
"""
