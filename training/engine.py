"""Writes the networks that ship for OpenVINO, from the weights that training left: `python training/engine.py`.

Weights are kept in sixteen bits; the processor does as it can with them. It takes seconds.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from pathlib import Path

import torch
import yaml

from detector_network import Detector
from extraction.ocr import convert
from extraction.ocr.by_torch import ignored, load
from extraction.ocr.networks import ABOUT, OWN, SHIPPED
from extraction.ocr.private_openvino import Model, openvino

DETECTOR = Path(__file__).with_name("detector.pth")


def main() -> None:
    """Converts both networks and writes them where the reader looks for them."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    reader = load()
    recogniser = convert.recogniser(reader.recognizer)
    languages = yaml.safe_load((SHIPPED / f"{OWN}.yaml").read_text(encoding="utf-8"))["lang_list"]
    about = {"characters": reader.character, "ignored": ignored(reader), "languages": languages}
    recogniser.set_rt_info(json.dumps(about), ABOUT)
    openvino.save_model(recogniser, SHIPPED / f"{OWN}.xml")
    openvino.save_model(detector_of(DETECTOR), SHIPPED / "detector.xml")


def detector_of(weights: Path) -> Model:
    """The detector, its heat maps brought to where EasyOCR's thresholds expect them."""
    network = Detector()
    network.load_state_dict(torch.load(weights))
    config = tomllib.loads(Path(__file__).with_name("detector.toml").read_text())["heat_maps"]
    return convert.detector(network, config["steeper"], config["higher"])


if __name__ == "__main__":
    main()
