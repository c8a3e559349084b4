"""What is booked when a period ends: other currencies at their worth.

It imports `reports` and what lies below; `undo` may import it.
"""
