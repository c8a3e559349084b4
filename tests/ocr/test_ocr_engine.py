"""The engines read alike, load without torch, and convert other networks once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import reportlab
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extraction.ocr import easyocr_models, recognise
from extraction.ocr.networks import OWN, SHIPPED
from extraction.ocr.onnxruntime_backend import OnnxRuntime
from extraction.ocr.openvino_backend import OpenVino
from extraction.ocr.recognise import OcrEngine

pytestmark = pytest.mark.ocr

ROOT = Path(__file__).parents[2]
VERA = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
SAID = ("Müller & Söhne GmbH", "Rechnung 2024-117", "Summe 1.249,50 EUR")
LARGEST = 8_000_000  # bytes of a network


def printed(lines: tuple[str, ...] = SAID, size: int = 20) -> NDArray[np.uint8]:
    """Black print on white, of little area: torch takes its time."""
    page = Image.new("RGB", (320, 12 + 2 * size * len(lines)), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(VERA, size)
    for number, line in enumerate(lines):
        pen.text((20, 12 + 2 * size * number), line, "black", font)
    return np.asarray(page)


def two_lines() -> list[NDArray[np.uint8]]:
    """Each a batch of its own."""
    return [np.repeat(np.repeat(printed()[None, top : top + 32, :, 0], 2, 1), 2, 2) for top in (6, 46)]


def without(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """The packages cannot be imported."""
    for package in packages:
        monkeypatch.setitem(sys.modules, package, None)


def test_the_engine_reads_what_torch_reads() -> None:
    from extraction.ocr.torch_backend import Torch

    fast, reference = OcrEngine(threads=1), OcrEngine(threads=1)
    openvino = fast._networks
    # One thread: those of torch wait for each other, which takes minutes where other work keeps the processor busy.
    torch = reference._networks = Torch(("en",), None, OWN, threads=1)
    assert isinstance(openvino, OpenVino)
    assert (openvino.characters, openvino.ignored) == (torch.characters, torch.ignored)

    ours, theirs = fast(printed()), reference(printed())
    assert " ".join(word.text for word in ours) == " ".join(SAID) == " ".join(word.text for word in theirs)
    for word, other in zip(ours, theirs, strict=True):
        assert word.box == pytest.approx(other.box, abs=4)

    picture = printed()[:128].copy()
    for map_, other_map in zip(openvino.heat_maps(picture), torch.heat_maps(picture), strict=True):
        assert map_.shape == other_map.shape == (64, 160)
        assert np.corrcoef(map_.ravel(), other_map.ravel())[0, 1] > 0.85  # it learned from the other's maps
        assert other_map.max() > 0.5
    for chances, other_chances in zip(openvino.chances(two_lines()), torch.chances(two_lines()), strict=True):
        np.testing.assert_allclose(chances.max(2), other_chances.max(2), atol=0.1)
        np.testing.assert_allclose(chances.sum(2), 1, atol=0.02)


@pytest.mark.parametrize(("look", "limit"), [("__call__", "MOST_LINE_PIXELS"), ("glance", "MOST_LINE_PIXELS_GLANCED")])
def test_of_more_print_than_a_page_may_have_the_longest_lines_are_left_out(
    monkeypatch: pytest.MonkeyPatch, look: str, limit: str
) -> None:
    """Prose is long; labels and amounts are short."""
    monkeypatch.setattr(recognise, limit, 900)
    page = printed(("Summe 99,50", "Es gelten unsere Bedingungen", "Zahlbar in zehn Tagen bar", "Datum 3.5.2026"))
    words = " ".join(word.text for word in getattr(OcrEngine(threads=1), look)(page))
    assert "Summe 99,50" in words and "Datum 3.5.2026" in words
    assert "Bedingungen" not in words and "Zahlbar" not in words


def test_an_invoice_is_read_alike_where_openvino_has_no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = OcrEngine(threads=1)
    without(monkeypatch, "openvino")
    instead = OcrEngine(threads=1)
    openvino, onnxruntime = usual._networks, instead._networks
    assert isinstance(openvino, OpenVino)
    assert isinstance(onnxruntime, OnnxRuntime)
    assert (onnxruntime.characters, onnxruntime.ignored) == (openvino.characters, openvino.ignored)

    ours, theirs = usual(printed()), instead(printed())
    assert " ".join(word.text for word in ours) == " ".join(SAID)
    assert [word.text for word in theirs] == [word.text for word in ours]
    for word, other in zip(ours, theirs, strict=True):
        assert word.box == pytest.approx(other.box, abs=2)
        assert word.confidence == pytest.approx(other.confidence, abs=0.05)

    picture = printed()[:128].copy()
    for map_, other_map in zip(openvino.heat_maps(picture), onnxruntime.heat_maps(picture), strict=True):
        np.testing.assert_allclose(map_, other_map, atol=0.05)  # the processor may keep OpenVINO's in sixteen bits
    for chances, other_chances in zip(openvino.chances(two_lines()), onnxruntime.chances(two_lines()), strict=True):
        np.testing.assert_allclose(chances, other_chances, atol=0.1)


def test_without_torch_only_the_own_recogniser_can_be_had(monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, "openvino", "torch")
    with pytest.raises(ValueError, match=r'"english_g2" is of EasyOCR, which is not.*recogniser = "billify"'):
        OcrEngine(threads=1, network="english_g2")
    assert " ".join(word.text for word in OcrEngine(threads=1)(printed())) == " ".join(SAID)


def test_other_recognisers_and_installations_without_either_engine_are_left_to_torch(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from extraction.ocr.torch_backend import Torch

    without(monkeypatch, "openvino")
    assert isinstance(OcrEngine(threads=1, network="english_g2")._networks, Torch)
    without(monkeypatch, "onnxruntime")
    assert isinstance(OcrEngine(threads=1)._networks, Torch)


@pytest.mark.parametrize("missing", [(), ("openvino",)], ids=["by OpenVINO", "by ONNX Runtime"])
def test_a_language_that_the_network_does_not_know_is_refused(
    missing: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, *missing)
    with pytest.raises(ValueError, match=r'ja, only en, de, fr.*recogniser = "standard"'):
        OcrEngine(("ja",))


@pytest.mark.skipif(Path("/dev/nvidiactl").exists(), reason="with a GPU it starts with torch, to ask for CUDA")
@pytest.mark.parametrize("hidden", [None, "openvino"], ids=["by OpenVINO", "by ONNX Runtime"])
def test_reading_starts_without_torch_and_without_telemetry(hidden: str | None) -> None:
    script = (
        "import sys, numpy\n"
        f"sys.modules.update(dict.fromkeys({[hidden] if hidden else []}))\n"
        "from extraction.ocr.recognise import OcrEngine\n"
        "OcrEngine(threads=1)(numpy.full((99, 99, 3), 255, numpy.uint8))\n"
        "told = [name for name in sys.modules if name.startswith('openvino_telemetry.')]\n"
        "print(sorted({'torch', 'torchvision', 'easyocr'} & set(sys.modules)), told)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("[] []", "")


def test_another_network_is_converted_once_and_kept(tmp_path: Path) -> None:
    first = OcrEngine(threads=1, network="english_g2", converted=tmp_path)
    assert "Invoice 2024" in " ".join(word.text for word in first(printed(("Invoice 2024",), 36)))
    (kept,) = tmp_path.glob("english_g2-*.xml")
    written = kept.stat().st_mtime_ns
    again = OcrEngine(threads=1, network="english_g2", converted=tmp_path)
    assert again._networks.characters == first._networks.characters
    assert [file.stat().st_mtime_ns for file in tmp_path.glob("*.xml")] == [written]


def test_what_ships_is_small_and_converted_from_the_weights_that_ship() -> None:
    weights, converted, detector = (SHIPPED / name for name in (f"{OWN}.pth", f"{OWN}.onnx", "detector.onnx"))
    assert 0.9 < converted.stat().st_size / weights.stat().st_size < 1.1
    assert converted.stat().st_size < LARGEST > detector.stat().st_size


def test_what_is_not_installed_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(easyocr_models, "find_spec", lambda name: None)
    assert easyocr_models.folder_of(tmp_path) == tmp_path and easyocr_models.are_there(tmp_path)
    with pytest.raises(FileNotFoundError, match="BILLIFY_MODELS"):
        easyocr_models.folder_of(None)
