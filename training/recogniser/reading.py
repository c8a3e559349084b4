"""Single lines as a recogniser reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.progress import track

from extraction.ocr.torch_backend import load
from training.lines.easyocr_parts import get_text
from training.lines.scanned_lines import HEIGHT, Grey, Line

_BATCH = 8


def reading(network: str) -> Callable[[Sequence[Line]], list[str]]:
    """Reads lines as `EasyOcr` does, by the same function of EasyOCR, cut out with EasyOCR's margin."""
    reader = load(network=network)

    def read(batch: Sequence[tuple[int, Grey]]) -> Iterator[tuple[int, str]]:
        width = -(-max(crop.shape[1] for _, crop in batch) // HEIGHT) * HEIGHT
        found = get_text(
            reader.character,
            HEIGHT,
            width,
            reader.recognizer,
            reader.converter,
            batch,
            batch_size=len(batch),
            workers=0,
            device=reader.device,
        )
        return ((at, " ".join(text.split())) for at, text, _ in found)

    def read_all(wanted: Sequence[Line]) -> list[str]:
        crops = [(at, crop) for at, line in enumerate(wanted) if (crop := line.crop()) is not None]
        crops.sort(key=lambda pair: pair[1].shape[1])
        starts = track(range(0, len(crops), _BATCH), network, transient=True)
        found = dict(pair for at in starts for pair in read(crops[at : at + _BATCH]))
        return [found.get(at, "") for at in range(len(wanted))]

    return read_all
