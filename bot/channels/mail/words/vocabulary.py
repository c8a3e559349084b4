"""The words by which what is around a message in a mail is known (`vocabulary.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("bot.channels.mail.words").joinpath("vocabulary.toml").read_text("utf-8"))


def any_of(subject: str, role: str) -> str:
    """A regular expression that matches any of the subject's words for that role."""
    return f"(?:{'|'.join(_tables()[subject][role])})"


def roles(subject: str) -> tuple[str, ...]:
    """The roles of a subject."""
    return tuple(_tables()[subject])
