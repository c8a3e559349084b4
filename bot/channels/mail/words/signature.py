"""The signature, the footer and the advertisement below what somebody wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.channels.mail.words.courtesy import closing_name, is_greeting, thanking_name
from bot.channels.mail.words.vocabulary import any_of

_DEVICE = re.compile(rf"{any_of('device', 'begins')}.{{0,100}}|{any_of('device', 'whole')}", re.IGNORECASE)
_FOOTER = re.compile(rf"^[\W_]*{any_of('footer', 'begins')}", re.IGNORECASE)
_BANNER = re.compile(
    rf"^[\W_]*{any_of('banner', 'begins')}\b[\W_]*.{{0,80}}{any_of('banner', 'goes_on')}", re.IGNORECASE
)
_CONTACT = re.compile(
    r"(?:(?:tel|phone|telefon|telephone|mobil|mobile|mob|cell|handy|fax|direct|office|büro|tél|móvil|cellulare|gsm|durchwahl)"
    r"[\w.]{0,6}\s?[:.]?\s?|[tmpfdo]\s?[:.|]\s?)\+?[(\d][\d ()/.–-]{5,}\d|(?:^|[\s|·•,])\+\d[\d ()/.–-]{7,}\d"
    r"|(?:^|[\s|·•:<])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}>?$|(?:^|[\s|·•])(?:https?://|www\.)[^\s]{4,200}$",
    re.IGNORECASE,
)
_OF_SIGNATURE = re.compile(any_of("signature", "line"), re.IGNORECASE)
_LONGEST, _MOST_LINES = 120, 25


def is_device(line: str) -> bool:
    """Whether a line only says which program or device sent the mail."""
    line = line.strip()
    return len(line) <= 140 and bool(_DEVICE.fullmatch(line))


def without_courtesy(lines: Sequence[str], sender: str = "") -> list[str]:
    """The lines without banner, greeting, signature and footer. `sender` is the name and address of who wrote.

    Where nothing else is said, the greeting or the thanks is what was said.
    """
    own = [line for line in lines if not is_device(line)]
    cut = _end(own, _words_of(sender))
    kept = own[:cut] + _postscript(own[cut:])
    begin = _begin(kept)
    bare = kept[begin:] if any(line.strip() for line in kept[begin:]) else kept
    return bare if any(line.strip() for line in bare) else own[: _first_paragraph(own)]


def _begin(lines: Sequence[str]) -> int:
    """Where the text begins behind a banner of the mail server and a greeting."""
    n = 0
    for n, line in enumerate(lines):
        if line.strip() and not _BANNER.match(line[:200]) and not is_greeting(line):
            return n
    return n


def _end(lines: Sequence[str], names: frozenset[str]) -> int:
    """Where the signature begins, or the footer where there is none; the number of lines where there is neither."""
    footers = (n for n, line in enumerate(lines) if n and _FOOTER.match(line[:300]) and _starts_paragraph(lines, n))
    footer = next(footers, len(lines))
    for n, line in enumerate(lines[:footer]):
        if line.rstrip() in ("--", "–", "—"):
            return min(n, _above_contacts(lines[:n]))
        if closing_name(line) is not None and n + _MOST_LINES >= footer:
            return n
        if _thanks(lines, n, names) or _signs(lines, n, names):
            return n
    return _above_contacts(lines[:footer])


def _thanks(lines: Sequence[str], n: int, names: frozenset[str]) -> bool:
    """Words of thanks end a text where nothing follows but the writer's name, or what looks like a signature."""
    name = thanking_name(lines[n])
    if name is None:
        return False
    if name:
        return bool(_words_of(name) & names) and not _says_more(lines[n + 1 :], names)
    following = [line for line in lines[n + 1 :] if line.strip()]
    if not following:
        return n > 0
    return bool(_is_name(following[0], names)) and not _says_more(following[1:], names)


