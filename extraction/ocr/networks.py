"""The two networks of OCR, and which engine runs them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
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

Chances = NDArray[np.float32]
"""Lines x frames x characters: probabilities; character 0 is CTC's blank."""


class Networks(Protocol):
    """EasyOCR's detector and a recogniser, loaded.

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


def networks(
    languages: Sequence[str], models: Path | None, network: str, converted: Path | None, threads: int
) -> Networks:
    """The networks, on the GPU where CUDA has one; else by OpenVINO, or by torch where OpenVINO has no wheel.

    See `extraction.ocr.recognise.EasyOcr` for what the arguments mean and what is raised.
    """
    # torch takes longer to import than OpenVINO to load the networks, so it is asked only where it may say yes.
    if _has_nvidia_driver() or not find_spec("openvino"):
        from extraction.ocr.by_torch import Torch, cuda

        if cuda() or not find_spec("openvino"):
            return Torch(languages, models, network, threads)
    from extraction.ocr.by_openvino import OpenVino
    from extraction.ocr.convert import recogniser_of, shipped

    own = network == OWN
    return OpenVino(languages, shipped(OWN) if own else recogniser_of(languages, models, network, converted), threads)


def _has_nvidia_driver() -> bool:
    return any(Path(device).exists() for device in ("/dev/nvidiactl", "/dev/dxg"))  # Linux; Linux within Windows
