"""Names that a message leaves out: "except Acme", "skip Schmidt", "everything but Krause", "Telekom zählt nicht"."""

from __future__ import annotations

import re
from dataclasses import replace

from handlers.understand.tagging.tag import Tag
from handlers.understand.text.sentence import Sentence

_EXCLUDING = frozenset({
    "except", "excluding", "excl", "without", "besides", "ohne", "ausser", "minus", "exklusive", "abzuglich", "skip",
    "skipping", "ignore", "ignoring", "omit", "omitting", "exclude", "exkl", "ignoriere", "ignorier",
})  # fmt: skip
_EXCLUDING_PAIRS = frozenset({
    "other than", "apart from", "except for", "aside from", "leaving out", "bis auf", "abgesehen von",
    "abgesehen vom", "everyone but",
    "everybody but", "everything but", "anyone but", "anybody but", "anything but", "all but", "not counting",
    "not including", "leave out", "leaves out", "left out",
    "nicht mitgerechnet", "mit ausnahme", "exception of", "jeder ausser", "instead of", "rather than",
})  # fmt: skip
_LEAVING = re.compile(r"\b(?:leave|leaving|lass|lasse|lassen|lasst)(?: \S+){0,2}$")
_OUT = re.compile(r"(?:mal |bitte |please |doch )*(?:out|aside|off|weg|raus|aus|draussen|aussen vor)\b")
"""What leaves out the name between them: "lass den Schmidt weg"."""
_EXCLUDED = re.compile(
    r"(?:mal |bitte |kannst du |konnen wir |lassen wir |lass |lass mal |can be |is |are |should be )*"
    r"(?:weg\b|weglassen|raus\b|ignored\b|ignorieren|left out\b|nicht$|nicht mit\b|nicht dabei|aussen vor"
    r"|(?:do|does) not (?:count|matter)|not included)|"
    r"(?:mal )?(?:ausgenommen|weggelassen|ausgeklammert|rausgerechnet|nicht (?:mit)?(?:gerechnet|gezahlt|eingerechnet))"
    r"|(?:aside|excluded|excepted|not (?:included|counted))\b"
)
"""What leaves out the name before it."""
_NOT = frozenset({"not", "nicht"})
_BILLS = frozenset({"bills", "invoices", "rechnungen", "everything", "all", "alles", "alle", "open", "unpaid", "offen"})
_COUNTS = re.compile(r"z(?:ä|ae)hlt", re.IGNORECASE)
"""Folded, "zählt nicht" is "zahlt nicht"."""
_BEFORE_NOT = frozenset({"but", "and", "aber", "und", "nur", "just", "only", "die", "those", "ones"})
_BETWEEN = frozenset({
    "the", "der", "die", "das", "dem", "den", "our", "unser", "unsere", "for", "from", "of", "to", "with", "an", "bei",
    "von", "vom", "fur", "in", "im", "those", "denen", "bill", "bills", "invoice", "rechnung", "rechnungen", "ones",
})  # fmt: skip
_JOINING = frozenset({"and", "und", "or", "oder", "&", "+", "nor", "n", "'n", "plus", "sowie", "noch", "u"})
_NONE = frozenset({"no", "kein", "keine", "keinen"})


def with_exclusions(said: Sentence, tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """The tags, those that are left out marked `excluded`."""
    done: list[Tag] = []
    for tag in tags:
        done.append(replace(tag, excluded=_is_excluded(said, tag, done)))
        if done[-1].excluded and _left_out_behind(said, done[-1]):
            _exclude_joined(said, done)
    return tuple(done)


def _exclude_joined(said: Sentence, done: list[Tag]) -> None:
    """ "Hetzner and Telekom not counted" leaves out both."""
    for at in range(len(done) - 1, 0, -1):
        between = [word.plain for word in said.words[done[at - 1].end : done[at].start]]
        joined = bool(_JOINING.intersection(between)) and all(word in _JOINING | _BETWEEN for word in between)
        if done[at - 1].kind != done[at].kind or not joined:
            return
        done[at - 1] = replace(done[at - 1], excluded=True)


def _is_excluded(said: Sentence, tag: Tag, before: list[Tag]) -> bool:
    plain = [word.plain for word in said.words]
    at = tag.start
    while at and plain[at - 1] in _BETWEEN and " ".join(plain[max(0, at - 2) : at]) not in _EXCLUDING_PAIRS:
        at -= 1
    pair = " ".join(plain[max(0, at - 2) : at])
    if at and (plain[at - 1] in _EXCLUDING or pair in _EXCLUDING_PAIRS):
        return True
    if _left_out_behind(said, tag):
        return True
    before_it = plain[at - 1 : at]
    if (
        tag.kind == "party"
        and before_it == ["but"]
        and at > 1
        and not said.words[at - 1].breaks
        and not _NOT & set(plain[:at])
    ):
        return True  # "everything but Krause"
    if tag.kind == "party" and before_it and before_it[0] in _NONE and at == tag.start and not said.words[at].breaks:
        return True
    if at and plain[at - 1] in ("nur", "just", "only") and plain[tag.end : tag.end + 1] == ["nicht"]:
        return _ends_clause(said, tag.end)  # "nur die Kasse nicht", not "nur Acme Tools, nicht Acme Logistics"
    if at and plain[at - 1] in _NOT:
        apart = tag.kind == "party" and at < tag.start and plain[at - 2] in _BILLS
        return at == 1 or plain[at - 2] in _BEFORE_NOT or said.words[at - 1].breaks or _ends(before, at - 1) or apart
    last = before[-1] if before else None
    if last is None or not last.excluded or last.kind != tag.kind:
        return False
    joined = all(word in _JOINING or word in _BETWEEN for word in plain[last.end : at])
    return joined and (last.end == at or bool(_JOINING & set(plain[last.end : at])) or said.words[at].breaks)


def _left_out_behind(said: Sentence, tag: Tag) -> bool:
    """Whether the words behind a name leave it out: "Krause excluded", "Schmidt zählt nicht"."""
    plain = [word.plain for word in said.words]
    behind = " ".join(plain[tag.end : tag.end + 5])
    if tag.kind not in ("party", "category", "account"):
        return False
    return bool(
        (_EXCLUDED.match(behind) and not (tag.kind == "account" and behind.startswith("raus")))
        or (_LEAVING.search(" ".join(plain[: tag.start])) and _OUT.match(behind))
        or (behind.startswith("zahlt nicht") and _COUNTS.search(said.raw))
    )


def _ends_clause(said: Sentence, at: int) -> bool:
    """Whether nothing of the same clause follows a word, nor a mark stands before it."""
    return not said.words[at].breaks and (at + 1 == len(said) or said.words[at + 1].breaks)


def _ends(before: list[Tag], at: int) -> bool:
    return bool(before) and before[-1].end == at
