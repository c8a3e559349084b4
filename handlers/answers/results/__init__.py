"""Costs, income, and what is left: what was booked in a period, whenever the money moved.

As `answers`, of which it is a part.
"""
