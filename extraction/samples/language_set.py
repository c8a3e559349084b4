"""A set of documents in every language of `content/languages`, with their truth, to measure reading by.

Of each country: invoices as PDF in its usual layouts, one photographed, one scanned, a credit note, and a receipt as
PDF and as a photograph. Nothing is fitted to them or trained on them.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from extraction.samples.catalogue import Form, Sample
from extraction.samples.content.bill import Bill, Layout, truth
from extraction.samples.content.countries import Country, countries, invoice, receipt
from extraction.samples.layouts.fonts import fonts_of_europe
from extraction.samples.sample_writer import write_forms

TODAY = date(2026, 9, 15)
"""The day before which all of them are dated, so that equal seeds give equal files on any day."""


@dataclass(frozen=True)
class Paper:
    """A document of the set, and of which language and country it is."""

    country: Country
    sample: Sample


def write_language_set(folder: Path, seed: int = 1, only: frozenset[str] = frozenset()) -> list[Path]:
    """Writes the set and returns its paths; an earlier one in the folder is overwritten.

    `only` are languages (ISO 639-1), all where it is empty. The truth has the shape of a data set for
    `billify bench read`, with `language` and `country`; the buyer is its `customer`.

    Raises: NoFonts where no installed face has all letters. OSError when the folder cannot be written.
    """
    faces = fonts_of_europe()
    (folder / "files").mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    lines: list[str] = []
    for paper in papers(seed):
        if only and paper.country.language not in only:
            continue
        for path in write_forms(folder, paper.sample, faces, seed):
            written.append(path)
            told = {"language": paper.country.language, "country": paper.country.locale[-2:]}
            facts = truth(paper.sample.bill)
            facts |= {"customer": facts["buyer"]} if "buyer" in facts else {}
            lines.append(json.dumps({"file": path.relative_to(folder).as_posix(), **told, **facts}, ensure_ascii=False))
    (folder / "truth.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return written


def papers(seed: int) -> Iterator[Paper]:
    """The documents of all countries; each is made by its own chance, so that a new country changes no other's."""
    for country in countries():
        chance = Random(zlib.crc32(f"{seed} {country.locale}".encode()))
        first, other = country.layouts[0], country.layouts[-1]
        bills = [invoice(country, number, TODAY, chance) for number in range(4)]
        made: tuple[tuple[str, Layout, Form, Bill], ...] = (
            ("invoice", first, "pdf", bills[0]),
            ("invoice-long-dates", other, "pdf", bills[1]),
            ("invoice-photo", first, "photo", bills[2]),
            ("invoice-scan", other, "scan", bills[3]),
            ("credit-note", first, "pdf", invoice(country, 4, TODAY, chance, credit=True)),
            ("receipt", "till", "pdf", receipt(country, TODAY, chance)),
            ("receipt-photo", "till", "photo", receipt(country, TODAY, chance)),
        )
        for name, layout, form, bill in made:
            yield Paper(country, Sample(f"{country.locale}-{name}", layout, (form,), bill))
