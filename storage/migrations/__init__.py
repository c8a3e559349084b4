"""Versions of the schema: `upgrade.py` runs them, `env.py` is what Alembic starts."""
