"""Which letters of scanned lines are capitals: the SROIE set writes all in capitals, whatever was printed.

english_g2 knows capitals from its own training, though it misreads more. So its reading of a line is laid beside the
text, and each word takes the form that most of its letters have there: capitals, small letters, or one capital first.
Letters whose two forms differ by no more than their size count only where there are no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from training.lines.scanned_lines import Line

_WORD = re.compile(r"[^\W\d_]+")
_ALIKE = frozenset("CKOPSUVWXZ")
_LEAST = 0.6
"""Share of a line's letters that must have been seen for its capitals to be believed."""


def with_case(lines: Sequence[Line], seen: Sequence[str]) -> Iterator[Line]:
    """The lines with the capitals of what was `seen` in each; `exact` where that is like enough to tell."""
    for line, read in zip(lines, seen, strict=True):
        text = _cased(line.text, read)
        yield line if text is None else replace(line, text=text, exact=True)


def _cased(text: str, read: str) -> str | None:
    """The text (in capitals) with the small letters of a reading; None where they are too different."""
    letters: list[str | None] = [None] * len(text)
    capitals = read.upper()
    for step in Levenshtein.opcodes(text, capitals):
        if step.tag == "equal" and len(capitals) == len(read):  # ß becomes two
            letters[step.src_start : step.src_end] = read[step.dest_start : step.dest_end]
    known = [seen for char, seen in zip(text, letters, strict=True) if char.isalpha()]
    if sum(seen is not None for seen in known) < _LEAST * len(known):
        return None
    return _WORD.sub(lambda word: _word(word[0], letters[word.start() : word.end()]), text)


def _word(word: str, letters: Sequence[str | None]) -> str:
    rest = _are_small(letters[1:])
    if rest is None:
        rest = _are_small(letters)
    if not rest:
        return word
    first = letters[0]
    return word.lower() if first is not None and first.islower() else word[0] + word[1:].lower()


def _are_small(letters: Sequence[str | None]) -> bool | None:
    """Whether most of the letters are small; None where none was seen."""
    seen = [letter for letter in letters if letter is not None]
    told = [letter for letter in seen if letter.upper() not in _ALIKE] or seen
    return sum(map(str.islower, told)) > len(told) / 2 if told else None
