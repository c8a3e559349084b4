"""What sort of document it is: by its titles, what only one sort says, and how it is printed.

Imports money's amounts, fields.candidate, layout and patterns; decision imports it.
"""
