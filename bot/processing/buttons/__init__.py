"""Buttons: which are offered, and what a pressed one asks for; and the pages to which answers link."""
