"""Writes the networks that ship, from the weights that training left: `python -m training.export_networks`.

They are ONNX, with weights in sixteen bits; the engine does as it can with them. It takes seconds.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
import yaml

from extraction.ocr.networks import ABOUT, OWN, SHIPPED
from extraction.ocr.torch_backend import Chances, about, load
from training.detector.detector_network import Detector
from training.onnx_export import exported

DETECTOR = Path(__file__).with_name("detector")


def main() -> None:
    """Converts both networks and writes them where the reader looks for them."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    onnx.save(recogniser(), SHIPPED / f"{OWN}.onnx")
    onnx.save(detector_of(DETECTOR / "detector.pth"), SHIPPED / "detector.onnx")


def recogniser() -> onnx.ModelProto:
    """Billify's recogniser, which knows its alphabet."""
    reader = load()
    languages = yaml.safe_load((SHIPPED / f"{OWN}.yaml").read_text(encoding="utf-8"))["lang_list"]
    reader.recognizer.AdaptiveAvgPool = _Mean()
    return exported(Chances(reader.recognizer), (2, 64, 320, 1), (0, 2), {ABOUT: about(reader, languages)})


def detector_of(weights: Path) -> onnx.ModelProto:
    """The detector, its heat maps brought to where EasyOCR's thresholds expect them."""
    network = Detector()
    network.load_state_dict(torch.load(weights))
    config = tomllib.loads((DETECTOR / "detector.toml").read_text())["heat_maps"]
    return exported(HeatMaps(network, config["steeper"], config["higher"]), (1, 320, 320, 3), (1, 2))


class HeatMaps(torch.nn.Module):
    """The detector of pixels as they are: a picture (1 x height x width x 3, 0 to 255) to heat maps of characters and
    gaps (1 x height/2 x width/2 x 2).

    Of either map, the logits are multiplied by `steeper`, and then `higher` is added.
    """

    def __init__(self, network: torch.nn.Module, steeper: Sequence[float], higher: Sequence[float]) -> None:
        super().__init__()
        self.network = network
        self.steeper, self.higher = (torch.tensor(each)[:, None, None] for each in (steeper, higher))

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """See the class."""
        pixels = pictures.float() / 255
        logits = self.network(pixels.permute(0, 3, 1, 2)) * self.steeper + self.higher
        maps: torch.Tensor = logits.sigmoid().permute(0, 2, 3, 1)
        return maps


class _Mean(torch.nn.Module):
    """What the recogniser's pooling over heights comes to; ONNX has no word for pooling to a size."""

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        return features.mean(3, keepdim=True)


if __name__ == "__main__":
    main()
