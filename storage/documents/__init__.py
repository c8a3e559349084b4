"""Original files: sealed bytes in a folder, and the register of what was sent by whom.
It imports `db`, `models` and `errors`, and nothing in `storage` imports it: bills name their document by id and
SHA-256.
"""
