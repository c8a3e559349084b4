"""Secrets at rest: files that are there whole or not at all, the ring of keys, and columns that are sealed with it.
It imports `errors`; every folder above may import it.
"""
