"""What `billify bench read --failures FOLDER` leaves behind: how many misses of each kind, and a picture of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from rich.table import Table

from extraction.bench.correctness import RULES
from extraction.bench.datasets import Sample
from extraction.bench.errors.error_analysis import REASONS, Miss, Spot
from extraction.errors import Unreadable
from extraction.evidence import WHOLE, ReadDocument
from extraction.pipeline.annotated_page import page_picture

_LONGEST = 1400  # pixels of a picture's longest side
_CHOSEN = (200, 30, 30)
_PRINTED = (20, 140, 60)
_TEXT = 18


def table_of_misses(misses: Sequence[Miss]) -> Table:
    """How often each column was missed for each reason."""
    counts = Counter((miss.reason, miss.column) for miss in misses)
    columns = [column for column in RULES if any(miss.column == column for miss in misses)]
    table = Table("missed", *columns)
    for reason in REASONS:
        if any(counts[reason, column] for column in columns):
            table.add_row(reason, *(str(counts[reason, column] or "") for column in columns))
    return table


def write_misses(
    folder: Path, sample: Sample, data: bytes, document: ReadDocument | None, misses: Sequence[Miss]
) -> None:
    """A picture a miss, named by column, reason and file: what was chosen in red, what is right in green."""
    folder.mkdir(parents=True, exist_ok=True)
    for miss in misses:
        reason = miss.reason.replace(", ", "-").replace(" ", "-")
        try:
            drawn = _drawn(data, document, miss)
        except Unreadable:
            continue  # counted as "file not read": there is nothing to see
        drawn.save(folder / f"{miss.column}-{reason}-{sample.path.stem}.png")


def _drawn(data: bytes, document: ReadDocument | None, miss: Miss) -> Image.Image:
    place: Spot | None = miss.chosen or miss.printed
    number = place[0] if place else 1
    picture, (width, height) = page_picture(data, number, document.view_of(number) if document else WHOLE)
    scale = min(1.0, _LONGEST / max(picture.size))
    page = picture.convert("RGB").resize((round(picture.width * scale), round(picture.height * scale)))
    pen = ImageDraw.Draw(page)
    for spot, colour in ((miss.chosen, _CHOSEN), (miss.printed, _PRINTED)):
        if spot and spot[0] == number:
            x0, y0, x1, y1 = spot[1]
            across, down = page.width / width, page.height / height
            pen.rectangle((x0 * across - 2, y0 * down - 2, x1 * across + 2, y1 * down + 2), outline=colour, width=2)
    whole = Image.new("RGB", (max(page.width, 480), page.height + 2 * _TEXT + 12), "white")
    whole.paste(page, (0, 2 * _TEXT + 12))
    pen, font = ImageDraw.Draw(whole), ImageFont.load_default(_TEXT)
    pen.text((4, 2), f"{miss.column}: {miss.got or 'nothing'} ({miss.reason})", _CHOSEN, font)
    pen.text((4, _TEXT + 6), f"right: {miss.wanted}", _PRINTED, font)
    return whole
