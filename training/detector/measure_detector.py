"""Measures detectors side by side: `python -m training.detector.measure_detector SROIE_FOLDER [WORK_FOLDER]`.

Prints, for CRAFT and for the detector that ships (or that of WORK_FOLDER, still in training), how many of the lines of
held-out receipts are found as one box where print is so many pixels high, and how long a look takes.
"""

from __future__ import annotations

import argparse
import time
import tomllib
from collections.abc import Callable, Sequence
from math import sqrt
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from extraction.bench.datasets import spread
from extraction.ocr.networks import SHIPPED
from extraction.ocr.openvino_conversion import converted
from extraction.ocr.openvino_without_telemetry import Core, Model
from extraction.ocr.recognise import canvas
from extraction.ocr.text_boxes import Lines, lines, word_quads
from extraction.ocr.torch_backend import Craft, load
from training.export_networks import detector_of
from training.lines.scanned_lines import Box, receipts, typed

_PRINTS = (18, 22, 25, 28, 32)
_GLANCE, _MOST = 300_000, 2_500_000  # pixels
_SAME = 0.5  # of two boxes' areas, shared, as in SROIE's own rules

Look = Callable[[NDArray[np.uint8], float], Lines]


def main() -> None:
    """Reads the arguments, measures, and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sroie", type=Path)
    parser.add_argument("work", type=Path, nargs="?", help="of train_detector.py")
    parser.add_argument("--documents", type=int, default=30, help="of those held out, evenly spread")
    parser.add_argument("--craft", action="store_true", help="measure CRAFT too, which takes its time")
    arguments = parser.parse_args()
    config = tomllib.loads((Path(__file__).parents[1] / "recogniser" / "recogniser.toml").read_text())["lines"]
    rows = spread(receipts(arguments.sroie, config)[1], arguments.documents)
    networks = {"ours": _ours(arguments.work)}
    if arguments.craft:
        networks["CRAFT"] = converted(Craft(load().detector), (1, 320, 320, 3), free=(1, 2))
    table = Table("", *(f"{size} px" for size in _PRINTS), "seconds a look", title=f"lines found, {len(rows)} receipts")
    for name, network in networks.items():
        look = _look(network)
        found, seconds = np.zeros((len(_PRINTS), 2), int), []
        for row in track(rows, name):
            picture = np.asarray(cv2.imread(str(arguments.sroie / row["file"]))[..., ::-1], np.uint8)
            typed_lines = typed(arguments.sroie / "boxes" / Path(row["file"]).with_suffix(".csv").name)
            truth = [box for box, _ in typed_lines]
            height = float(np.median([box[3] - box[1] for box in truth])) * 1.2  # with margins
            for number, size in enumerate(_PRINTS):
                ratio = min(size / height, sqrt(_MOST / (picture.shape[0] * picture.shape[1])))
                begun = time.perf_counter()
                seen = look(picture, ratio)
                seconds.append((time.perf_counter() - begun) / (picture.shape[0] * picture.shape[1] * ratio**2) * 1e6)
                found[number] += _found(truth, seen), len(truth)
        shares = [f"{right / every:.1%}" for right, every in found.tolist()]
        table.add_row(name, *shares, f"{np.median(seconds):.2f} a million pixels")
    Console().print(table)


def _ours(work: Path | None) -> Model:
    if not work:
        return Core().read_model(SHIPPED / "detector.onnx")
    return Core().read_model(detector_of(work / "detector.pth").SerializeToString())


def _look(model: Model) -> Look:
    network = Core().compile_model(model, "CPU")

    def look(picture: NDArray[np.uint8], ratio: float) -> Lines:
        maps = network(canvas(picture, ratio)[None])[0][0]
        found = word_quads(maps[:, :, 0], maps[:, :, 1])
        return lines((np.multiply(quad, 2 / ratio, dtype=np.float32) for quad in found), 8)

    return look


def _found(truth: Sequence[Box], seen: Lines) -> int:
    """Lines whose area and a box's are mostly one."""
    boxes: list[Box] = [(line.left, line.top, line.right, line.bottom) for line in seen.level]
    boxes += [(*corners.min(0).tolist(), *corners.max(0).tolist()) for corners in seen.slanted]
    return sum(any(_shared(line, box) > _SAME for box in boxes) for line in truth)


def _shared(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = [(box[2] - box[0]) * (box[3] - box[1]) for box in (one, other)]
    return width * height / (sum(areas) - width * height)


if __name__ == "__main__":
    main()
