"""Who signs at a letter's foot issued it, and who stands alone over an address got it, without a word of either."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.fields.decision.read_documents import read_documents
from tests.fakes.documents.drawn_pages import page_of, read_drawn

LETTER = """
^{vendor}
^                                             {title}

{buyer:<34}{number:<20}{dated}
                                  2026-1665           16.08.2026
{street}
{town:<34}{due}
                                  06.09.2026

{ware:<40}3      275,00      825,00
{sum:<60}825,00 €

{vendor:<40}{bank}
{own_street:<40}DE97 5085 0049 7623 3771 03
{own_town}
"""


def letter(**words: str) -> str:
    common = {"ware": "A4", "bank": "IBAN", "sum": "Total"}
    return LETTER.format(**{**common, **words})


@pytest.mark.parametrize(
    "words",
    [
        {"vendor": "Northgate Supply Co.", "buyer": "Iris Trading Inc.", "title": "Invoice", "number": "Invoice no.",
         "dated": "Date of issue", "due": "Due date", "street": "402 Willow Avenue", "town": "Denver, CO 80203",
         "own_street": "26 Foundry Street", "own_town": "Columbus, OH 43215"},
        {"vendor": "Åkerlunds Snickeri AB", "buyer": "Iris Handel AB", "title": "Faktura", "number": "Fakturanr",
         "dated": "Fakturadatum", "due": "Förfallodatum", "street": "Kungsgatan 30", "town": "411 19 Göteborg",
         "own_street": "Storgatan 11", "own_town": "903 26 Umeå"},
        {"vendor": "Печатница Рила ЕООД", "buyer": "Ирис Търговия ООД", "title": "Фактура", "number": "Фактура №",
         "dated": "Дата на издаване", "due": "Срок на плащане", "street": "ул. Раковски 108", "town": "1000 София",
         "own_street": "бул. България 45", "own_town": "2700 Благоевград"},
        {"vendor": "Çınar Matbaacılık A.Ş.", "buyer": "Iris Ticaret A.Ş.", "title": "Fatura", "number": "Fatura No",
         "dated": "Fatura tarihi", "due": "Vade tarihi", "street": "Kızılay Sokak 9", "town": "06420 Ankara",
         "own_street": "İstiklal Caddesi 88", "own_town": "34430 İstanbul"},
    ],
    ids=lambda words: words["title"],
)  # fmt: skip
def test_a_letter_without_labels_tells_who_issued_and_who_got_it(words: dict[str, str]) -> None:
    found = read_drawn(letter(**words))
    assert (found.value("vendor"), found.value("buyer")) == (words["vendor"], words["buyer"])


@pytest.mark.parametrize(
    "title",
    [
        *("Кредитно известие", "Kreeditarve", "Nóta creidmheasa", "Odobrenje", "Nota kredit", "Kreditinė sąskaita"),
        *("Kredītrēķins", "Nota ta' kreditu", "Korekta", "Notă de credit", "İade faturası", "Πιστωτικό τιμολόγιο"),
    ],
)
def test_credit_notes_of_all_languages(title: str) -> None:
    text = letter(
        vendor="Vogel OÜ", buyer="Iris Kaubandus OÜ", title=title, number="No.", dated="Date", due="", street="Tee 1",
        town="1000 Riga", own_street="Tee 2", own_town="1000 Riga",
    )  # fmt: skip
    assert read_drawn(text.replace("06.09.2026", "")).kind == "credit_note"


def test_a_name_misread_beside_its_logo_is_spelt_as_at_the_foot() -> None:
    text = letter(
        vendor="Järvisen Puusepänliike Oy", buyer="Iris Kauppa Oy", title="Lasku", number="Laskun numero",
        dated="Laskupäivä", due="Eräpäivä", street="Mannerheimintie 40", town="00100 Helsinki",
        own_street="Rantakatu 7", own_town="90100 Oulu",
    )  # fmt: skip
    page = page_of(text, "ocr", confidence=0.9)
    words = tuple(
        replace(word, text="Ö< Jarvisen Puusepanliike Oy", confidence=0.3) if place == 0 else word
        for place, word in enumerate(page.words)
    )
    (found,) = read_documents([replace(page, words=words)])
    vendor = found.fields["vendor"]
    assert vendor.value == "Järvisen Puusepänliike Oy"
    assert vendor.confidence < CONFIDENCE_THRESHOLD
    assert vendor.reason == "read “Ö< Jarvisen Puusepanliike Oy”"


def test_whom_a_letter_is_to_is_no_certain_vendor_where_its_head_cannot_be_read() -> None:
    page = page_of(
        "^98e Northgate Supply Co.\n\nIris Trading Inc.\n402 Willow Avenue\nDenver, CO 80203\n\nInvoice 12\nTotal 9.00",
        "ocr",
        confidence=0.9,
    )
    words = (replace(page.words[0], confidence=0.2), *page.words[1:])
    (found,) = read_documents([replace(page, words=words)])
    assert found.fields["vendor"].confidence < CONFIDENCE_THRESHOLD
