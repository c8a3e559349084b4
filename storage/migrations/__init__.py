"""Versions of the schema: `upgrade.py` brings a database to the newest, `env.py` is what Alembic starts.
It imports `db` and `models`; only who starts a program or a test imports it, nothing in `storage` does.
"""
