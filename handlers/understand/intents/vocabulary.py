"""With which words each kind of request is said, in the phrasings that the classifier learned.

`words.txt` has a line a label: the label, a colon, its words. `training/intents/words.py` writes it.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files


def words_of(label: str) -> frozenset[str]:
    """The folded words that a label is said with; empty for an unknown label."""
    return _vocabulary().get(label, frozenset())


@cache
def common_words(labels: int) -> frozenset[str]:
    """Words that at least so many labels are said with."""
    counted = Counter(word for words in _vocabulary().values() for word in words)
    return frozenset(word for word, number in counted.items() if number >= labels)


@cache
def all_words() -> frozenset[str]:
    """Every word of the phrasings."""
    return frozenset().union(*_vocabulary().values())


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    lines = files(__package__).joinpath("words.txt").read_text("utf-8").splitlines()
    return {label: frozenset(words.split()) for label, _, words in (line.partition(":") for line in lines)}
