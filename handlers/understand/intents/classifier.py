"""Which kind of request a message is, by a small network over its words and their letters.

Words, pairs and triples of words, and three to five letters in a row each have a place (a hash) in a table of vectors.
Their mean goes through one hidden layer to the classes. `training/intents/train.py` writes the weights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Any, Literal, cast
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Side = Literal["payable", "receivable"]

BUCKETS = 1 << 15
"""Places in the table of vectors."""

WEIGHTS = "weights.npz"

_TOKEN = re.compile(r"<[a-z]+>|[^\W\d_]+|\d+|[?!€$£%]")
_APOSTROPHES = re.compile(r"(?<=\w)['’`´](?=\w)")
_LETTERS = (3, 4, 5)


@dataclass(frozen=True)
class Intent:
    """The likeliest label, whose side it is about where the label has sides, and the next likely ones.

    `side_share` is how much of the label's probability is that side's, 1 where it has no sides.
    """

    label: str
    side: Side | None
    probability: float
    others: tuple[tuple[str, float], ...]
    side_share: float = 1.0


def classify(text: str, label: str | None = None) -> Intent:
    """What a message asks for, or how likely it asks for one `label`, and whose side it would then be about.

    `text` is folded, with names and values as tokens: "was schulden wir <party> noch <period>".
    """
    chances = _chances(text)
    by_label: dict[str, float] = {}
    for name, chance in chances.items():
        one = name.partition("@")[0]
        by_label[one] = by_label.get(one, 0.0) + chance
    ranked = sorted(by_label.items(), key=lambda pair: -pair[1])
    label = label or ranked[0][0]
    others = tuple(pair for pair in ranked if pair[0] != label)[:3]
    sides = {name.partition("@")[2]: chance for name, chance in chances.items() if name.startswith(f"{label}@")}
    side = cast(Side, max(sides, key=lambda one: sides[one])) if sides else None
    return Intent(label, side, by_label[label], others, sides[side] / sum(sides.values()) if side else 1.0)


@lru_cache(maxsize=64)
def _chances(text: str) -> Mapping[str, float]:
    """How likely each class is. A message is looked at several times: whole, in parts, for one label and the next."""
    network = _network()
    return dict(zip(network.classes, network.probabilities(text).tolist(), strict=True))


def classes() -> tuple[str, ...]:
    """The classes in the order of the network's outputs; those with sides as "due@payable"."""
    return _network().classes


def tokens(text: str) -> list[str]:
    """The words of a folded message; digits are one token whatever they say."""
    plain = _APOSTROPHES.sub("", text)
    return ["#" if word[0].isdigit() or word == "<number>" else word for word in _TOKEN.findall(plain)]


def buckets(text: str) -> list[int]:
    """The places of a folded message's features."""
    words = ["^", *tokens(text), "$"]
    found = [place for word in words[1:-1] for place in _of_word(word)]
    found += [_place(f"{first} {second}") for first, second in pairwise(words)]
    found += [_place(" ".join(three)) for three in zip(words, words[1:], words[2:], strict=False)]
    return found


@dataclass(frozen=True)
class _Network:
    classes: tuple[str, ...]
    vectors: NDArray[np.int8]
    scale: NDArray[np.float32]
    hidden: NDArray[np.float32]
    output: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, text: str) -> NDArray[np.float32]:
        places = buckets(text)
        total = self.vectors[places].sum(0, dtype=np.int32) * self.scale
        inner = np.maximum(total / np.float32(len(places) ** 0.5) + self.hidden, 0)
        points = inner @ self.output + self.bias
        raised = np.exp(points - points.max())
        return cast(NDArray[np.float32], raised / raised.sum())


@cache
def _network() -> _Network:
    with as_file(files(__package__).joinpath(WEIGHTS)) as path, np.load(path) as stored:
        kept: Mapping[str, NDArray[Any]] = dict(stored)
    if len(kept["vectors"]) != BUCKETS:
        raise ValueError(f"{WEIGHTS} was written for another table")
    numbers = {name: kept[name].astype(np.float32) for name in ("scale", "hidden", "output", "bias")}
    return _Network(tuple(map(str, kept["classes"])), kept["vectors"], **numbers)


@lru_cache(maxsize=20_000)
def _of_word(word: str) -> tuple[int, ...]:
    """The places of a word and of its letters in a row; tokens and signs have no letters."""
    if not word[0].isalpha():
        return (_place(word),)
    framed = f"^{word}$"
    parts = (framed[at : at + size] for size in _LETTERS for at in range(len(framed) - size + 1))
    return (_place(word), *(_place(f"·{part}") for part in parts))


def _place(feature: str) -> int:
    return crc32(feature.encode()) % BUCKETS
