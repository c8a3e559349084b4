"""Names of vendors, and what stands on bills, found for what somebody says. It imports nothing of `bills` but
`bill_fields`; the rest of it may import these.
"""
