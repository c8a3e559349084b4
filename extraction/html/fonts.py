"""The fonts of drawn mails: DejaVu Sans, which comes with matplotlib and has the letters of Europe."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FILES = {"font:regular": "DejaVuSans.ttf", "font:bold": "DejaVuSans-Bold.ttf"}
"""By the address that pages name them by."""


@cache
def font_file(address: str) -> Path | None:
    """Where the font lies that a page names so; None for any other address."""
    package = find_spec("matplotlib")  # which takes a third of a second to import
    if address not in _FILES or package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "mpl-data" / "fonts" / "ttf" / _FILES[address]
