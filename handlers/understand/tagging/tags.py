"""Every value of a sentence and the sentence without them: "what do we owe acme by friday?" is
"what do we owe <party> <period> ?".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handlers.understand.tagging.exclusions import with_exclusions
from handlers.understand.tagging.figures import figures
from handlers.understand.tagging.known_values import accounts, bills, categories, fields, people
from handlers.understand.tagging.parties import parties
from handlers.understand.tagging.tag import KINDS, Tag
from handlers.understand.tagging.times import lateness, times
from handlers.understand.text.sentence import Sentence
from handlers.understand.text.sentence_context import SentenceContext
from handlers.understand.values.dates import Sense
from handlers.understand.values.trades import trade_words


@dataclass(frozen=True)
class Tags:
    """The tags in the order of the words, none over another, and the folded words with a placeholder for each.

    A sentence that asks ends with " ?". A bill stands for its party: it is `<party>` too.
    """

    tags: tuple[Tag, ...]
    template: str


def tagged(said: Sentence, scene: SentenceContext, sense: Sense = "due") -> Tags:
    """All values of a sentence. Never raises: what could be two things has its `other`, what is none has no tag.

    `sense` says to which side a date without a year lies.
    """
    kept = _KEPT.get((said, sense))
    if kept is not None and kept[0] is scene:
        return kept[1]
    tags = _tagged(said, scene, sense)
    if len(_KEPT) >= MOST_KEPT:
        _KEPT.clear()
    _KEPT[said, sense] = scene, tags
    return tags


MOST_KEPT = 64
_KEPT: dict[tuple[Sentence, Sense], tuple[SentenceContext, Tags]] = {}
"""What was found in the last sentences: a message is looked at several times, whole and in parts."""


def _tagged(said: Sentence, scene: SentenceContext, sense: Sense) -> Tags:
    found = _one_party(said, _chosen(_candidates(said, scene, sense)))
    tags = with_exclusions(said, found)
    return Tags(tags, _template(said, tags))


def _candidates(said: Sentence, scene: SentenceContext, sense: Sense) -> list[Tag]:
    return [
        *parties(said, scene),
        *bills(said, scene),
        *people(said, scene),
        *accounts(said, scene),
        *categories(said, scene),
        *fields(said, scene),
        *lateness(said),
        *times(said, scene, sense),
        *figures(said, scene),
    ]


def _chosen(candidates: Iterable[Tag]) -> tuple[Tag, ...]:
    """The longest; of those as long the sure one, then the known name. The next best of the same words is `other`."""
    chosen: list[Tag] = []
    for tag in sorted(candidates, key=lambda t: (t.start - t.end, not t.sure, KINDS.index(t.kind), t.start)):
        over = [n for n, taken in enumerate(chosen) if taken.start < tag.end and tag.start < taken.end]
        if not over:
            chosen.append(tag)
            continue
        chosen[over[0]] = _with_other(chosen[over[0]], tag)
    return tuple(sorted(chosen, key=lambda tag: tag.start))


def _one_party(said: Sentence, tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """Two names side by side that fit one party are it: "bäcker müller" for Bäckerei Müller."""
    joined: list[Tag] = []
    plain = [word.plain for word in said.words]
    for tag in tags:
        last = joined[-1] if joined else None
        if last and (last.kind, tag.kind, last.end) == ("party", "party", tag.start):
            both = [name for name in last.names if name in tag.names]
            if both:
                joined[-1] = replace(last, end=tag.end, value=tuple(both))
                continue
        if tag.kind == "party" and tag.start > (last.end if last else 0) and trade_words(plain[tag.start - 1]):
            joined.append(replace(tag, start=tag.start - 1))  # "die Druckerei Print24"
            continue
        joined.append(tag)
    return tuple(joined)


def _with_other(taken: Tag, tag: Tag) -> Tag:
    """Whoever read a day of digits knows whether it may be an amount; any other two readings of one part are doubt."""
    same = (taken.start, taken.end) == (tag.start, tag.end) and taken.kind != tag.kind
    if not same or taken.other or taken.kind == "lateness" or (taken.kind, tag.kind) == ("day", "amount"):
        return taken
    return replace(taken, other=tag)


def _template(said: Sentence, tags: tuple[Tag, ...]) -> str:
    words: list[str] = []
    at = 0
    for tag in tags:
        words += [word.plain for word in said.words[at : tag.start]]
        words.append(f"<{'party' if tag.kind == 'bill' else tag.kind}>")
        words += [tag.tail] if tag.tail else []
        at = tag.end
    words += [word.plain for word in said.words[at:]]
    return " ".join([*words, "?"] if said.asks else words)
