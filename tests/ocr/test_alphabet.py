"""The alphabet of the next course: the weights that ship grow into it, and lines of all languages are drawn in it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

import pytest
import yaml

from training.lines.alphabet import characters, spelt, widened
from training.lines.phrases import LANGUAGES, phrase

pytestmark = pytest.mark.ocr

CONFIG = tomllib.loads(Path("training/recogniser/recogniser.toml").read_text("utf-8"))["alphabet"]
MODELS = Path("extraction/ocr/models")


def test_the_weights_that_ship_are_grown_by_what_they_do_not_know() -> None:
    import torch

    shipped = torch.load(MODELS / "billify.pth", map_location="cpu", weights_only=True)
    weights = {name.removeprefix("module."): tensor.float() for name, tensor in shipped.items()}
    grown = widened(weights, CONFIG)["Prediction.weight"]
    letters = characters(CONFIG)
    assert len(set(letters)) == len(letters) == len(grown) - 1  # one is the blank
    assert torch.equal(grown[letters.index("ł") + 1], grown[letters.index("l") + 1])
    assert torch.equal(grown[letters.index("ő") + 1], grown[letters.index("o") + 1])


def test_what_ships_knows_the_alphabet_but_for_what_is_next() -> None:
    known = yaml.safe_load((MODELS / "billify.yaml").read_text("utf-8"))["character_list"]
    assert known + CONFIG["next"] == characters(CONFIG)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lines_of_a_language_are_written_in_the_alphabet(language: str) -> None:
    chance = Random(language)
    lines = [spelt(phrase(chance, language)) for _ in range(120)]
    strange = [line for line in lines if not set(line) <= set(characters(CONFIG))]
    assert all(lines)
    assert len(strange) <= 6, strange  # capitals of ß and the like
