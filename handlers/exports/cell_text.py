"""A text as a cell of whatever a spreadsheet may open: never a formula."""

from __future__ import annotations

from config.plain_text import plain_text

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How formulas begin (OWASP, CSV injection), the full-width forms of East Asian keyboards among them."""


def cell_text(text: str) -> str:
    """The text, on one line where it had several and without what terminals obey; an apostrophe stands before what a
    spreadsheet would take for a formula, also behind blanks, which some of them drop."""
    line = " ".join(plain_text(text).split())
    return f"'{line}" if line.startswith(_FORMULA) else line
