"""The steps between the networks, done here without torch, give what EasyOCR's own functions give."""

from __future__ import annotations

from importlib import import_module
from random import Random
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from extraction.ocr.line_crops import HEIGHT, batch, crops, decode_ctc, with_contrast
from extraction.ocr.text_boxes import Lines, Rectangle, lines, word_quads

pytestmark = pytest.mark.ocr

WIDTH, TALL = 420, 300


@pytest.fixture(scope="module")
def easyocr() -> SimpleNamespace:
    """EasyOCR's modules, after what makes torchvision importable."""
    import_module("extraction.ocr.torch_backend")
    names = {"detection": "craft_utils", "grouping": "utils", "reading": "recognition"}
    return SimpleNamespace(**{ours: import_module(f"easyocr.{theirs}") for ours, theirs in names.items()})


def heat_maps(seed: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Maps as a detector might give them: words of blurred characters with links, level and slanted, and specks."""
    chance = Random(seed)
    text, link = np.zeros((TALL, WIDTH), np.float32), np.zeros((TALL, WIDTH), np.float32)
    for top in range(12, TALL - 10, 26):
        x, slope = chance.randrange(2, 60), chance.choice((0, 0, 0.02, 0.3, -0.25))
        while x < WIDTH - 10:
            y, size = round(top + slope * x), chance.randrange(3, 9)
            cv2.circle(text, (x, y), size, chance.choice((1.0, 0.9, 0.6)), -1)
            if chance.random() < 0.7:
                cv2.line(link, (x, y), (x + 2 * size, y), 0.9, chance.randrange(1, 6))
                x += 2 * size + 2
            else:
                x += chance.randrange(15, 60)
    noise = np.random.default_rng(seed).random((TALL, WIDTH), np.float32)
    blurred = [cv2.GaussianBlur(each, (0, 0), 1.5) for each in (text, link)]
    return np.maximum(blurred[0], (noise > 0.999).astype(np.float32)), blurred[1]


def printed(seed: int) -> NDArray[np.uint8]:
    """A grey picture with something in it wherever one cuts."""
    noise = np.random.default_rng(seed).integers(0, 255, (TALL // 4, WIDTH // 4), dtype=np.uint8)
    return np.asarray(cv2.resize(noise, (WIDTH, TALL)), np.uint8)


@pytest.mark.parametrize("seed", range(8))
def test_boxes_of_heat_maps_are_those_of_easyocr(seed: int, easyocr: SimpleNamespace) -> None:
    text, link = heat_maps(seed)
    theirs, _, _ = easyocr.detection.getDetBoxes(text, link, 0.7, 0.4, 0.4)
    ours = list(word_quads(text, link))
    assert len(ours) == len(theirs) > 10
    np.testing.assert_allclose(np.array(ours), np.array(theirs), atol=1e-4)


@pytest.mark.parametrize("seed", range(8))
def test_words_are_joined_to_the_lines_of_easyocr(seed: int, easyocr: SimpleNamespace) -> None:
    words = [2 * quad for quad in word_quads(*heat_maps(seed))]
    flat = [word.astype(np.int32).reshape(-1) for word in words]
    level, slanted = easyocr.grouping.group_text_box(flat, 0.1, 0.5, 0.5, 1.3, 0.1, True)  # the gap is ours
    found = lines(words, smallest=0)
    assert [[line.left, line.right, line.top, line.bottom] for line in found.level] == level
    np.testing.assert_allclose(np.array(found.slanted), np.array(slanted), atol=1e-3)
    assert found.slanted or seed not in (0, 1, 2)
    large = lines(words, smallest=40)
    assert {max(line.right - line.left, line.height) > 40 for line in large.level} == {True}
    assert len(large.level) < len(found.level)


LINES = Lines(
    (Rectangle(-5, 200, 10, 41), Rectangle(300, 500, 60, 90), Rectangle(20, 45, 100, 180), Rectangle(5, 6, 5, 120)),
    (np.array([(30, 200), (230, 150), (240, 180), (40, 230)], np.float32),),
)
"""Over the left edge; over the right edge; upright text; a hair; and a slanted line."""


def test_lines_are_cut_out_scaled_and_padded_as_by_easyocr(easyocr: SimpleNamespace) -> None:
    picture = printed(1)
    level = [[line.left, line.right, line.top, line.bottom] for line in LINES.level]
    theirs, _ = easyocr.grouping.get_image_list(level, [quad.tolist() for quad in LINES.slanted], picture)
    ours = sorted(crops(LINES, picture), key=lambda crop: crop.corners[0][1])
    for crop, (corners, _) in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(crop.corners, np.array(corners), atol=1e-3)
    width = -(-max(crop.picture.shape[1] for crop in ours) // HEIGHT) * HEIGHT
    collate = easyocr.reading.AlignCollate(imgH=HEIGHT, imgW=width, keep_ratio_with_pad=True)
    shown = collate([Image.fromarray(part) for _, part in theirs]).numpy()[:, 0]
    together = batch([crop.picture for crop in ours])
    assert together.shape == (5, HEIGHT, width)
    np.testing.assert_allclose(together / 127.5 - 1, shown, atol=1e-6)


def test_what_lies_outside_the_picture_or_is_thinner_than_a_pixel_is_left_out() -> None:
    hair = np.array([(30, 200), (230, 150), (230, 150), (30, 200)], np.float32)
    assert crops(Lines((Rectangle(-40, -2, 10, 30),), (hair,)), printed(1)) == []


@pytest.mark.parametrize("ignored", [(), (3, 7)])
def test_probabilities_become_the_text_and_confidence_of_easyocr(
    ignored: tuple[int, ...], easyocr: SimpleNamespace
) -> None:
    import torch

    characters = "0123456789.,€ab "
    logits = np.random.default_rng(2).normal(0, 3, (6, 30, len(characters) + 1)).astype(np.float32)
    logits[5, :, 0] = 20  # a line without text
    converter = easyocr.grouping.CTCLabelConverter(characters)

    class Network(torch.nn.Module):
        def forward(self, pictures: Any, _: Any) -> Any:
            return torch.from_numpy(logits)

    theirs = easyocr.reading.recognizer_predict(
        Network(), converter, [torch.zeros(6, 1, 64, 64)], 25, list(ignored), {}, device="cpu"
    )
    ours = decode_ctc(np.asarray(torch.from_numpy(logits).softmax(2)), characters, ignored)
    assert [text for text, _ in ours] == [text for text, _ in theirs]
    assert [sure for _, sure in ours] == pytest.approx([float(sure) for _, sure in theirs], abs=1e-6)
    assert ours[5] == ("", 0.0)


def test_faint_lines_get_the_contrast_of_easyocr(easyocr: SimpleNamespace) -> None:
    clear, faint = printed(3), (printed(3) // 8 + 100).astype(np.uint8)
    assert with_contrast(clear) is clear
    np.testing.assert_array_equal(with_contrast(faint), easyocr.reading.adjust_contrast_grey(faint, target=0.5))
    assert np.ptp(with_contrast(faint)) > np.ptp(faint)
