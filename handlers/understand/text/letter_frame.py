"""What frames a message that is written like a letter: the salutation, thanks in advance, regards and a name below."""

from __future__ import annotations

import re

from handlers.understand.text.sentence import Sentence, Word

_CALLED = r"(?:[A-ZÄÖÜ][\w.-]*|billify|team|there|all|zusammen|everyone|leute|und|and|or|folks|guys)"
_SALUTATION = re.compile(
    r"(?i:sehr geehrte[rs]?|werte[rs]?|lieber?|liebes|dear|hello|hallo|hi|hey|moin|servus|guten (?:tag|morgen|abend)"
    rf"|good (?:morning|afternoon|evening)|morning)(?: {_CALLED}){{0,5}}[,.!\n:]"
)
_THANKS = (
    r"(?:vielen|herzlichen|besten|lieben|tausend|ganz lieben) dank|danke(?: schon| sehr| dir| ihnen)?|merci"
    r"|(?:many |kind )?thanks|thank you|much appreciated|appreciate it|cheers|ta"
)
_REGARDS = (
    r"mit (?:freundlichen|besten|herzlichen|lieben|freundlichem) gruss(?:en)?"
    r"|(?:viele|beste|liebe|herzliche|freundliche|schone) grusse|gruss|grusse|lg|vg|mfg|hochachtungsvoll"
    r"|(?:with )?(?:kind|best|warm|kindest) regards|regards"
    r"|yours(?: sincerely| faithfully| truly)?|sincerely(?: yours)?"
    r"|best wishes|all the best|best"
)
_MORE_THANKS = frozenset({
    "very", "much", "indeed", "so", "ever", "for", "your", "the", "help", "time", "effort", "support", "trouble",
    "in", "advance", "dir", "euch", "ihnen", "im", "voraus", "fur", "ihre", "deine", "eure", "die", "muhe", "hilfe",
    "unterstutzung", "bemuhungen", "schon", "sehr", "auch", "und", "and", "again", "kind", "freundliche", "grusse",
    "gruss", "liebe", "viele", "beste", "schone", "best", "warm", "regards", "wishes", "aus", "dem", "buro",
})  # fmt: skip
_CLOSING = re.compile(rf"(?P<thanks>{_THANKS})(?= |$)|(?P<regards>{_REGARDS})(?= |$)")
_MOST_NAME = 5
"""Words of a name, and what one is, below the regards."""


def without_letter_frame(said: Sentence) -> Sentence:
    """The message without them, as long as something remains."""
    start, end = _after_salutation(said), len(said)
    while (earlier := _closing(said, start, end)) is not None:
        end = earlier
    if (start, end) == (0, len(said)):
        return said
    return said.clause(start, end)


def _after_salutation(said: Sentence) -> int:
    found = _SALUTATION.match(said.raw)
    if found is None:
        return 0
    start = next((n for n, word in enumerate(said.words) if word.start >= found.end()), 0)
    return start if start < len(said) else 0


def _closing(said: Sentence, start: int, end: int) -> int | None:
    """Where the last closing begins: at the beginning of a sentence, with nothing behind it but more of the kind."""
    for n in range(end - 1, start, -1):
        if not said.words[n].breaks:
            continue
        plain = " ".join(word.plain for word in said.words[n:end])
        found = _CLOSING.match(plain)
        if found is None:
            continue
        behind = said.words[n + len(found[0].split()) : end]
        return n if (_is_name(behind) if found["regards"] else _is_thanks(behind)) else None
    return None


def _is_thanks(words: tuple[Word, ...]) -> bool:
    return all(word.plain in _MORE_THANKS for word in words)


def _is_name(words: tuple[Word, ...]) -> bool:
    return len(words) <= _MOST_NAME and not any(sign.isdigit() for word in words for sign in word.plain)
