"""EasyOCR's networks written for OpenVINO: once, at first use, since it takes seconds and needs torch.

Converted networks take pixels as they are (0 to 255, channels last), and recognisers know their alphabet.
"""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import easyocr_en_models

from extraction.ocr.networks import ABOUT, SHIPPED
from extraction.ocr.private_openvino import Core, Layout, Model, PrePostProcessor, Type, openvino

_MEAN = [0.485 * 255, 0.456 * 255, 0.406 * 255]  # of ImageNet's pictures, on which the detector's layers began
_DEVIATION = [0.229 * 255, 0.224 * 255, 0.225 * 255]


def shipped(name: str) -> Model:
    """A converted network that comes with Billify."""
    return Core().read_model(SHIPPED / f"{name}.xml")


def recogniser_of(languages: Sequence[str], models: Path | None, network: str, kept: Path | None) -> Model:
    """A recogniser of EasyOCR's, converted; it is looked for, and kept, in the folder `kept`, unless that is None.

    Raises: what `extraction.ocr.by_torch.load` raises.
    """
    path = kept / f"{network}-{_state(languages, models)}.xml" if kept else None
    if path and path.exists():
        return Core().read_model(path)
    from extraction.ocr.by_torch import ignored, load

    reader = load(languages, models, network)
    model = recogniser(reader.recognizer)
    about = {"characters": reader.character, "ignored": ignored(reader), "languages": list(languages)}
    model.set_rt_info(json.dumps(about), ABOUT)
    if path:
        _keep(model, path)
    return model


def _state(languages: Sequence[str], models: Path | None) -> str:
    """What a conversion depends on, as a name."""
    source = models or Path(easyocr_en_models.model_dir())
    files = sorted((file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in source.glob("*.*"))
    return hashlib.sha256(repr((openvino.__version__, languages, files)).encode()).hexdigest()[:16]


def _keep(model: Model, path: Path) -> None:
    """Writes it under another name first, since two processes may be at it at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_stem(f"{path.stem}-{os.getpid()}")
    openvino.save_model(model, begun)
    begun.with_suffix(".bin").replace(path.with_suffix(".bin"))
    begun.replace(path)  # last, since its presence says that all is there


def recogniser(network: Any) -> Model:
    """Lines (n x 64 x width x 1) to probabilities (n x frames x characters)."""
    import torch

    class Chances(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, lines: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.network(lines, None).softmax(2)
            return found

    model = _converted(Chances().eval(), torch.zeros(2, 1, 64, 320))
    model.reshape([-1, 1, 64, -1])
    return _of_pixels(model, [127.5], [127.5])


def detector(network: Any, steeper: Sequence[float], higher: Sequence[float]) -> Model:
    """Billify's detector (training/detector_network.py): a picture (1 x height x width x 3) to heat maps of characters
    and gaps (1 x height/2 x width/2 x 2).

    Of either map, the logits are multiplied by `steeper`, and then `higher` is added.
    """
    import torch

    class HeatMaps(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network
            self.steeper, self.higher = (torch.tensor(each)[:, None, None] for each in (steeper, higher))

        def forward(self, pictures: torch.Tensor) -> torch.Tensor:
            logits = self.network(pictures) * self.steeper + self.higher
            found: torch.Tensor = logits.sigmoid().permute(0, 2, 3, 1)
            return found

    model = _converted(HeatMaps().eval(), torch.zeros(1, 3, 320, 320))
    model.reshape([1, 3, -1, -1])
    return _of_pixels(model, [0.0], [255.0])


def craft(network: Any) -> Model:
    """EasyOCR's detector, CRAFT, from which Billify's learns; its shapes are those of `detector`."""
    import torch

    model = _converted(network.eval(), torch.zeros(1, 3, 320, 320))
    model.reshape([1, 3, -1, -1])
    whole = _of_pixels(model, _MEAN, _DEVIATION)
    return Model([whole.outputs[0]], whole.get_parameters(), "craft")


def _converted(network: Any, example: Any) -> Model:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's deprecations, which are OpenVINO's to heed
        return openvino.convert_model(network, example_input=example)


def _of_pixels(model: Model, mean: list[float], deviation: list[float]) -> Model:
    steps = PrePostProcessor(model)
    steps.input().tensor().set_element_type(Type.u8).set_layout(Layout("NHWC"))
    steps.input().model().set_layout(Layout("NCHW"))
    steps.input().preprocess().convert_element_type(Type.f32).mean(mean).scale(deviation)
    return steps.build()
