"""Templates of messages, and messages made of them.

`phrases_LANGUAGE.txt` has a section a label: "[due@payable]" on a line of its own, then a template a line.
"(a|b)" gives a choice, "[c]" may be left out, both also within a word or each other; "{party}" is a place for a value.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from handlers.language.translation import LANGUAGES, Language

_HEADER = re.compile(r"\[(?P<label>[a-z_]+(?:@(?:payable|receivable))?)\]")
_SIGN = re.compile(r"[\[\]()|]|[^\[\]()|]+")


@dataclass(frozen=True)
class Template:
    """One way to ask for something; `label` with its side, as in "due@payable"."""

    label: str
    language: Language
    text: str


def templates() -> list[Template]:
    """All templates, in their order."""
    found = []
    for language in LANGUAGES:
        label = ""
        for line in Path(__file__).with_name(f"phrases_{language}.txt").read_text("utf-8").splitlines():
            if header := _HEADER.fullmatch(line):
                label = header["label"]
            elif line:
                found.append(Template(label, language, line))
    return found


def expanded(template: str, rng: random.Random) -> str:
    """One of the messages that a template stands for; its places for values as tokens, "<party>"."""
    said, _ = _choice(_SIGN.findall(template), 0, rng)
    return re.sub(r"\{(\w+)\}", r"<\1>", " ".join(said.split()))


def ways(template: str) -> int:
    """How many messages a template stands for."""
    return _ways(_SIGN.findall(template), 0)[0]


def _ways(signs: list[str], at: int) -> tuple[int, int]:
    """How many ways there are through the alternatives that begin at `at`, and where they end."""
    total, product = 0, 1
    while at < len(signs) and signs[at] not in ")]":
        if signs[at] == "|":
            total, product = total + product, 1
        elif signs[at] in "([":
            optional = signs[at] == "["
            inner, at = _ways(signs, at + 1)
            product *= inner + optional
        at += 1
    return total + product, at


def _choice(signs: list[str], at: int, rng: random.Random) -> tuple[str, int]:
    """One of the alternatives that begin at `at`, and where they end."""
    alternatives = [""]
    while at < len(signs) and signs[at] not in ")]":
        sign = signs[at]
        if sign == "|":
            alternatives.append("")
        elif sign in "([":
            inner, at = _choice(signs, at + 1, rng)
            alternatives[-1] += inner if sign == "(" or rng.random() < 0.5 else ""
        else:
            alternatives[-1] += sign
        at += 1
    return rng.choice(alternatives), at
