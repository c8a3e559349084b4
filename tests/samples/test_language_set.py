"""The benchmark set in all languages: how many there are, that they add up, and that a reader can find what is true."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from extraction.bench.by_language import table_by_language
from extraction.bench.datasets import Sample
from extraction.bench.metrics import Outcome
from extraction.samples.content.bill import truth
from extraction.samples.language_set import Paper, papers
from extraction.samples.layouts.fonts import NoFonts, fonts_of_europe
from extraction.samples.sample_writer import render

PAPERS = list(papers(seed=1))


def test_it_has_the_languages_countries_and_layouts_that_it_is_for() -> None:
    assert len(PAPERS) >= 200
    assert len({paper.country.language for paper in PAPERS}) >= 25
    assert len({paper.country.locale for paper in PAPERS}) >= 30
    assert {paper.sample.layout for paper in PAPERS} >= {
        "letter",
        "columns",
        "nordic",
        "classic",
        "gst",
        "nota",
        "till",
    }
    forms = Counter(form for paper in PAPERS for form in paper.sample.forms)
    assert min(forms["pdf"], forms["photo"] + forms["scan"]) >= 100
    assert len({paper.sample.name for paper in PAPERS}) == len(PAPERS)


def test_equal_seeds_make_equal_documents_and_others_other_ones() -> None:
    assert [paper.sample for paper in papers(seed=1)] == [paper.sample for paper in PAPERS]
    assert [paper.sample for paper in papers(seed=2)] != [paper.sample for paper in PAPERS]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.sample.name)
def test_what_is_true_adds_up(paper: Paper) -> None:
    facts = truth(paper.sample.bill)
    assert Decimal(facts["subtotal"]) + Decimal(facts["tax"]) == Decimal(facts["total"])
    assert paper.sample.bill.tendered == 0 or paper.sample.bill.tendered >= paper.sample.bill.total


@pytest.mark.parametrize("layout", ["columns", "nordic", "gst", "nota", "till"])
def test_what_is_true_is_printed_in_all_letters(layout: str) -> None:
    try:
        faces = fonts_of_europe()
    except NoFonts as missing:
        pytest.skip(str(missing))
    for paper in [paper for paper in PAPERS if paper.sample.layout == layout][:12:4]:
        with pypdfium2.PdfDocument(render(paper.sample, faces)) as document:
            text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
        facts = truth(paper.sample.bill)
        for name in ("vendor", "buyer", "number"):
            assert "".join(facts.get(name, "").split()) in text, name


def test_without_the_fonts_it_says_which_to_install(tmp_path: Path) -> None:
    with pytest.raises(NoFonts, match="apt install fonts-dejavu"):
        fonts_of_europe(folders=(tmp_path,))


def test_figures_are_printed_by_language_where_the_truth_names_it() -> None:
    outcomes = [Outcome({"total": right}, 0.1) for right in (True, False, True)]
    named = [Sample(Path("a.pdf"), {"language": language}) for language in ("cs", "cs", "el")]
    table = table_by_language(named, outcomes)
    assert table
    assert [list(column.cells) for column in table.columns[:3]] == [["cs", "el"], ["2", "1"], ["50", "100"]]
    assert table_by_language([Sample(Path("a.pdf"), {})], outcomes[:1]) is None
