"""What was read wrong: told apart by kind, drawn to look at, and counted where no doubt was shown.

`extraction.bench` imports it.
"""
