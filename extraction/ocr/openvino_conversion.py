"""EasyOCR's networks written for OpenVINO: once, at first use, since it takes seconds and needs torch."""

from __future__ import annotations

import hashlib
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from extraction.ocr.easyocr_models import folder_of
from extraction.ocr.networks import ABOUT
from extraction.ocr.openvino_without_telemetry import Core, Model, openvino

METADATA = ["framework", ABOUT]
"""Where OpenVINO keeps what the metadata of ONNX says under ABOUT, and converted recognisers keep theirs."""


def recogniser_of(languages: Sequence[str], models: Path | None, network: str, kept: Path | None) -> Model:
    """A recogniser of EasyOCR's, converted; it is looked for, and kept, in the folder `kept`, unless that is None.

    Raises: what `extraction.ocr.torch_backend.load` raises.
    """
    path = kept / f"{network}-{_state(languages, models)}.xml" if kept else None
    if path and path.exists():
        return Core().read_model(path)
    from extraction.ocr.torch_backend import Chances, about, load

    reader = load(languages, models, network)
    model = converted(Chances(reader.recognizer), (2, 64, 320, 1), free=(0, 2))
    model.set_rt_info(about(reader, languages), METADATA)
    if path:
        _keep(model, path)
    return model


def converted(network: Any, shape: Sequence[int], free: Sequence[int]) -> Model:
    """A network of torch's that takes pixels as they are, of the shape, whose axes `free` may be of any length."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's deprecations, which are OpenVINO's to heed
        model = openvino.convert_model(network.eval(), example_input=torch.zeros(*shape, dtype=torch.uint8))
    model.reshape([-1 if axis in free else length for axis, length in enumerate(shape)])
    return model


def _state(languages: Sequence[str], models: Path | None) -> str:
    """What a conversion depends on, as a name."""
    files = sorted((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in folder_of(models).glob("*.*"))
    said = repr((openvino.__version__, METADATA, list(languages), files))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _keep(model: Model, path: Path) -> None:
    """Writes it under another name first, since two processes may be at it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_stem(f"{path.stem}-{os.getpid()}")
    openvino.save_model(model, begun)
    begun.with_suffix(".bin").replace(path.with_suffix(".bin"))
    begun.replace(path)  # last, since its presence says that all is there
