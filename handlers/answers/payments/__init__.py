"""Questions about money that moved: what was paid, what came in, and whether a bill is settled.

As `answers`, of which it is a part.
"""
