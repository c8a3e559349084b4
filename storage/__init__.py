"""The ledger: money, accounts, bills, documents, people, and what was said."""
