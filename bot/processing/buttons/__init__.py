"""Buttons: which are offered, and what a pressed one asks for."""
