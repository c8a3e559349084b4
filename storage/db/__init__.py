"""The database, SQLite or PostgreSQL: connections and transactions, column types, locks, savepoints, text as it
keeps it. It knows no table and imports nothing of `storage`; every folder may import it.
"""
