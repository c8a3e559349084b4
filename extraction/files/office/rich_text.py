"""RTF, by striprtf: its text, the cells of a table's row between bars."""

from __future__ import annotations

import re

from striprtf.striprtf import rtf_to_text

from extraction.errors import Unreadable, refused_as
from extraction.files.office.parts import BROKEN
from extraction.files.office.text_flow import Flow
from extraction.limits import LARGEST_RICH_TEXT, OFFICE_TOO_LARGE

_PICTURE = re.compile(rb"(?:[0-9a-fA-F]{64,}\s*)+")


def read_rich_text(data: bytes) -> Flow:
    """Its paragraphs. Raises: Unreadable when it is damaged, or too large without its pictures."""
    text = _PICTURE.sub(b"", data)
    if len(text) > LARGEST_RICH_TEXT:
        raise Unreadable(OFFICE_TOO_LARGE)
    with refused_as(BROKEN):
        said: str = rtf_to_text(text.decode("latin-1"), errors="replace")  # type: ignore[no-untyped-call]
    lines = said.replace("\xa0", " ").split("\n")
    return tuple(line.rstrip("|").replace("|", "\t") if line.count("|") > 1 else line for line in lines)
