"""The text of a bank's file, which does not say in which code page it is."""

from __future__ import annotations

import codecs

from extraction.statements.tables.column_words import foreign_letters

_CODE_PAGES = ("windows-1252", "windows-1250", "cp850", "cp852")
"""Those that banks write, the commoner first: where two make as much sense, the first is taken."""
_SAMPLE = 20_000


def decoded(data: bytes) -> str:
    """The text of a file, or of its beginning: Unicode if it can be, else by the code page in which it makes the most
    sense. A cut in the middle of a character does not matter."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return codecs.getincrementaldecoder("utf-16")(errors="replace").decode(data)
    if wide := _wide(data[:_SAMPLE]):
        return codecs.getincrementaldecoder(wide)(errors="replace").decode(data)
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        return data.decode(_code_page(data[:_SAMPLE]), errors="replace")


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: of Latin text, every other byte is zero. "" where it is something else."""
    half = len(sample) // 2
    if half < 8:
        return ""
    if sample[1::2].count(0) > 0.8 * half and not sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > 0.8 * half and not sample[1::2].count(0) else ""


def _code_page(sample: bytes) -> str:
    return max(_CODE_PAGES, key=lambda page: (_sense(sample.decode(page, errors="replace")), -_CODE_PAGES.index(page)))


def _sense(text: str) -> tuple[int, int]:
    """How many foreign letters stand in words that head banks' columns; then how many signs are letters in a word, or
    signs that banks print, less those that are neither."""
    known = foreign_letters(text)
    score = 0
    for at, character in enumerate(text):
        if character.isascii():
            continue
        beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
        in_word = any(each.isalpha() for each in beside)
        if character.isalpha():
            # A capital behind a small letter is what the wrong page makes of a small one.
            score += 1 if in_word and not (character.isupper() and beside[:1].islower()) else 0
        elif character not in "€£§°–’\N{NO-BREAK SPACE}" or (in_word and character in "§°"):
            score -= 2
    return known, score
