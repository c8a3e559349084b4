"""Where in a file a new document begins: by what each page says of itself, read as if it stood alone.

Unless there is evidence of a beginning, a page belongs to the document before it: an invoice torn in two is worse
than two that arrive as one, since a person sees at once what was joined, but seldom misses what was never read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.evidence import Evidence, Page, ReadDocument
from extraction.fields.decision.read_documents import read_documents
from extraction.fields.layout.rows import Row, rows_of
from extraction.fields.layout.value_location import alphanumeric_key
from extraction.splitting.boilerplate_pages import is_blank, is_terms_and_conditions
from extraction.splitting.copies import is_copy_of
from extraction.splitting.page_numbers import Numbering, numbering_of

_SURE = 0.8  # confidence of a value that counts as evidence
_HEAD = 0.5  # share of the page, from its top, in which the number of a new document stands
_SHORTEST = 3  # letters and digits of a document's number
_TELLING = 5  # of one that is not found on a page by chance
_BILLS = frozenset({"invoice", "receipt", "credit_note"})


@dataclass(frozen=True)
class DocumentPages:
    """The pages of one document, in order. `told` are those that say something of it, at least one, and of several
    prints those of the first; `copies` is how many prints there are."""

    pages: tuple[Page, ...]
    told: tuple[Page, ...]
    copies: int = 1


@dataclass(frozen=True)
class _Sheet:
    """What a page says by itself. `silent` pages are blank or small print."""

    page: Page
    text: str
    numbering: Numbering | None
    silent: bool
    read: ReadDocument

    def sure(self, name: str) -> Evidence | None:
        """A field that was found and is believed."""
        found = self.read.fields.get(name)
        return found if found and found.confidence >= _SURE else None

    @property
    def number(self) -> str:
        """The number that the page gives its document, letters and digits only; "" where it gives none."""
        found = self.sure("number")
        number = alphanumeric_key(found.value) if found else ""
        return number if len(number) >= _SHORTEST else ""

    @property
    def is_document(self) -> bool:
        """Whether it says what it is: a bill, or surely a paper that is none. Pages of conditions read as contracts."""
        named = self.read.type is not None and self.read.type.value not in ("other", "contract")
        return self.read.kind in _BILLS or (named and self.read.kind_confidence >= _SURE)

    @property
    def is_bill(self) -> bool:
        """Whether it could be a document of its own: one that asks for money or says that it was paid."""
        return self.read.kind in _BILLS and self.sure("total") is not None


@dataclass
class _Open:
    """The document that pages are being added to."""

    sheets: list[_Sheet] = field(default_factory=list)

    @property
    def last(self) -> _Sheet:
        """The last page that says something, else the last."""
        return next((sheet for sheet in reversed(self.sheets) if not sheet.silent), self.sheets[-1])

    @property
    def numbers(self) -> set[str]:
        return {sheet.number for sheet in self.sheets if sheet.number}

    def bundle(self) -> DocumentPages:
        pages = tuple(sheet.page for sheet in self.sheets)
        told: list[Page] = []
        prints: Counter[int] = Counter()
        for sheet in self.sheets:
            if sheet.silent:
                continue
            first = next((at for at, page in enumerate(told) if is_copy_of(sheet.page, page)), None)
            if first is None:
                told.append(sheet.page)
            else:
                prints[first] += 1
        return DocumentPages(pages, tuple(told) or pages, 1 + max(prints.values(), default=0))

    def has(self, page: Page) -> bool:
        """Whether the page is another print of one of its pages."""
        return any(not sheet.silent and is_copy_of(page, sheet.page) for sheet in self.sheets)


def split_into_documents(pages: Sequence[Page]) -> tuple[DocumentPages, ...]:
    """The documents on the pages of one file, in order; every page is in exactly one of them."""
    if len(pages) < 2:
        return tuple(DocumentPages((page,), (page,)) for page in pages)
    documents: list[_Open] = []
    for sheet in map(_sheet, pages):
        if documents and _goes_on(sheet, documents[-1]):
            documents[-1].sheets.append(sheet)
        else:
            documents.append(_Open([sheet]))
    return tuple(document.bundle() for document in documents)


def _sheet(page: Page) -> _Sheet:
    rows = rows_of([page])
    (read,) = read_documents([page])
    return _Sheet(page, _squeezed(rows), numbering_of(rows), is_blank(rows) or is_terms_and_conditions(rows), read)


def _squeezed(rows: Sequence[Row]) -> str:
    return alphanumeric_key(" ".join(row.text for row in rows))


def _is_silent(document: _Open) -> bool:
    """Whether nothing was said yet: blank pages in front belong to what follows."""
    return all(sheet.silent for sheet in document.sheets)


def _goes_on(sheet: _Sheet, before: _Open) -> bool:
    """Whether a page belongs to the document before it. Blank pages in front belong to what follows."""
    if sheet.page.number == before.sheets[-1].page.number:  # another paper on the same picture
        return False
    return sheet.silent or _is_silent(before) or before.has(sheet.page) or not _begins(sheet, before)


def _begins(sheet: _Sheet, before: _Open) -> bool:
    """Whether a document begins with this page, by what it says."""
    last = before.last
    if sheet.numbering and last.numbering and sheet.numbering.follows(last.numbering):
        return False
    if sheet.number and sheet.number in before.numbers:
        return False
    first = sheet.numbering is not None and sheet.numbering.number == 1
    if sheet.number and before.numbers and (first or _has_head(sheet)):
        return not _named_on(sheet, before)
    if first and (last.numbering or (sheet.numbering and sheet.numbering.count)):
        return sheet.read.kind in _BILLS or sheet.sure("total") is not None
    return last.is_bill and (_has_head(sheet) or (_is_slip(sheet) and _is_slip(last) and _other_total(sheet, last)))


def _named_on(sheet: _Sheet, before: _Open) -> bool:
    """Whether the page speaks of the document before it, by its number; a credit note that does is none of it."""
    named = any(len(number) >= _TELLING and number in sheet.text for number in before.numbers)
    return named and sheet.read.kind == before.last.read.kind


def _has_head(sheet: _Sheet) -> bool:
    """Whether the page begins as bills do: with a number and a date of its own in its upper half."""
    number, date = sheet.sure("number"), sheet.sure("issue_date")
    if not sheet.is_document or not number or not date or not number.box or not date.box:
        return False
    return max(number.box[1], date.box[1]) < _HEAD * sheet.page.height


def _is_slip(sheet: _Sheet) -> bool:
    """Whether it is a scanned receipt that is complete by itself, as they come by the stack from a feeder."""
    return sheet.page.source == "ocr" and sheet.is_bill and sheet.numbering is None and "vendor" in sheet.read.fields


def _other_total(sheet: _Sheet, last: _Sheet) -> bool:
    """Whether two slips differ in their total: a card payment's slip repeats that of its receipt."""
    return sheet.read.value("total") != last.read.value("total")
