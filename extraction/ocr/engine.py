"""Which engine runs the networks."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from extraction.ocr.networks import OWN, Networks


def load_networks(
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
