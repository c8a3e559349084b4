"""Writes the networks that ship for OpenVINO: `python training/engine.py DATA_FOLDER`; needs `pip install nncf`.

The detector is quantised to eight bits but for its first and last layers, which cost little and by which boxes move;
its ranges are calibrated on receipts and on samples of the project, at the sizes at which it looks at them. The
recogniser keeps sixteen: the processor does as it can with them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
from math import sqrt
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from extraction import photo
from extraction.bench.sets import spread
from extraction.ocr import convert
from extraction.ocr.by_torch import ignored, load
from extraction.ocr.networks import ABOUT, OWN, SHIPPED
from extraction.ocr.private_openvino import openvino
from extraction.ocr.recognise import canvas
from extraction.samples import write_samples
from lines import receipts

_RECEIPTS = 14  # of SROIE, evenly spread over those to train on
_SAMPLES = 5  # photographs, evenly spread
_GERMAN = 5  # receipts, evenly spread
_SIZES = (300_000, 500_000, 700_000)  # pixels, in turn
_FIRST, _LAST = 1, 7  # convolutions that are not quantised


def main() -> None:
    """Converts both networks and writes them where the reader looks for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the data sets, sroie and german_receipts among them")
    parser.add_argument("--recogniser-only", action="store_true", help="which takes seconds")
    arguments = parser.parse_args()
    reader = load()
    recogniser = convert.recogniser(reader.recognizer)
    languages = yaml.safe_load((SHIPPED / f"{OWN}.yaml").read_text(encoding="utf-8"))["lang_list"]
    about = {"characters": reader.character, "ignored": ignored(reader), "languages": languages}
    recogniser.set_rt_info(json.dumps(about), ABOUT)
    openvino.save_model(recogniser, SHIPPED / f"{OWN}.xml")
    if arguments.recogniser_only:
        return

    import nncf  # after OpenVINO, whose telemetry it shares

    detector = convert.detector(reader.detector)
    layers = [node.get_friendly_name() for node in detector.get_ordered_ops() if node.get_type_name() == "Convolution"]
    pictures = [picture[None] for picture in _pictures(arguments.data)]
    quantised = nncf.quantize(
        detector,
        nncf.Dataset(pictures),
        subset_size=len(pictures),
        preset=nncf.QuantizationPreset.MIXED,
        ignored_scope=nncf.IgnoredScope(names=[*layers[:_FIRST], *layers[-_LAST:]]),
    )
    openvino.save_model(quantised, SHIPPED / "detector.xml")


def _pictures(data: Path) -> Iterator[NDArray[np.uint8]]:
    """What the detector is calibrated on, as it is shown it."""
    config = tomllib.loads(Path(__file__).with_name("recogniser.toml").read_text())
    rows, _ = receipts(data / "sroie", config["lines"])
    with tempfile.TemporaryDirectory() as folder:
        write_samples(Path(folder), today=date(2026, 1, 15))
        files = [data / "sroie" / row["file"] for row in spread(rows, _RECEIPTS)]
        files += spread(sorted(Path(folder).rglob("*.jpg")), _SAMPLES)
        files += spread(sorted((data / "german_receipts" / "files").iterdir()), _GERMAN)
        for number, file in enumerate(files):
            with photo.opened(file.read_bytes()) as opened:
                picture = photo.upright(opened, 1)
            size = picture.shape[0] * picture.shape[1]
            yield canvas(picture, sqrt(_SIZES[number % len(_SIZES)] / size))


if __name__ == "__main__":
    main()
