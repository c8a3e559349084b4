"""EasyOCR's networks by torch, as EasyOCR loads them: on a GPU in half precision, else as the reference."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from extraction.ocr import networks
from extraction.ocr.easyocr_models import folder_of
from extraction.ocr.line_crops import Grey
from extraction.ocr.networks import OWN, SHIPPED
from extraction.ocr.text_boxes import HeatMap
from extraction.ocr.torchvision_shim import import_torchvision

import_torchvision()  # must precede EasyOCR, which imports torchvision as it comes
from easyocr import Reader  # noqa: E402

_MEAN, _DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet's pictures, on which CRAFT began


def cuda() -> bool:
    """Whether there is a GPU."""
    return torch.cuda.is_available()


def load(languages: Sequence[str] = ("en",), models: Path | None = None, network: str = OWN) -> Any:
    """EasyOCR's Reader with its networks, in full precision.

    `languages` are EasyOCR's codes. `network` is a recogniser: Billify's own, one that EasyOCR names ("english_g2"),
    or "standard" for the one that EasyOCR has for the languages. `models` is the folder of the other networks, None
    for the English ones where their package is installed.

    Raises: FileNotFoundError when a network is not in `models`, since nothing is ever downloaded; ValueError when the
    recogniser does not know a language.
    """
    folder = str(folder_of(models))
    recognisers = str(SHIPPED) if network == OWN else folder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch's deprecations, which are EasyOCR's to heed
        reader: Any = Reader(
            list(languages),
            gpu=cuda(),
            model_storage_directory=recognisers,
            user_network_directory=recognisers,
            recog_network=network,
            detector=False,  # lies in another folder than our recogniser
            download_enabled=False,
            verbose=False,
            quantize=False,
        )
        reader.model_storage_directory = folder
        reader.setDetector("craft")
    return reader


def ignored(reader: Any) -> tuple[int, ...]:
    """Numbers of the outputs whose characters none of the reader's languages has."""
    return tuple(number for number, sign in enumerate(reader.character, 1) if sign not in reader.lang_char)


def about(reader: Any, languages: Sequence[str]) -> str:
    """What the outputs of the reader's recogniser mean, as `extraction.ocr.networks.alphabet` reads it."""
    return json.dumps({"characters": reader.character, "ignored": ignored(reader), "languages": list(languages)})


class Craft(torch.nn.Module):
    """EasyOCR's detector of pixels as they are: a picture (1 x height x width x 3, 0 to 255) to heat maps of
    characters and gaps (1 x height/2 x width/2 x 2)."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network
        self.mean, self.deviation = (
            torch.nn.Parameter(torch.tensor(each) * 255, requires_grad=False) for each in (_MEAN, _DEVIATION)
        )

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """See the class."""
        pixels = (pictures - self.mean) / self.deviation
        maps: torch.Tensor = self.network(pixels.permute(0, 3, 1, 2))[0]
        return maps


class Chances(torch.nn.Module):
    """A recogniser of pixels as they are: lines (n x 64 x width x 1, 0 to 255) to probabilities (n x frames x
    characters)."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        """See the class."""
        pixels = lines.float() / 127.5 - 1
        found: torch.Tensor = self.network(pixels.permute(0, 3, 1, 2), None).softmax(2)
        return found


class Torch:
    """See `extraction.ocr.networks.Networks`. Not safe to call from several threads at once."""

    def __init__(self, languages: Sequence[str], models: Path | None, network: str, threads: int) -> None:
        """See `extraction.ocr.recognise.OcrEngine`."""
        reader = load(languages, models, network)
        self.characters, self.ignored = str(reader.character), ignored(reader)
        self._device = torch.device(reader.device)
        self._detector = Craft(reader.detector).to(self._device).eval()
        self._recogniser = Chances(reader.recognizer).to(self._device).eval()
        self._half = torch.autocast("cuda", torch.float16, enabled=self._device.type == "cuda")
        self.batch = 64 if self._device.type == "cuda" else 4
        torch.set_num_threads(threads)

    def heat_maps(self, picture: NDArray[np.uint8]) -> tuple[HeatMap, HeatMap]:
        """See `Networks`."""
        maps = self._found(self._detector, picture[None])[0]
        return maps[:, :, 0], maps[:, :, 1]

    def chances(self, batches: Sequence[Grey]) -> list[networks.Chances]:
        """See `Networks`."""
        return [self._found(self._recogniser, batch[..., None]) for batch in batches]

    def _found(self, network: torch.nn.Module, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
        with torch.inference_mode(), self._half:
            found = network(torch.from_numpy(pixels).to(self._device))
        return np.asarray(found.float().cpu().numpy(), np.float32)
