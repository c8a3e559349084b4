"""Several sources of one document brought together: what is printed, its payment code, the e-invoice inside it.

Each value says where it came from. Sources that agree make it more certain; where they contradict each other in what
matters, the better source is taken and the other is given as the reason to check it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from rapidfuzz import fuzz

from extraction.evidence import CONFIDENCE_THRESHOLD, FIELDS, Evidence, Page, ReadDocument
from extraction.fields.layout.document_layout import DocumentLayout, lay_out
from extraction.fields.layout.value_location import AMOUNTS, PageBox, alphanumeric_key, locate_value
from extraction.payment_qr import PaymentCode, evidence_of

_MOST = 0.999  # however many sources agree
_DISPUTED = 0.7
_HEARD = CONFIDENCE_THRESHOLD  # of a contradiction: what is less certain is more likely misread
_HEARD_IN_TEXT = 0.6
_LONG_ENOUGH = 4  # letters of a name that may be a part of the other
_ALIKE = 85.0  # per cent of two names' letters from which they are one, so that a letter may be misread
_PRINT = "the print says"
_SAYS = {"qr": "the payment code says", "xml": "the e-invoice says"}
_DISPUTABLE = frozenset({"total", "number", "currency", "iban", "issue_date", "due_date"})


def merge_payment_codes(
    documents: Sequence[ReadDocument], codes: Sequence[PaymentCode], pages: Sequence[Page]
) -> tuple[ReadDocument, ...]:
    """The printed documents, each together with the payment code on its pages, if it has one.

    Of several payments that of the printed total is taken, else the first that has an amount, else the first; that
    there are more is a reason to check. What was taken for a receipt or for something else is an invoice by its code.
    """
    return tuple(
        _with_code(document, [code for code in codes if code.page in document.pages], pages) for document in documents
    )


def merge_einvoice(
    documents: Sequence[ReadDocument], stated: Sequence[ReadDocument], pages: Sequence[Page]
) -> tuple[ReadDocument, ...]:
    """What an e-invoice says, placed where it is printed; the printed documents where there is no e-invoice."""
    if not stated or not documents:
        return tuple(stated or documents)
    sheet = lay_out(pages)
    numbers = tuple(page.number for page in pages)
    return tuple(_printed_as(document, documents, numbers, sheet) for document in stated)


def _with_code(document: ReadDocument, codes: Sequence[PaymentCode], pages: Sequence[Page]) -> ReadDocument:
    payments = {code.payment: code for code in reversed(codes)}  # the same payment twice is one
    if not payments:
        return document
    printed = document.value("total")
    code = _most_fitting(sorted(payments.values(), key=codes.index), Decimal(printed) if printed else None)
    stated = evidence_of(code.payment, code.page, code.box)
    if len(payments) > 1:
        reason = f"one of {len(payments)} payment codes"
        doubted = stated.keys() & {"total", "iban"}
        stated |= {name: replace(stated[name], confidence=_DISPUTED, reason=reason) for name in doubted}
    fields = _over(stated, document.fields, lay_out([page for page in pages if page.number in document.pages]))
    if not (code.payment.asks and _asks_to_be_paid(document)):
        return replace(document, fields=fields)
    asked = Evidence("invoice", _MOST, "qr", code.page, code.box)
    return replace(document, kind="invoice", kind_confidence=_MOST, type=asked, fields=fields)


def _asks_to_be_paid(document: ReadDocument) -> bool:
    """Whether a payment code makes it an invoice: what is to be paid has not been paid yet, though a slip on it may be
    headed "receipt". A reminder or a pro forma invoice that says what it is stays that."""
    named = document.type is not None and document.type.value not in ("other", "receipt")
    sure = document.kind_confidence >= CONFIDENCE_THRESHOLD
    return document.kind == "receipt" or (document.kind == "other" and not (named and sure))


def _most_fitting(codes: Sequence[PaymentCode], total: Decimal | None) -> PaymentCode:
    """The first of the printed total, else the first that has an amount, else the first."""
    with_amount = [code for code in codes if code.payment.amount is not None]
    of_total = [code for code in with_amount if code.payment.amount == total]
    return (of_total or with_amount or list(codes))[0]


def _printed_as(
    stated: ReadDocument, documents: Sequence[ReadDocument], numbers: tuple[int, ...], sheet: DocumentLayout
) -> ReadDocument:
    """The e-invoice over whichever printed document agrees most with it."""

    def agreement(document: ReadDocument) -> int:
        return sum(
            name in stated.fields and _same(name, stated.fields[name], found) for name, found in document.fields.items()
        )

    printed = max(documents, key=agreement)
    fields = _over(stated.fields, printed.fields, sheet)
    return replace(
        stated,
        pages=numbers,
        views=printed.views,
        fields=fields,
        lines=stated.lines or printed.lines,
        taxes=stated.taxes or printed.taxes,
        discounts=stated.discounts or printed.discounts,
        tax_category=stated.tax_category or (None if stated.taxes else printed.tax_category),
    )


def _over(stated: Mapping[str, Evidence], read: Mapping[str, Evidence], sheet: DocumentLayout) -> dict[str, Evidence]:
    """Fields of both, in the usual order: what is `stated` exactly goes before what was `read`."""
    fields = {}
    for name in FIELDS:
        better, other = stated.get(name), read.get(name)
        if better and other:
            fields[name] = _weighed(name, better, other, sheet)
        elif better:
            fields[name] = _placed(better, locate_value(sheet, name, better.value))
        elif other:
            fields[name] = other
    return fields


def _weighed(name: str, stated: Evidence, other: Evidence, sheet: DocumentLayout) -> Evidence:
    if _same(name, stated, other):
        return _agreed(stated, other)
    if stated.source == "derived" and other.confidence > stated.confidence:
        return other
    places = locate_value(sheet, name, stated.value)
    if whole := next((place for place in places if _holds(place, other)), None):
        return _agreed(stated, replace(other, page=whole[0], box=whole[1]))
    placed = _placed(stated, places)
    if stated.source == "qr" and name == "vendor" and other.confidence >= _HEARD:
        # Whom to pay need not be who sent the invoice: a bank or a factor may be.
        surer = max(placed, other, key=lambda found: found.confidence)
        return _disputed(name, surer, other if surer is placed else placed)
    # A payment code's amount is printed beside it, which says nothing of the invoice's total.
    contradicted = name in _DISPUTABLE and (not places or (name == "total" and stated.source == "qr"))
    return _disputed(name, placed, other) if contradicted and _counts(other) else placed


def _counts(contradiction: Evidence) -> bool:
    """Whether it is sure enough to be heard; a text layer is not misread, only taken for the wrong field."""
    least = _HEARD_IN_TEXT if contradiction.source == "text" else _HEARD
    return contradiction.confidence >= least and contradiction.source != "derived"


def _agreed(stated: Evidence, other: Evidence) -> Evidence:
    """The value with the place where it is printed; as certain as two sources make it, unless it is in doubt itself."""
    page, box = (other.page, other.box) if other.box else (stated.page, stated.box)
    if stated.confidence < CONFIDENCE_THRESHOLD and stated.reason:
        return replace(stated, page=page, box=box)
    certain = max(stated.confidence, min(_MOST, 1 - (1 - stated.confidence) * (1 - other.confidence)))
    return replace(stated, confidence=certain, page=page, box=box)


def _disputed(name: str, taken: Evidence, other: Evidence) -> Evidence:
    value = f"{Decimal(other.value):,}" if name in AMOUNTS else other.value
    return replace(
        taken, confidence=min(taken.confidence, _DISPUTED), reason=f"{_SAYS.get(other.source, _PRINT)} {value}"
    )


def _placed(found: Evidence, places: Sequence[PageBox]) -> Evidence:
    """The value in the likeliest place where it is printed, or as it was where it is printed nowhere."""
    return replace(found, page=places[0][0], box=places[0][1]) if places else found


def _holds(place: PageBox, read: Evidence) -> bool:
    """Whether what was read stands within a place: a part of what is printed there, such as 949.75 of 123 949.75."""
    page, (x0, y0, x1, y1) = place
    if read.box is None or read.page != page:
        return False
    across, down = (read.box[0] + read.box[2]) / 2, (read.box[1] + read.box[3]) / 2
    return x0 <= across <= x1 and y0 <= down <= y1


def _same(name: str, one: Evidence, other: Evidence) -> bool:
    if name in AMOUNTS:
        return Decimal(one.value) == Decimal(other.value)
    first, second = alphanumeric_key(one.value), alphanumeric_key(other.value)
    if name in ("vendor", "buyer"):
        shorter, longer = sorted((first, second), key=len)
        return fuzz.ratio(first, second) >= _ALIKE or (len(shorter) >= _LONG_ENOUGH and shorter in longer)
    return first == second
