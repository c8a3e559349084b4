"""Writes the words that each kind of request is said with: `python -m training.intents.words` in the root."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from handlers.understand.intents import vocabulary
from handlers.understand.text.contractions import CONTRACTIONS
from handlers.understand.text.sentence import sentence
from handlers.understand.text.words import fold
from training.intents.expand import templates

_VALUE = re.compile(r"\{\w+\}")
_SIGNS = re.compile(r"[\[\]()|]+")


def main() -> None:
    """One line a label, words in order, so that a difference can be read."""
    found: dict[str, set[str]] = defaultdict(set)
    for template in templates():
        plain = _SIGNS.sub(" ", _VALUE.sub(" ", _spelled(template.text)))
        # as they stand: nothing is a slip of another word here
        known = frozenset(fold(word).strip("'’") for word in plain.split()) - frozenset(CONTRACTIONS)
        found[template.label.partition("@")[0]].update(word.plain for word in sentence(plain, known).words)
    lines = [f"{label}: {' '.join(sorted(words))}" for label, words in sorted(found.items())]
    Path(vocabulary.__file__).with_name("words.txt").write_text("\n".join(lines) + "\n", "utf-8")


def _spelled(template: str) -> str:
    """Endings that may be left out, in words of their own: "approval[s]" is "approval" and "approvals"."""
    whole = [re.sub(r"(?<=\w)\[(\w+)\]", "", template), re.sub(r"(?<=\w)\[(\w+)\]", r"\1", template)]
    return " ".join(dict.fromkeys(whole))


if __name__ == "__main__":
    main()
