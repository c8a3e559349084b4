"""Bytes in, evidence out. No database, no network."""
