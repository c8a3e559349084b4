"""Which characters the recogniser writes, and how its output layer grows out of that of the weights it begins with."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import torch

_SHY = 2.0  # taken off the bias of a new sign, so that at first the one it starts from goes before it

_SPELT = str.maketrans(
    {"–": "-", "—": "-", "’": "'", "‘": "'", "„": '"', "“": '"', "”": '"', "\u00a0": " ", "\u202f": " "}
)


def characters(config: Mapping[str, Any]) -> str:
    """All characters in the order of the output layer, the blank left out: what a course teaches."""
    return str(config["known"] + config["added"] + config["next"])


def spelt(text: str) -> str:
    """The text as the recogniser is to write it: typographic dashes, quotation marks and blanks as ASCII ones."""
    return " ".join(text.translate(_SPELT).split())


def widened(weights: Mapping[str, torch.Tensor], config: Mapping[str, Any]) -> dict[str, torch.Tensor]:
    """The weights with rows of the output layer for the characters that they do not know yet, blank first.

    Weights of any earlier alphabet do, english_g2's or those that ship: characters are only ever added at its end.
    """
    weight, bias = weights["Prediction.weight"], weights["Prediction.bias"]
    known, fresh = characters(config)[: len(bias) - 1], characters(config)[len(bias) - 1 :]
    rows = [known.index(_kin(sign, config["alike"])) + 1 for sign in fresh]
    return dict(weights) | {
        "Prediction.weight": torch.cat([weight, weight[rows]]),
        "Prediction.bias": torch.cat([bias, bias[rows] - _SHY]),
    }


def _kin(sign: str, alike: Mapping[str, str]) -> str:
    return alike.get(sign) or unicodedata.normalize("NFD", sign)[0]
