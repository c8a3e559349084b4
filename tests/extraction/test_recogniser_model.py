"""Billify's own recogniser: it ships, EasyOCR loads it, and it reads what english_g2 has no letters for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import reportlab
import yaml
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

pytestmark = pytest.mark.ocr

MODELS = Path(__file__).parents[2] / "extraction" / "ocr" / "models"
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
LARGEST = 16 * 2**20


def printed(line: str) -> NDArray[np.uint8]:
    """Black print on white."""
    picture = Image.new("RGB", (700, 120), "white")
    ImageDraw.Draw(picture).text((40, 40), line, "black", ImageFont.truetype(VERA, 36))
    return np.asarray(picture)


def test_the_model_is_small_enough_to_ship() -> None:
    assert 0 < (MODELS / "billify.pth").stat().st_size <= LARGEST


def test_the_output_layer_has_a_place_for_every_character() -> None:
    import torch

    weights = torch.load(MODELS / "billify.pth", map_location="cpu", weights_only=True)
    described = yaml.safe_load((MODELS / "billify.yaml").read_text(encoding="utf-8"))
    characters = described["character_list"]
    assert len(set(characters)) == len(characters)
    assert set("€£¥§№°ßäöüÄÖÜéèàçñ") <= set(characters)
    assert weights["module.Prediction.bias"].shape == (len(characters) + 1,)  # and one for the blank


@pytest.mark.parametrize(
    "said", ["Maß 1.249,50 €", "Rückgeld 3,20 EUR", "Échéance: 30/04/2025", "Año 2024: £18.40", "à régler"]
)
def test_signs_and_accents_of_european_bills_are_read(said: str) -> None:
    assert " ".join(read_by("billify", said)) == said


def test_other_networks_can_be_chosen() -> None:
    assert " ".join(read_by("english_g2", "Invoice 2024")) == "Invoice 2024"


def read_by(network: str, said: str) -> list[str]:
    """What a picture of the line yields, from left to right."""
    from extraction.ocr.recognise import OcrEngine

    words = OcrEngine(threads=1, network=network)(printed(said))
    return [word.text for word in sorted(words, key=lambda word: word.box[0])]
