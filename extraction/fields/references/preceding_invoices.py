"""Which numbers on a paper are another's: of the invoice that it refers to (BT-25 of EN 16931).

A credit note names the invoice that it corrects, a reminder the one that is open, a final invoice those of parts before
it. Their numbers are labelled as a document's own number is, so they are told apart before that is chosen: by words
("for our invoice"), and by a title that says that the paper is no invoice itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extraction.evidence import DocumentType, Evidence
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.rows import Row
from extraction.fields.layout.titles import Title, leading, titles_of
from extraction.fields.patterns.document_types import document_types, plain_words
from extraction.fields.patterns.vocabulary import fold, vocabulary
from extraction.fields.references.document_numbers import Numbered, numbered_tokens

SPEAKS = frozenset({"reminder", "credit_note", "delivery_note", "order_confirmation"})
"""Types that name one bill where they name any."""

_NAME_MANY = frozenset({"statement_of_account", "bank_statement"})

_NAMED_ON_INVOICES = frozenset({"delivery_note", "order_confirmation"})
"""Of these, what an invoice names as well: without a title of an invoice only are they what the paper is."""

_BELOW = 3
"""Rows below its title in which a number without a name is the paper's own."""

_NUMBER_WORDS = frozenset(
    ("no", "nr", "n", "o", "num", "numero", "number", "nummer", "numer", "cislo", "c", "st", "br", "id", "#", "vat")
)
_CZECH_TITLE = frozenset({"danovy", "doklad"})  # "faktura - daňový doklad č. 12"
_NUMBER_ENDING = re.compile(r"s?(?:nummer|numero|numer|nr|no|szam|numurs)$")
_NUMBER = re.compile(r"(?=\S*\d)[A-Z0-9][\w/.-]*\w", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_SURE, _EITHER = 0.9, 0.6


@dataclass(frozen=True)
class Numbers:
    """What a paper calls its own number, each with its role ("invoice" or "order"), and the numbers of other bills."""

    own: Sequence[tuple[Numbered, str]]
    preceding: Sequence[Numbered]


def numbers_of(sheet: DocumentLayout) -> Numbers:
    """All that is called the number of a bill or an order, the paper's own apart from those of others.

    A value that is also called the paper's own is no other's, and what calls nothing its own means itself.
    """
    title = _title(sheet)
    own: list[tuple[Numbered, str]] = []
    bills: list[Numbered] = []  # called an invoice's, on a paper that calls itself otherwise
    others: list[Numbered] = []
    for token in numbered_tokens(sheet):
        role = token.role or _role_under(title, token)
        if role not in ("payment", "order") and _is_others(token, title):
            others.append(token)
        elif role == "invoice" and title and title.type in SPEAKS and _names_invoice(token.label, title.type):
            bills.append(token)
        elif role in ("invoice", "order"):
            own.append((token, role))
    if not any(role == "invoice" for _, role in own):
        if title is None or title.type not in SPEAKS:
            return Numbers([*own, *((token, "invoice") for token in others)], ())
        if title.type == "credit_note":  # many call its number an invoice's
            own += [(token, "invoice") for token in bills]
            bills = []
    known = {token.text for token, role in own if role == "invoice"}
    return Numbers(own, [token for token in (*others, *bills) if token.text not in known])


def preceding_invoice(sheet: DocumentLayout, numbers: Numbers, document_type: str) -> Evidence | None:
    """The number of the invoice that is referred to, of several the first; None for none, or a type that names many."""
    if document_type in _NAME_MANY:
        return None
    found = [(token.row, token.start, token.end) for token in numbers.preceding]
    if not found and document_type in SPEAKS:
        found = [one for row in sheet.rows for one in _in_sentences(row)]
    if not found:
        return None
    row, start, end = min(found, key=lambda one: (one[0].index, one[1]))
    several = len({row.text[start:end] for row, start, end in found}) > 1
    sure = _EITHER if several else _SURE
    return Evidence(
        row.text[start:end], min(sure, row.confidence_of(start, end)), row.source, row.page, row.box_of(start, end)
    )


def _title(sheet: DocumentLayout) -> Title | None:
    """What the paper calls itself on its first page, None where that cannot be told."""
    titles = titles_of([row for row in sheet.rows if row.page == sheet.pages[0].number])
    first = leading(titles)
    if first and first.type in _NAMED_ON_INVOICES:
        return leading([title for title in titles if title.type == "invoice"]) or first
    return first


def _role_under(title: Title | None, token: Numbered) -> str:
    """The role of a number that is named by the paper's own title, or by nothing and stands below it."""
    if title is None or title.type not in SPEAKS:
        return ""
    words = plain_words(token.label)
    if document_types()[title.type].title.search(words):
        return "invoice"
    near = 0 <= token.row.index - title.row.index <= _BELOW and token.row.page == title.row.page
    return "invoice" if near and words and all(word in _NUMBER_WORDS for word in words.split()) else ""


def _is_others(token: Numbered, title: Title | None) -> bool:
    """Whether the words before a number say that it is another bill's; a bill for a part may be titled so itself."""
    if not any(char.isdigit() for char in token.text[1:]):
        return False
    label = fold(token.label)
    spoken = {
        role
        for role, pattern in vocabulary()["reference"].items()
        for found in pattern.finditer(label)
        if set(label[found.end() :].split()) <= _NUMBER_WORDS
    }
    return "preceding" in spoken or ("advance" in spoken and (title is None or token.row is not title.row))


def _names_invoice(label: str, own: DocumentType) -> bool:
    """Whether a label calls a number an invoice's, and not that of a paper of the type `own`."""
    words = plain_words(label)
    if document_types()[own].title.search(words):
        return False
    invoice = document_types()["invoice"].title
    return any(invoice.fullmatch(_NUMBER_ENDING.sub("", word)) for word in words.split())


def _in_sentences(row: Row) -> Iterator[tuple[Row, int, int]]:
    """Where the numbers stand that follow the word for invoice, dates aside."""
    invoice = document_types()["invoice"].title
    named = False
    for token in re.finditer(r"\S+", row.text):
        words = plain_words(token[0])
        if invoice.fullmatch(words):
            named = True
        elif named and words and words not in _NUMBER_WORDS | _CZECH_TITLE:
            number = _NUMBER.search(token[0])
            if number and not _DATE.fullmatch(number[0]):
                yield row, token.start() + number.start(), token.start() + number.end()
            named = False
