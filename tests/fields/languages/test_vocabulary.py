"""What a label is taken for, language by language: the labels are those that the samples of each language print."""

from __future__ import annotations

import pytest

from extraction.fields.patterns.vocabulary import LANGUAGES, ROLES, fold, languages_of, role_of, vocabulary, words_of
from extraction.samples.content.wording import language_file

TOTALS = {"inclusive", "total", "due"}
MEANINGS = {
    "invoice": ("title", {"invoice"}),
    "credit_note": ("title", {"credit_note"}),
    "other": ("title", {"other"}),
    "receipt": ("title", {"receipt"}),
    "invoice_number": ("number", {"invoice"}),
    "credit_note_number": ("number", {"invoice"}),
    "receipt_number": ("number", {"invoice"}),
    "other_number": ("number", {"order"}),
    "tax_id": ("number", {"other"}),
    "issued": ("date", {"invoice", "issue"}),
    "due": ("date", {"due"}),
    "from": ("party", {"seller"}),
    "bill_to": ("party", {"buyer"}),
    "description": ("items", {"description"}),
    "quantity": ("items", {"quantity"}),
    "unit_price": ("items", {"unit_price"}),
    "amount": ("items", {"total"}),
    "subtotal": ("amount", {"subtotal"}),
    "tax": ("amount", {"tax"}),
    "total": ("amount", TOTALS),
    "credit_total": ("amount", TOTALS),
    "amount_due": ("amount", TOTALS),
    "till_total": ("amount", TOTALS),
    "till_paid": ("amount", {"cash"}),
    "till_cash": ("amount", {"cash"}),
    "till_change": ("amount", {"change"}),
}
"""Which words of a sample's language are labels → the subject, and the roles that they may have."""

ELSE = {
    ("en_IN", "invoice"): "",  # receipts of Malaysia are headed TAX INVOICE as well
    ("hr", "receipt"): "invoice",  # a receipt is a račun as well
    (
        "ro",
        "description",
    ): "",  # "Denumirea produselor sau a serviciilor" has more words than a heading is looked for in
}


def _labels() -> list[tuple[str, str, str]]:
    """Language or country, which label, and what it says."""
    rows = []
    for file in sorted(LANGUAGES.glob("*.toml")):
        told = language_file(file.stem)
        rows += [(file.stem, name, words) for name, words in told["words"].items()]
        for country in told["countries"]:
            own = {**country.get("words", {}), "tax": country["tax"]}
            rows += [(country["locale"], name, words) for name, words in own.items()]
    return [row for row in rows if row[1] in MEANINGS]


LABELS = _labels()


@pytest.mark.parametrize("language", sorted({row[0] for row in LABELS}))
def test_the_labels_of_a_language_mean_what_they_say(language: str) -> None:
    found = {(name, words): _role(MEANINGS[name][0], words) for where, name, words in LABELS if where == language}
    wrong = {
        label: role
        for label, role in found.items()
        if role not in MEANINGS[label[0]][1] and role != ELSE.get((language, label[0]))
    }
    assert wrong == {}


def _role(subject: str, words: str) -> str:
    """As the readers of each subject ask: headings of tables match whole, titles and parties from their first word."""
    patterns, folded = vocabulary()[subject], fold(words)
    if subject == "items":
        return next((role for role, pattern in patterns.items() if pattern.fullmatch(folded)), "")
    if subject == "title":
        return next((role for role, pattern in patterns.items() if pattern.match(folded)), "")
    if subject == "party":
        return next((role for role in ("buyer", "seller") if patterns[role].match(folded)), "")
    return role_of(subject, words)


@pytest.mark.parametrize("file", sorted(LANGUAGES.glob("*.toml")), ids=lambda file: file.stem)
def test_a_file_of_words_has_no_subject_or_role_that_nobody_reads(file) -> None:
    import tomllib

    told = tomllib.loads(file.read_text("utf-8"))
    assert {(subject, role) for subject, roles in told.items() for role in roles} <= {
        (subject, role) for subject, roles in ROLES.items() for role in roles
    }
    assert language_file(file.stem)["words"], "a language has its samples"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Dodavatel Odběratel Datum splatnosti Základ daně Celkem k úhradě", "cs"),
        ("Προμηθευτής Πελάτης Ημερομηνία έκδοσης Καθαρή αξία Πληρωτέο ποσό", "el"),
        ("Fatura tarihi Vade tarihi Satıcı Alıcı Ödenecek tutar", "tr"),
        ("Tarikh invois Pembekal Pembeli Jumlah keseluruhan", "ms"),
    ],
)
def test_a_document_is_known_by_its_labels(text: str, language: str) -> None:
    assert language in languages_of(text)
    assert "hu" not in languages_of(text)


@pytest.mark.parametrize(
    ("heading", "role"),
    [("Pos", "position"), ("Item", "description"), ("Nr", "position"), ("Amount", "total"), ("Menge", "quantity")],
)
def test_a_heading_keeps_its_meaning_whatever_other_languages_say(heading: str, role: str) -> None:
    assert _role("items", heading) == role  # Greek has ποσ. for quantities, Spanish ítem for positions


def test_a_misread_word_is_put_right_but_another_is_left() -> None:
    assert fold("T0TAL Tatal Rechnunq") == "total total rechnung"
    assert (
        fold("water dress house tatel dine") == "water dress house tatel dine"
    )  # after, address, hours, state, ordine


def test_letters_without_a_base_letter_are_spelt_out() -> None:
    assert fold("Satıcı Bejjiegħ Kjøper Spłata Straße Итого ΦΠΑ") == "satici bejjiegh kjoper splata strasse itogo phpa"
    assert "satici" in words_of("tr")
