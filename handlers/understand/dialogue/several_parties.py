"""One request about several parties: "paid Telekom and Hetzner", "approve Krause, Adobe and AWS", each its own."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from handlers.requests import Proposed, SeveralRequests, Unclear, Understood, Unknown
from handlers.understand.tagging.tag import Tag
from handlers.understand.tagging.tags import tagged
from handlers.understand.text.sentence import Sentence, sentence
from handlers.understand.text.sentence_context import SentenceContext

MOST = 5
"""More parties than these are a letter."""

_JOINING = frozenset(
    {"and", "und", "u", "&", "+", "plus", "n", "sowie", "the", "der", "die", "das", "auch", "also", "an", "to"}
)
_ONE_VALUE = frozenset({"amount", "bill", "lateness"})
"""Values that are one party's: with them it is not said what is whose."""


def for_each_party(
    said: Sentence, scene: SentenceContext, understand: Callable[[Sentence], Understood | None], known: frozenset[str]
) -> SeveralRequests | None:
    """The request for each of the parties that stand side by side; None where there are not several, or where not each
    makes the same kind of request. `known` are words of names."""
    if not any(word.plain in _JOINING or word.breaks for word in said.words):
        return None
    tags = tagged(said, scene).tags
    named = [tag for tag in tags if tag.kind == "party"]
    if not 1 < len(named) <= MOST or not _side_by_side(named, said) or any(tag.kind in _ONE_VALUE for tag in tags):
        return None
    before, after = said.raw[: said.words[named[0].start].start], said.raw[said.words[named[-1].end - 1].end :]
    made = [understand(sentence(f"{before}{said.part(tag.start, tag.end).text}{after}", known)) for tag in named]
    if any(one is None or isinstance(one, Unclear | Unknown | SeveralRequests | Proposed) for one in made):
        return None
    return SeveralRequests(tuple(made)) if len({type(one) for one in made}) == 1 else None


def _side_by_side(named: list[Tag], said: Sentence) -> bool:
    """Whether nothing but commas and "and" stands between the parties, and none is left out."""
    if any(tag.excluded or len({str(name) for name in tag.names}) != 1 for tag in named):
        return False
    for one, other in pairwise(named):
        between = [word.plain for word in said.words[one.end : other.start]]
        if not all(word in _JOINING for word in between) or not (between or said.words[other.start].breaks):
            return False
    return True
