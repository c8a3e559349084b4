"""The two networks of OCR: what an engine that runs them offers, and where those that ship lie."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from extraction.ocr.line_crops import Grey
from extraction.ocr.text_boxes import HeatMap

OWN = "billify"
"""The recogniser that Billify trains itself (see training/), in EasyOCR's form for networks of users."""

SHIPPED = Path(__file__).parent / "models"
"""The networks that come with Billify, as ONNX: they take pixels as they are (0 to 255, channels last)."""

ABOUT = "billify"
"""The entry of a recogniser's metadata that says what its outputs mean: see `alphabet`."""

Chances = NDArray[np.float32]
"""Lines x frames x characters: probabilities; character 0 is CTC's blank."""


class Networks(Protocol):
    """A detector and a recogniser, loaded.

    `characters` are what the recogniser writes, in the order of its outputs after the blank; of them `ignored` are the
    outputs that no configured language has. `batch` is how many lines of like width are best read at once.
    """

    characters: str
    ignored: tuple[int, ...]
    batch: int

    def heat_maps(self, picture: NDArray[np.uint8]) -> tuple[HeatMap, HeatMap]:
        """Where characters are and where gaps between them, at half the size of the picture.

        `picture` is RGB (height x width x 3), its sides multiples of 32.
        """
        ...

    def chances(self, batches: Sequence[Grey]) -> list[Chances]:
        """Each batch of lines (n x 64 x width, grey) read."""
        ...


@dataclass(frozen=True)
class Alphabet:
    """What a recogniser's outputs mean: see `Networks`."""

    characters: str
    ignored: tuple[int, ...]


def alphabet(about: str, languages: Sequence[str]) -> Alphabet:
    """The alphabet of a recogniser: `about` is JSON of its `characters`, the numbers of `ignored` ones, and its
    `languages`.

    Raises: ValueError when it does not know one of `languages`.
    """
    said = json.loads(about)
    if unknown := set(languages) - set(said["languages"]):
        raise ValueError(
            f"Billify's recogniser does not know the language {', '.join(sorted(unknown))}, only "
            f'{", ".join(said["languages"])}. Set recogniser = "standard" to read with EasyOCR\'s own.'
        )
    return Alphabet(said["characters"], tuple(said["ignored"]))
