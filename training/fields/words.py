"""Keeps the words of documents, since reading them is slow: `python -m training.fields.words DATA_FOLDER WORDS_FOLDER`.

`fields.toml` says of which sets; of each only the open part is read (extraction.bench.sealed). A document becomes
`WORDS_FOLDER/<set>/<file>.json`, a list of its pages; what is there already is left alone, so that it can be
interrupted. Of receipts that the recogniser was trained on none is read: it reads them better than any that will come.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from rich.progress import track

from extraction.bench.datasets import Sample, samples_of
from extraction.bench.sealed import vendor_key
from extraction.evidence import Page, Word, pages_of
from extraction.fields.parties.ourselves import Ourselves
from extraction.ocr.recognise import OcrEngine
from extraction.pipeline.extract import extract_documents
from extraction.samples.sample_writer import write_samples
from training.fields.papers import papers
from training.lines.scanned_lines import receipts, typed

SAMPLES = "samples"
"""The set that the project draws itself."""

_PAGES = TypeAdapter(tuple[Page, ...])
_TYPED = 0.97
"""The confidence that a person's transcript gets: a good recogniser's."""


@dataclass(frozen=True)
class Document:
    """The pages of a document and what is true of it.

    `source` names the set and how it was read, `vendor` whom to keep together in one fold, `weight` says how much
    its certainty tells of documents to come; `complete`, that what is not in its truth is not on the document. `us` is
    who has it, where that is asked for.
    """

    source: str
    vendor: str
    weight: float
    complete: bool
    truth: Mapping[str, Any]
    pages: tuple[Page, ...]
    us: Ourselves | None = None


def main() -> None:
    """Reads the arguments and keeps what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the data sets")
    parser.add_argument("words", type=Path, help="folder for the words")
    arguments = parser.parse_args()
    networks: dict[str, OcrEngine] = {}
    write_samples(arguments.words / SAMPLES, today=date(2026, 1, 15))
    for chosen in configured()["sets"]:
        if "transcript" in chosen:
            continue
        network = chosen["network"]
        samples = list(samples_to_fit(arguments.data, arguments.words, chosen))
        for sample in track(samples, f"{chosen['name']}, {network}"):
            kept = _kept(arguments.words, chosen, sample)
            if not kept.exists():
                recognise = networks.setdefault(network, OcrEngine(network=network))
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.write_bytes(_PAGES.dump_json(_read(sample.path, recognise)))


def _read(file: Path, recognise: OcrEngine) -> tuple[Page, ...]:
    """The pages of the first document that a file is taken for; none where there is no document."""
    reading = extract_documents(file.read_bytes(), recognise)
    return pages_of(reading.documents[0], reading.pages) if reading.documents else ()


def configured() -> dict[str, Any]:
    """`fields.toml`."""
    return tomllib.loads(Path(__file__).with_name("fields.toml").read_text())


def documents(data: Path, words: Path, *, measured_only: bool = False) -> Iterator[Document]:
    """The documents of all sets that words were kept of; of those only to be measured, or else of the others."""
    for paper in () if measured_only else papers(configured()["papers"]):
        yield Document(
            "papers, drawn", paper.language, 1.0, False, vars(paper) | {"document_type": paper.type}, (paper.page,)
        )
    for chosen in configured()["sets"]:
        if chosen.get("measured_only", False) != measured_only:
            continue
        for sample in samples_to_fit(data, words, chosen):
            source = f"{chosen['name']}, {'transcript' if 'transcript' in chosen else chosen['network']}"
            pages = _pages(data, words, chosen, sample)
            if pages:
                told = {name: value for name, value in sample.truth.items() if name not in chosen.get("untold", ())}
                told = {name: told[name] for name in chosen.get("only", told) if name in told}
                party, complete = vendor_key(sample.truth), chosen.get("complete", False)
                yield Document(source, party, chosen["weight"], complete, told, pages)


def samples_to_fit(data: Path, words: Path, chosen: Mapping[str, Any]) -> Iterator[Sample]:
    """The documents of a set as `chosen` in `fields.toml`: of its open part, those that it asks for."""
    name = chosen["name"]
    drawn = name == SAMPLES  # by the project itself, so that nothing of it is sealed
    samples = samples_of(words / name if drawn else data / name, chosen.get("most"), "all" if drawn else "open")
    samples = [sample for sample in samples if "documents" not in sample.truth]  # whose words are several documents'
    samples = [sample for sample in samples if sample.path.name not in chosen.get("another", ())]
    if chosen.get("unseen"):
        config = tomllib.loads((Path(__file__).parents[1] / "recogniser" / "recogniser.toml").read_text())["lines"]
        unseen = {row["file"] for row in receipts(data / name, config)[1]}
        samples = [sample for sample in samples if sample.truth["file"] in unseen]
    return iter(samples)


def _kept(words: Path, chosen: Mapping[str, Any], sample: Sample) -> Path:
    return words / f"{chosen['name']}, {chosen['network']}" / f"{sample.path.name}.json"


def _pages(data: Path, words: Path, chosen: Mapping[str, Any], sample: Sample) -> tuple[Page, ...]:
    if "transcript" in chosen:
        return (_transcript(data / chosen["name"] / chosen["transcript"] / f"{sample.path.stem}.csv"),)
    kept = _kept(words, chosen, sample)
    return _PAGES.validate_json(kept.read_bytes()) if kept.exists() else ()


def _transcript(file: Path) -> Page:
    """A page as a person typed it."""
    words = [Word(text, box, 1, _TYPED) for box, text in typed(file)]
    width = 1.05 * max((word.box[2] for word in words), default=1.0)  # some margin, as paper has
    height = 1.05 * max((word.box[3] for word in words), default=1.0)
    return Page(1, width, height, tuple(words), "ocr")


if __name__ == "__main__":
    main()
