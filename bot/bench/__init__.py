"""Measuring what is the whole program's work."""
