"""Orders about a bill that are read as a whole, whatever marks stand in them: how it is split (`splits`), what is noted
about it (`notes`), that it is held (`holds`), and what somebody paid for us (`claims`). They may import `values` and
`text`; `interpreter` asks them first.
"""

from __future__ import annotations

from handlers.requests import Request
from handlers.understand.readers.deeds.claims import read_claim
from handlers.understand.readers.deeds.holds import read_hold
from handlers.understand.readers.deeds.notes import read_note
from handlers.understand.readers.deeds.papers import read_paper
from handlers.understand.readers.deeds.splits import read_split
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.sentence_context import SentenceContext


def order(said: Sentence, scene: SentenceContext) -> Request | None:
    """What a sentence orders to be done with a bill, where it is one of these. Raises: NeedsClarification."""
    readers = (read_note, read_claim, read_hold, read_paper, read_split)
    return next((found for read in readers if (found := read(said, scene)) is not None), None)