def _signs(lines: Sequence[str], n: int, names: frozenset[str]) -> bool:
    """The writer's own name alone on a line, with nothing below but what a signature has."""
    return n > 0 and _is_name(lines[n], names) and not _says_more(lines[n + 1 :], names)


def _is_name(line: str, names: frozenset[str]) -> bool:
    """Whether a line is the writer's name: the whole of it or the first, with a title, an initial or a position."""
    said = re.split(r"[|,·•(/]", line.strip(" /~*–—-"), maxsplit=1)[0]
    words = [word for word in _words(said) if word not in _TITLES]
    return 0 < len(words) <= 5 and bool(set(words) & names) and all(word in names or len(word) <= 2 for word in words)


_TITLES = frozenset(
    ("dr", "prof", "mag", "ing", "dipl", "msc", "mba", "herr", "frau", "mr", "mrs", "ms", "ia", "iv", "ppa")
)


def _says_more(lines: Sequence[str], names: frozenset[str]) -> bool:
    """Whether lines below a name say something: prose, which a signature of at most some lines has not."""
    for n, line in enumerate(lines):
        if n > _MOST_LINES or (_FOOTER.match(line[:300]) and _starts_paragraph(lines, n)) or line.rstrip() == "--":
            return False
        if line.strip() and not _belongs(line) and not _is_name(line, names):
            return not (n == 0 and _capitalised(line)) and not _is_short_title(line, lines, n)
    return False


def _is_short_title(line: str, lines: Sequence[str], n: int) -> bool:
    """A line of a signature that is neither contact nor title, such as a slogan: hemmed in by contacts below."""
    return len(line.split()) <= 8 and any(_CONTACT.search(later[:_LONGEST]) for later in lines[n + 1 : n + 6])


def _belongs(line: str) -> bool:
    line = line.strip()
    return len(line) <= _LONGEST and bool(
        _CONTACT.search(line) or _OF_SIGNATURE.search(line) or not re.search(r"\w", line)
    )


def _above_contacts(lines: Sequence[str]) -> int:
    """Where the last lines, a paragraph of their own, are a signature without any name that is known: with a telephone
    number, an address of mail or of the web, and nothing but what a signature has."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    begin = end
    while begin and lines[begin - 1].strip():
        begin -= 1
    block = lines[begin:end]
    if not begin or not block or len(block) > _MOST_LINES:
        return len(lines)
    fitting = sum(_belongs(line) or _capitalised(line) for line in block)
    hard = sum(bool(_CONTACT.search(line.strip()[:_LONGEST])) for line in block)
    if hard and len(block) >= 3 and fitting == len(block):
        return begin
    return len(lines)


def _capitalised(line: str) -> bool:
    """Two to six words that all begin with a capital, as names of people, places and companies do."""
    words = re.findall(r"[^\W\d_][\w.'’&-]*", line)
    return 2 <= len(words) <= 6 and all(word[0].isupper() for word in words) and not re.search(r"\d", line)


def _starts_paragraph(lines: Sequence[str], n: int) -> bool:
    return n == 0 or not lines[n - 1].strip() or bool(_belongs(lines[n - 1]))


def _postscript(lines: Sequence[str]) -> list[str]:
    """What was added below the signature: the paragraph that begins with "PS"."""
    for n, line in enumerate(lines):
        if re.match(r"p\.? ?s\.?\s?[:.]?\s+\S", line.strip(), re.IGNORECASE):
            return ["", *lines[n : n + _first_paragraph(lines[n:])]]
    return []


def _first_paragraph(lines: Sequence[str]) -> int:
    return next((n for n, line in enumerate(lines) if n and not line.strip()), len(lines))


def _words_of(text: str) -> frozenset[str]:
    """The words of a name or an address, folded, without single letters and the ends of domains."""
    return frozenset(word for word in _words(text.partition("@")[0]) if len(word) > 1)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return re.findall(r"[^\W\d_]+", "".join(c for c in plain if not unicodedata.combining(c)))
