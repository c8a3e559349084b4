"""Several invoices in one file become several bills, and an invoice of several pages stays one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from extraction.evidence import Page
from extraction.samples.catalogue import catalogue
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.layouts.terms_and_conditions import render_terms
from extraction.samples.sample_writer import render
from extraction.splitting import split_into_documents
from tests.fakes.documents.drawn_pages import page_of
from tests.fakes.documents.glued_pdfs import glued, text_pages

SAMPLES = {sample.name: sample for sample in catalogue(date(2025, 3, 21)) if sample.layout != "till"}
NAMES = list(SAMPLES)
PAIRS = [(name, NAMES[(n + step) % len(NAMES)]) for n, name in enumerate(NAMES) for step in (1, 3)]

FIRST = """
^Acme GmbH                                  ^Invoice
Hauptstr. 1, 10115 Berlin

Invoice no. 2024-117
Invoice date 03.03.2025

Description                                  Amount
Desk stand                                   640.00
Prototype                                    410.00
Subtotal                                   1,050.00
VAT 19%                                      199.50
Total EUR                                  1,249.50
"""
SECOND = FIRST.replace("2024-117", "2024-118").replace("03.03.", "09.03.").replace("1,249.50", "1,249.50")
MORE = """
Description                                  Amount
Express courier                               80.00
Second courier                                70.00
Carried forward                              150.00
"""
SLIP = """
Terminal 4417
VISA  **** **** **** 1234
Total EUR                                  1,249.50
Approved
"""


def starts(pages: list[str], source: str = "text") -> list[tuple[int, ...]]:
    """The numbers of the pages of each document."""
    drawn = [page_of(text, source, number) for number, text in enumerate(pages, 1)]  # type: ignore[arg-type]
    return [tuple(page.number for page in bundle.pages) for bundle in split_into_documents(drawn)]


@cache
def sample(name: str) -> bytes:
    return render(SAMPLES[name], find_fonts())


def test_a_page_with_another_number_begins_another_invoice() -> None:
    assert starts([FIRST, SECOND]) == [(1,), (2,)]


def test_a_page_with_the_same_number_goes_on() -> None:
    assert starts([FIRST, FIRST.replace("1,249.50", "2,498.00")]) == [(1, 2)]


def test_a_page_without_a_number_goes_on() -> None:
    assert starts([FIRST, MORE, SECOND]) == [(1, 2), (3,)]


def test_page_numbers_that_go_on_hold_a_document_together_whatever_else_changes() -> None:
    assert starts([FIRST + "\nPage 1 of 2", SECOND + "\nPage 2 of 2"]) == [(1, 2)]


@pytest.mark.parametrize("words", ["Page 1 of 1", "Seite 1 von 1", "Blatt: 1/1", "Pagina 1 di 1"])
def test_page_numbers_that_start_again_begin_another_document(words: str) -> None:
    without_number = "\n".join(line for line in SECOND.splitlines() if "no." not in line)
    assert starts([f"{FIRST}\n{words}", f"{without_number}\n{words}"]) == [(1,), (2,)]


def test_an_attachment_that_names_the_invoice_belongs_to_it() -> None:
    timesheet = SECOND.replace("no. 2024-118", "no. 4711") + "\nTime spent, for invoice 2024-117"
    assert starts([FIRST, timesheet]) == [(1, 2)]


def test_a_credit_note_that_names_the_invoice_is_a_document_of_its_own() -> None:
    credit = SECOND.replace("^Invoice", "^Credit note").replace("Invoice no. 2024-118", "Credit note no. C-0093")
    assert starts([FIRST, credit + "\nCredited against invoice 2024-117"]) == [(1,), (2,)]


def test_receipts_off_a_feeder_are_one_each_though_they_have_no_numbers() -> None:
    till = "\n".join(line for line in FIRST.splitlines() if "no." not in line).replace("^Invoice", "^Receipt")
    other = till.replace("Acme", "Korb")
    for amount, less in (("640.00", "20.00"), ("410.00", "10.00"), ("1,050.00", "30.00"), ("199.50", "5.70")):
        other = other.replace(amount, less)
    other = other.replace("1,249.50", "35.70")
    assert starts([till, other], "ocr") == [(1,), (2,)]


def test_the_slip_of_a_card_payment_stays_with_its_receipt() -> None:
    assert starts([FIRST.replace("^Invoice", "^Receipt"), SLIP], "ocr") == [(1, 2)]


def test_blank_pages_belong_to_what_comes_before_and_in_front_to_what_follows() -> None:
    assert starts(["", FIRST, "", "", SECOND]) == [(1, 2, 3, 4), (5,)]
    assert starts(["", ""]) == [(1, 2)]


def test_terms_and_blank_pages_are_counted_and_not_heard() -> None:
    stack = glued([sample("acme-invoice"), render_terms("Acme GmbH", find_fonts()), sample("vandermeer-factuur")])
    first, second = split_into_documents(text_pages(stack))
    assert [page.number for page in first.pages] == [1, 2]
    assert [page.number for page in first.told] == [1]
    assert [page.number for page in second.told] == [3, 4]


def test_a_file_of_terms_alone_is_heard() -> None:
    (bundle,) = split_into_documents(text_pages(glued([render_terms("Acme GmbH", find_fonts())] * 2)))
    assert [page.number for page in bundle.told] == [1, 2]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_any_two_samples_glued_together_come_apart(one: str, other: str) -> None:
    lengths = [len(text_pages(sample(name))) for name in (one, other)]
    bundles = split_into_documents(text_pages(glued([sample(one), sample(other)])))
    assert [len(bundle.pages) for bundle in bundles] == lengths


def test_every_page_is_in_exactly_one_document() -> None:
    drawn = [page_of(text, number=n) for n, text in enumerate([MORE, FIRST, "", SECOND, MORE, FIRST], 1)]
    assert [page for bundle in split_into_documents(drawn) for page in bundle.pages] == drawn
    assert split_into_documents([]) == ()


def test_papers_on_one_picture_are_documents_of_their_own() -> None:
    papers: list[Page] = [page_of(FIRST, "ocr"), page_of(MORE, "ocr")]
    papers[1] = replace(papers[1], view=replace(papers[1].view, paper=1))
    assert len(split_into_documents(papers)) == 2
