"""Measuring what is the whole program's work.

May import handlers and storage; only `commands` imports it.
"""
