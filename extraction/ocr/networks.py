"""The two networks of OCR: what an engine that runs them offers, and where those that ship lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from extraction.ocr.boxes import HeatMap
from extraction.ocr.crops import Grey

OWN = "billify"
"""The recogniser that Billify trains itself (see training/), in EasyOCR's form for networks of users."""

SHIPPED = Path(__file__).parent / "models"
"""The networks that come with Billify."""

ABOUT = "billify"
"""Where a converted recogniser keeps JSON of its `characters`, the numbers of `ignored` ones, and its `languages`."""

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
