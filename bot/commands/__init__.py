"""The commands of `billify`, by subject. Each imports what it runs when it runs: `billify say` should not wait for what
only `billify run` needs.

May import `console`, `application` and `bench`; `cli.py` imports it.
"""
