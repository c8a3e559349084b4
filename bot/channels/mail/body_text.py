"""What a person wrote in a mail: without quoted history, greeting, signature and footer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.mail.words.quoted_history import attribution_at, forwarded_at, history_at
from bot.channels.mail.words.signature import is_device, without_courtesy
from extraction.html.text import from_html
from extraction.mail.limits import LONGEST_TEXT
from extraction.standards.charsets import printable

__all__ = ["Words", "from_html", "printable", "words"]

_FORWARD_SUBJECT = re.compile(
    r"^\s*(?:(?:Re|AW|SV|Antw|VS|Odp)\s*:\s*)?(?:Fwd?|WG|TR|RV|RIF|I|Doorst|ENC|VB|VS|VL|PD|PŘ|İLT|FS|Пересл|FRW|転送|转发)\s*:",
    re.IGNORECASE,
)
_MOST_LINES = 1_000


@dataclass(frozen=True)
class Words:
    """A mail's text in two parts: what its sender said, and the mail that was passed on below it ("" if none)."""

    said: str
    passed_on: str = ""


def words(text: str, subject: str = "", sender: str = "") -> Words:
    """Takes a mail's printable text apart. History that was quoted in an answer is in neither part.

    `sender` is the name and address of who wrote, by which a signature is known. Of a very long text the beginning
    counts.
    """
    cut = text[:LONGEST_TEXT].replace("\u00a0", " ").replace("\u202f", " ").split("\n")[:_MOST_LINES]
    lines = [line.rstrip() for line in cut]
    for n in range(len(lines)):
        if forwarded_at(lines, n):
            return Words(_said(lines[:n], sender), "\n".join(lines[n:]).strip())
        if history_at(lines, n):
            passed_on = "\n".join(lines[n:]).strip() if is_forward(subject) else ""
            return Words(_said(lines[:n], sender), passed_on)
    return Words(_said(lines, sender))


def is_forward(subject: str) -> bool:
    """Whether a subject says that the mail passes on another, in the languages of mail programs."""
    return bool(_FORWARD_SUBJECT.match(subject))


def _said(lines: Sequence[str], sender: str) -> str:
    """The lines without those quoted with ">", their attribution, what programs add, and courtesy."""
    kept: list[str] = []
    n = 0
    while n < len(lines):
        length = attribution_at(lines, n)
        if length or lines[n].startswith(">") or is_device(lines[n]):
            n += length or 1
            continue
        kept.append(lines[n])
        n += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(without_courtesy(kept, sender))).strip()
