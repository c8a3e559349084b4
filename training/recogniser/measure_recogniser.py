"""Measures recognisers side by side:
`python -m training.recogniser.measure_recogniser SROIE_FOLDER [--networks NAME…] [--set FOLDER]`.

Prints how they read lines of held-out vendors, lines rendered apart from training, and whether the printed total of
whole documents is in the text that Billify reads: of the held-out receipts, and of the data set after `--set`.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
import warnings
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import cv2
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.progress import track
from rich.table import Table

from extraction.bench.correctness import printed_total
from extraction.ocr.recognise import OcrEngine
from training.lines.alphabet import characters
from training.lines.phrases import LANGUAGES
from training.lines.render import rendered
from training.lines.scanned_lines import Line, lines, receipts
from training.recogniser.reading import reading

_RENDERED = 500
_RENDERED_OF_LANGUAGE = 100
_SEED = 20_130_823  # no worker of training has it

Rows = list[tuple[str, str]]


def main() -> None:
    """Reads the arguments, measures each network, and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sroie", type=Path)
    parser.add_argument("--networks", nargs="+", default=["english_g2", "billify"])
    parser.add_argument("--set", type=Path, help="another data set, whose totals are looked for")
    parser.add_argument("--lines", type=int, default=1500, help="of those held out, evenly spread")
    parser.add_argument("--languages", action="store_true", help="errors on rendered lines of each language, too")
    parser.add_argument("--documents", type=int, default=30, help="of each set, evenly spread")
    arguments = parser.parse_args()
    config = tomllib.loads(Path(__file__).with_name("recogniser.toml").read_text())
    warnings.filterwarnings("ignore", ".*pin_memory.*")  # what EasyOCR asks for on any machine
    alphabet = characters(config["alphabet"])
    _, held_out = receipts(arguments.sroie, config["lines"])
    scanned = _spread([line for row in held_out for line in lines(arguments.sroie, row, alphabet)], arguments.lines)
    chance = Random(_SEED)
    drawn = [rendered(chance, alphabet) for _ in range(_RENDERED)]
    sets = {f"held-out {arguments.sroie.name}": (arguments.sroie, _spread(held_out, arguments.documents))}
    if arguments.set:
        rows = [json.loads(row) for row in (arguments.set / "truth.jsonl").read_text().splitlines()]
        sets[arguments.set.name] = (
            arguments.set,
            _spread([row for row in rows if row.get("total")], arguments.documents),
        )
    tongues = {language: _of_language(language, alphabet) for language in LANGUAGES} if arguments.languages else {}
    columns = [
        _lines(network, scanned, drawn) + _languages(network, tongues) + _documents(network, sets)
        for network in arguments.networks
    ]
    table = Table("", *arguments.networks)
    for entries in zip(*columns, strict=True):
        table.add_row(entries[0][0], *(value for _, value in entries))
    Console().print(table)


def _lines(network: str, scanned: Sequence[Line], drawn: Sequence[Line]) -> Rows:
    """The figures of single lines. Scanned ones are compared without case, since their truth has none."""
    read = reading(network)
    found = read(scanned)
    folded = [(line.text.upper(), text.upper()) for line, text in zip(scanned, found, strict=True)]
    amounts = [pair for pair in folded if re.search(r"\d[.,]\d\d$", pair[0])]
    exact = [(line.text, text) for line, text in zip(drawn, read(drawn), strict=True)]
    return [
        (f"scanned lines without a fault ({len(folded)})", _right(folded)),
        ("their characters in error", _errors(folded)),
        (f"of them ending in an amount, without a fault ({len(amounts)})", _right(amounts)),
        (f"rendered lines without a fault ({len(exact)})", _right(exact)),
        ("their characters in error", _errors(exact)),
    ]


def _of_language(language: str, alphabet: str) -> list[Line]:
    chance = Random(f"{_SEED} {language}")
    return [rendered(chance, alphabet, language) for _ in range(_RENDERED_OF_LANGUAGE)]


def _languages(network: str, tongues: dict[str, list[Line]]) -> Rows:
    """The characters in error on rendered lines of each language, by the next alphabet: what has no output is one."""
    read = reading(network) if tongues else None
    return [
        (
            f"characters in error, {language}",
            _errors([(line.text, text) for line, text in zip(drawn, read(drawn), strict=True)]),
        )
        for language, drawn in tongues.items()
        if read
    ]


def _documents(network: str, sets: dict[str, tuple[Path, list[dict[str, Any]]]]) -> Rows:
    recognise = OcrEngine(network=network)
    rows = []
    for name, (folder, documents) in sets.items():
        times = 0
        for document in track(documents, f"{network}: {name}", transient=True):
            picture = cv2.cvtColor(cv2.imread(str(folder / document["file"])), cv2.COLOR_BGR2RGB)
            text = "\n".join(word.text for word in recognise(picture))
            times += bool(printed_total(document["total"]).search(text))
        rows.append((f"{name}: printed total in the text", f"{times} of {len(documents)}"))
    return rows


def _right(pairs: Sequence[tuple[str, str]]) -> str:
    return f"{sum(truth == text for truth, text in pairs) / len(pairs):.1%}"


def _errors(pairs: Sequence[tuple[str, str]]) -> str:
    """Insertions, deletions and substitutions per character of the truth."""
    return f"{sum(Levenshtein.distance(*pair) for pair in pairs) / sum(len(truth) for truth, _ in pairs):.2%}"


def _spread(items: Sequence[Any], n: int) -> list[Any]:
    return [items[at * len(items) // n] for at in range(n)] if n < len(items) else list(items)


if __name__ == "__main__":
    main()
