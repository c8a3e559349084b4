"""EasyOCR behind one call, and torchvision imported whether or not its operators fit the torch at hand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from tests.fakes.documents.document_files import photograph

pytestmark = pytest.mark.ocr

ROOT = Path(__file__).parents[2]
SYMPTOM = "operator torchvision::nms does not exist"


def test_pictures_of_every_shape_and_none_at_all_are_survived() -> None:
    from extraction.ocr.recognise import OcrEngine

    recognise = OcrEngine(threads=2)
    picture = np.asarray(photograph(("Total 12.50",), 400, 120))
    words = recognise(picture, 3)
    assert "12.50" in "".join(word.text for word in words)
    assert {word.page for word in words} == {3}
    assert all(0 < word.confidence <= 1 for word in words)
    assert all(0 <= word.box[0] < word.box[2] <= 400 and 0 <= word.box[1] < word.box[3] <= 120 for word in words)
    assert "12.50" in "".join(word.text for word in recognise.closer(picture))
    noise = np.random.default_rng(1).integers(0, 255, (300, 40, 3), dtype=np.uint8)
    for height, width in ((1, 1), (1, 900), (900, 2)):
        assert recognise(np.full((height, width, 3), 255, dtype=np.uint8)) == ()
    recognise(noise)


def test_days_in_the_small_print_of_a_letter_are_seen() -> None:
    from extraction.ocr.recognise import OcrEngine

    letter = Image.new("RGB", (1654, 2339), "white")  # A4 at 200 dpi, print of 9 points
    pen, font = ImageDraw.Draw(letter), ImageFont.load_default(25)
    days = [f"{day} November 2026" for day in (3, 4, 5, 7, 8, 9)]
    for number, day in enumerate(days):
        pen.text((1180, 400 + 60 * number), day, "black", font)
    words = sorted(OcrEngine(threads=2)(np.asarray(letter)), key=lambda word: (round(word.box[1] / 60), word.box[0]))
    text = " ".join(word.text for word in words)
    assert sum(day in text for day in days) >= 3  # at the first look one day is seen, at the second four


def test_languages_without_their_networks_are_refused(tmp_path: Path) -> None:
    from extraction.ocr.recognise import OcrEngine

    with pytest.raises(FileNotFoundError, match=r"latin_g2\.pth"):
        OcrEngine(("de",), models=tmp_path, network="standard")


def fake_torchvision(folder: Path, body: str) -> Path:
    (folder / "torchvision").mkdir()
    (folder / "torchvision" / "__init__.py").write_text(body)
    return folder


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("whole = True", "True"),
        # Fails like the real one as long as nobody declares the operator.
        (
            "import torch\n"
            "try: torch._C._dispatch_find_schema_or_throw('torchvision::nms', '')\n"
            f"except RuntimeError: raise RuntimeError({SYMPTOM!r})\n"
            "whole = False",
            "False",
        ),
        ("raise RuntimeError('the disk is broken')", "the disk is broken"),
    ],
    ids=["whole", "without its operators", "broken otherwise"],
)
def test_torchvision_is_mended_only_where_its_operators_are_missing(body: str, outcome: str, tmp_path: Path) -> None:
    folder = fake_torchvision(tmp_path, body)
    script = (
        f"import sys; sys.path[:0] = [{str(folder)!r}, {str(ROOT)!r}]\n"
        "from extraction.ocr.torchvision_shim import import_torchvision\n"
        "try: print(import_torchvision().whole)\n"
        "except RuntimeError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == outcome


@pytest.mark.parametrize(
    ("read", "settled"),
    [
        ("30 daYs net", "30 days net"),
        ("CAD mOdel of a deSk stand", "CAD model of a desk stand"),
        ("GmbH", "GmbH"),
        ("SDN BHD", "SDN BHD"),
        ("INV-20418", "INV-20418"),
        ("pCS", "pCS"),
    ],
)
def test_letters_of_the_wrong_size_are_settled(read: str, settled: str) -> None:
    from extraction.ocr import recognise

    assert recognise._settled(read) == settled
