"""The samples that the project makes: what they say is true, and they can be opened."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
import pypdfium2
import pytest
from PIL import Image, ImageOps
from reportlab.pdfbase.pdfmetrics import getFont
from schwifty import BIC, IBAN

from extraction.evidence import FIELDS
from extraction.samples.catalogue import Sample, catalogue
from extraction.samples.content.bill import truth
from extraction.samples.content.wording import LANGUAGES, Wording, language_file
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.photo_simulation import COUNTER, DESK, pages, photograph, scan
from extraction.samples.sample_writer import render, write_samples

TODAY = date(2025, 3, 21)
SAMPLES = {sample.name: sample for sample in catalogue(TODAY)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole set, written once."""
    folder = tmp_path_factory.mktemp("samples")
    write_samples(folder, today=TODAY)
    return folder


@pytest.fixture(params=SAMPLES.values(), ids=SAMPLES.keys())
def sample(request: pytest.FixtureRequest) -> Sample:
    """Each sample in turn."""
    return request.param


def records(folder: Path) -> list[dict[str, str]]:
    """The lines of the written truth."""
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def text_of(pdf: bytes) -> str:
    """The text layer of all pages, without white space, which layouts and grouping put anywhere."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return squeezed(text)


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_the_example_of_the_readme_says_what_the_readme_says():
    assert truth(SAMPLES["acme-invoice"].bill) == {
        "kind": "invoice",
        "vendor": "Acme GmbH",
        "buyer": "Lindenhof Studio GmbH",
        "number": "2024-117",
        "issue_date": "2025-03-03",
        "due_date": "2025-04-02",
        "currency": "EUR",
        "subtotal": "1050.00",
        "tax": "199.50",
        "total": "1249.50",
        "iban": "DE89370400440532013000",
        "bic": "COBADEFFXXX",
        "vat_id": "DE997130043",
    }
    assert "30daysnet" in text_of(render(SAMPLES["acme-invoice"], find_fonts()))


@pytest.mark.parametrize(
    ("name", "subtotal", "tax", "total"),
    [
        # 45 x 28.50 = 1282.50 at 10% and 18 x 16.90 + 15 x 34.00 = 814.20 at 20%
        ("beaumont-facture", "2096.70", "291.09", "2387.79"),
        # 12 x 24 + 3420 x 0.021 + 1185 x 0.085 + 150: 288.00 + 71.82 + 100.73 + 150.00, at 10.35%
        ("cascade-invoice", "610.55", "63.19", "673.74"),
        # yen have no minor unit: 185000 + 3 x 42000 + 26 x 1250, at 10%
        ("aoi-design-invoice", "343500", "34350", "377850"),
        # gross 41.84 at 7% holds 2.74, gross 16.52 at 19% holds 2.64
        ("gruener-korb-bon", "52.98", "5.38", "58.36"),
        # 17.00 + 27.00 + 22.50 + 6.50, 8% on it, and a tip of 14.00
        ("copper-pot-receipt", "73.00", "5.84", "92.84"),
    ],
)
def test_amounts_are_those_of_a_pocket_calculator(name: str, subtotal: str, tax: str, total: str):
    facts = truth(SAMPLES[name].bill)
    assert (facts["subtotal"], facts["tax"], facts["total"]) == (subtotal, tax, total)


def test_the_truth_adds_up_and_speaks_the_vocabulary(sample: Sample):
    facts = truth(sample.bill)
    parts = [Decimal(facts.get(name, "0")) for name in ("subtotal", "tax", "tip")]
    assert sum(parts) == Decimal(facts["total"])
    assert set(facts) <= {"kind", *FIELDS}


def test_accounts_are_valid(sample: Sample):
    facts = truth(sample.bill)
    if "iban" not in facts:
        assert sample.bill.account is None
        return
    iban = IBAN(facts["iban"], validate_bban=True)
    assert iban.bic == BIC(facts["bic"])


def test_a_reader_finds_every_fact_in_the_text_layer(sample: Sample):
    bill, words = sample.bill, Wording(sample.bill)
    text = text_of(render(sample, find_fonts()))
    facts = truth(bill)
    for name in ("vendor", "buyer", "number", "iban", "vat_id", "payment_reference", "purchase_order"):
        assert squeezed(facts.get(name, "")) in text, name
    assert squeezed(words.money(bill.total)) in text
    for amount in (bill.subtotal, bill.tax if len(bill.taxes) == 1 else bill.taxes[0].amount):
        assert squeezed(words.figure(amount)) in text
    printed = words.short_day if sample.layout == "till" else words.day
    assert squeezed(printed(bill.issue_date)) in text
    if bill.due_date:
        assert (squeezed(printed(bill.due_date)) in text) is bill.states_due


def test_without_system_fonts_the_letters_are_still_right(sample: Sample):
    text = text_of(render(sample, find_fonts(folders=())))
    assert squeezed(sample.bill.vendor.name) in text
    assert squeezed(Wording(sample.bill).money(sample.bill.total)) in text


def test_the_fonts_that_are_always_there_have_every_letter(sample: Sample):
    said = json.dumps(asdict(sample.bill), default=str, ensure_ascii=False)
    words = Wording(sample.bill)
    said += "".join(f"{label}{value}" for label, value in words.details() + words.totals()) + words["thanks"]
    if sample.bill.locale == "pl_PL":
        glyphs = getFont(find_fonts(folders=()).polish.regular).face.charToGlyph
        assert not {letter for letter in said if ord(letter) not in glyphs}
    else:
        said.encode("cp1252")  # the letters of the standard fonts of a PDF


def test_a_pdf_is_the_same_every_time(sample: Sample):
    assert render(sample, find_fonts()) == render(sample, find_fonts())


def test_a_photo_follows_its_seed():
    page = pages(render(SAMPLES["copper-pot-receipt"], find_fonts()), dpi=60)[0]
    first, again, other = (
        photograph(page, COUNTER, np.random.default_rng(seed), frame=(300, 500)).tobytes() for seed in (1, 1, 2)
    )
    assert first == again
    assert first != other


def test_a_photo_shows_the_sheet_on_the_table():
    page = pages(render(SAMPLES["acme-invoice"], find_fonts()), dpi=60)[0]
    photo = np.asarray(photograph(page, DESK, np.random.default_rng(1), frame=(450, 600)).convert("L"))
    assert photo.shape == (600, 450)
    assert photo[150:250, 200:300].mean() > 1.5 * photo[:12, :12].mean()


def test_a_scan_is_grey_and_slightly_askew():
    page = pages(render(SAMPLES["acme-invoice"], find_fonts()), dpi=60)[0]
    scanned = scan(page, np.random.default_rng(1))
    assert (scanned.mode, scanned.size) == ("L", page.size)
    straight = np.asarray(page.convert("L"), float)
    assert np.abs(straight - np.asarray(scanned, float)).mean() > 1


def test_every_file_opens_and_is_small(folder: Path):
    for record in records(folder):
        path = folder / record["file"]
        assert 2_000 < path.stat().st_size < 1_000_000, path.name
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                # the stack: one page, its terms, two pages, a blank one, and one page more
                assert len(document) == {"vandermeer-factuur": 2, "three-invoices": 6}.get(path.stem, 1)
        elif path.suffix == ".heic":
            assert pillow_heif.open_heif(path).size == (1500, 2000)
        else:
            with Image.open(BytesIO(path.read_bytes())) as picture:
                assert getattr(picture, "n_frames", 1) == (2 if path.suffix == ".tiff" else 1)
                upright = ImageOps.exif_transpose(picture)
                assert (upright.height < upright.width) is (path.stem in ("cascade-invoice", "two-receipts"))
                assert (upright.height > 4 * upright.width) is (path.stem == "nordwerk-bon")


def test_one_photo_lies_on_its_side_until_its_orientation_is_heeded(folder: Path):
    with Image.open(folder / "files" / "copper-pot-receipt.jpg") as picture:
        assert picture.width > picture.height
        assert picture.getexif()[0x0112] == 6


def test_the_truth_lists_exactly_what_was_written(folder: Path):
    listed = [record["file"] for record in records(folder)]
    assert len(listed) == len(set(listed)) >= 8
    assert {folder / file for file in listed} == set((folder / "files").iterdir())
    kinds = {record["kind"] for record in records(folder)}
    assert kinds == {"invoice", "receipt", "credit_note", "other"}


def test_a_file_of_several_documents_says_all_that_they_say(folder: Path):
    together = {record["file"]: record["documents"] for record in records(folder) if "documents" in record}
    assert {file: [facts["number"] for facts in said] for file, said in together.items()} == {
        "files/two-receipts.jpg": ["003172", "4711-0820"],
        "files/three-invoices.pdf": ["2024-117", "2025.00874", "F2025-0311"],
    }


def test_bills_fall_due_around_the_given_day():
    fixed = truth(SAMPLES["acme-invoice"].bill)
    for today in (TODAY, date(2031, 12, 30)):
        dues = [s.bill.due_date for s in catalogue(today) if s.bill.due_date and s.name != "acme-invoice"]
        assert [due for due in dues if due < today]
        assert len([due for due in dues if timedelta(0) < due - today < timedelta(days=14)]) >= 4
        assert fixed == truth(next(s for s in catalogue(today) if s.name == "acme-invoice").bill)


def test_every_language_has_every_word():
    languages = {file.stem: language_file(file.stem)["words"] for file in LANGUAGES.glob("*.toml")}
    assert len(languages) == 28
    assert {frozenset(words) for words in languages.values()} == {frozenset(languages["en"])}
