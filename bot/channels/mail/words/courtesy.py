"""Greetings and closings, which every mail has and which ask for nothing."""

from __future__ import annotations

import re

from bot.channels.mail.words.vocabulary import any_of

_OPENING = re.compile(rf"{any_of('greeting', 'openings')}\b[^.?!:;\d]{{0,60}}[,!.:;，、。]*", re.IGNORECASE)
_GREETING_WORDS = 6

_STRONG, _WEAK = any_of("closing", "strong"), any_of("closing", "weak")
_NAME = r"(?:[^\W\d_][\w.'’-]{0,30}(?:[ ][^\W\d_][\w.'’-]{0,30}){0,3})"
_MARKS = r"[^\w\n]{0,20}"
_STRONG_LINE = re.compile(
    rf"{_WEAK}?{_MARKS}(?:and |und |et )?{_STRONG}\b{_MARKS}(?P<name>{_NAME})?{_MARKS}", re.IGNORECASE
)
_WEAK_LINE = re.compile(rf"{_WEAK}\b{_MARKS}(?P<name>{_NAME})?{_MARKS}", re.IGNORECASE)
_LONGEST = 90


def is_greeting(line: str) -> bool:
    """Whether a line greets and says nothing else: "Hi Billify,", "Sehr geehrte Damen und Herren,"."""
    line = line.strip()
    return len(line) <= _LONGEST and len(line.split()) <= _GREETING_WORDS and bool(_OPENING.fullmatch(line))


def closing_name(line: str) -> str | None:
    """What stands beside a closing that ends every mail ("Kind regards, Anna": "Anna"); None where the line is none."""
    return _name(_STRONG_LINE, line)


def thanking_name(line: str) -> str | None:
    """The same of words that may also begin a mail: "Thanks", "Best, Anna"."""
    return _name(_WEAK_LINE, line)


def _name(pattern: re.Pattern[str], line: str) -> str | None:
    line = line.strip()
    found = pattern.fullmatch(line) if len(line) <= _LONGEST else None
    return (found["name"] or "") if found else None
