"""Writes the networks that ship for OpenVINO: `python training/engine.py SROIE_FOLDER`; needs `pip install nncf`.

The detector is quantised to eight bits, its ranges calibrated on receipts and on samples of the project, at the sizes
at which it looks at them. The recogniser keeps sixteen: the processor does as it can with them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections.abc import Iterator
from datetime import date
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

_RECEIPTS = 18  # evenly spread over those to train on
_SAMPLES = 6  # photographs, evenly spread
_SIDES = (640, 896, 1024, 1280)  # pixels of the longest side, in turn


def main() -> None:
    """Converts both networks and writes them where the reader looks for them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sroie", type=Path, help="folder of the SROIE set")
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

    pictures = [picture[None] for picture in _pictures(arguments.sroie)]
    detector = nncf.quantize(
        convert.detector(reader.detector),
        nncf.Dataset(pictures),
        subset_size=len(pictures),
        preset=nncf.QuantizationPreset.MIXED,
    )
    openvino.save_model(detector, SHIPPED / "detector.xml")


def _pictures(sroie: Path) -> Iterator[NDArray[np.uint8]]:
    """What the detector is calibrated on, as it is shown it."""
    config = tomllib.loads(Path(__file__).with_name("recogniser.toml").read_text())
    rows, _ = receipts(sroie, config["lines"])
    with tempfile.TemporaryDirectory() as folder:
        write_samples(Path(folder), today=date(2026, 1, 15))
        files = [sroie / row["file"] for row in spread(rows, _RECEIPTS)]
        files += spread(sorted(Path(folder).rglob("*.jpg")), _SAMPLES)
        for number, file in enumerate(files):
            with photo.opened(file.read_bytes()) as opened:
                picture = photo.upright(opened, 1)
            yield canvas(picture, _SIDES[number % len(_SIDES)] / max(picture.shape[:2]))


if __name__ == "__main__":
    main()
