"""What reading a document yields: values, each with how sure we are and where it stands.

The shapes here are the contract of `billify read --json` (see `to_contract`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from extraction.bank_statement import BankStatement, StatementTable

Box = tuple[float, float, float, float]
"""x0, y0, x1, y1, origin top left; pixels of the upright page picture, or PDF points for a text layer."""

Source = Literal["xml", "qr", "text", "ocr", "derived"]
Kind = Literal["invoice", "receipt", "credit_note", "statement", "other"]
DocumentType = Literal[
    "invoice", "receipt", "credit_note", "proforma_invoice", "reminder", "statement_of_account", "bank_statement",
    "order", "order_confirmation", "quotation", "delivery_note", "contract", "payslip", "other",
]  # fmt: skip
"""What sort of document it is, more finely than by kind: sorts of UNTDID 1001 (BT-3 of EN 16931), in snake case."""

Side = Literal["payable", "receivable"]

FIELDS = (
    "vendor",
    "buyer",
    "number",
    "issue_date",
    "due_date",
    "currency",
    "subtotal",
    "tax",
    "tip",
    "total",
    "iban",
    "bic",
    "payment_account",
    "payment_reference",
    "vat_id",
    "purchase_order",
)
"""Names of fields, in the order in which they are shown. Terms of EN 16931 in snake case.

`payment_account` (BT-84) is where to pay that is no IBAN: an address of UPI, a key of PIX.
"""

CONFIDENCE_THRESHOLD = 0.85
"""A value less probable than this is shown as something to check.

Measured on vendors unseen in training (`training/fields/fit_weights.py`): of 206 totals of scanned receipts, text
layers and samples 191 were above it, of which two were wrong; for one of them the truth names another amount than the
total.
"""


@dataclass(frozen=True)
class Word:
    """A piece of text with its place. `page` counts from 1; `confidence` is the recogniser's, 1 for a text layer."""

    text: str
    box: Box
    page: int = 1
    confidence: float = 1.0


@dataclass(frozen=True)
class View:
    """How a page of a file was looked at: which of several papers on its picture, from 0, and which way up.

    `turns` are the quarter turns clockwise that brought it upright.
    """

    paper: int = 0
    turns: int = 0


WHOLE = View()
"""A page as it stands in its file."""


@dataclass(frozen=True)
class Page:
    """A page as it was read. `width`, `height` are in the unit of its boxes (pixels or PDF points).

    Boxes are those of the upright page. Several papers on one picture are pages of the same number. `hidden`: its words
    are a text layer that nobody sees over a picture, as scan apps write what they read.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    source: Literal["text", "ocr"]
    view: View = WHOLE
    hidden: bool = False


@dataclass(frozen=True)
class Evidence:
    """One value that was found. A field that was not found has no Evidence at all.

    `value` is normalised text: amounts as decimals with a dot ("1249.50"), dates ISO 8601, currency ISO 4217.
    `confidence` is the probability that the value is right, 0 to 1. `box` is None when the value stands nowhere
    by itself. `reason` is a short phrase for a person when the value needs one ('from "30 days net"').
    """

    value: str
    confidence: float
    source: Source
    page: int = 1
    box: Box | None = None
    reason: str = ""


@dataclass(frozen=True)
class LineItem:
    """A line of an invoice; amounts and quantity are decimal strings, None where the line does not say."""

    description: str
    quantity: str | None = None
    unit_price: str | None = None
    total: str | None = None


@dataclass(frozen=True)
class TaxLine:
    """Tax of one rate (BG-23 of EN 16931): per cent, the amount it is on, how much it makes; decimal strings.

    `net` and `tax` are None where the document does not say. `confidence` is the probability that all three are right.
    `category` is that of an e-invoice (BT-118), None where none is stated.
    """

    rate: str
    net: str | None
    tax: str | None
    source: Source = "text"
    confidence: float = 1.0
    category: str | None = None


@dataclass(frozen=True)
class CashDiscount:
    """One step of a discount for early payment (Skonto; a part of BT-20 of EN 16931).

    `amount` is what may be taken off: per cent of the total ("2%"), or an amount. `until` is the last day, ISO 8601.
    """

    amount: Evidence
    until: Evidence


@dataclass(frozen=True)
class ReadDocument:
    """One business document: what it is, on which pages of the file (from 1), and what it says.

    `taxes` has a line for each rate that is stated, lowest first; empty where no rate is. `views` are those of `pages`,
    one each; empty where every page was read whole and as it stood. `discounts` are the steps of a discount for early
    payment, earliest first.

    `type` says more finely what it is, with how probable that is; `kind_confidence` is the probability of its kind.
    `side` is "receivable" of what we issued, else "payable"; None until it is looked at by whoever we are.
    `preceding_invoice` is the number of the invoice that a paper refers to (BT-25 of EN 16931), `other_name` another
    name of the vendor: a company's trading name (BT-28), or the company behind a shop's (BT-27). `copies` says how many
    prints of it are in the file. `tax_category` is how all of it is treated for VAT (BT-118), where no tax is charged
    and something says why; `vendor_country` and `buyer_country` (ISO 3166-1) are where the parties are.
    """

    kind: Kind
    pages: tuple[int, ...]
    fields: dict[str, Evidence]
    lines: tuple[LineItem, ...] = ()
    taxes: tuple[TaxLine, ...] = ()
    views: tuple[View, ...] = ()
    discounts: tuple[CashDiscount, ...] = ()
    kind_confidence: float = 1.0
    type: Evidence | None = None
    side: Evidence | None = None
    preceding_invoice: Evidence | None = None
    other_name: Evidence | None = None
    copies: int = 1
    tax_category: Evidence | None = None
    vendor_country: Evidence | None = None
    buyer_country: Evidence | None = None

    def view_of(self, page: int) -> View:
        """How one of its pages was looked at."""
        return self.views[self.pages.index(page)] if self.views and page in self.pages else WHOLE

    def value(self, name: str) -> str | None:
        """The value of a field, None when it was not found."""
        found = self.fields.get(name)
        return found.value if found else None


def pages_of(document: ReadDocument, pages: Sequence[Page]) -> tuple[Page, ...]:
    """Those of a file's pages that the document stands on."""
    return tuple(page for page in pages if page.number in document.pages and page.view == document.view_of(page.number))


@dataclass(frozen=True)
class Problem:
    """Why a file could not be read. `message` is for the sender and says what to do next."""

    code: str
    message: str


@dataclass(frozen=True)
class Reading:
    """All that reading one file yields: documents, or else a problem.

    `notice` is for the sender and says what of the file was left out; empty when nothing was. The file of a bank has
    `statements`, and, where it is a table, the `table` that they were guessed from.
    """

    documents: tuple[ReadDocument, ...] = ()
    problem: Problem | None = None
    media_type: str = "application/octet-stream"
    seconds: float = 0.0
    pages: tuple[Page, ...] = field(default=(), repr=False)
    notice: str = ""
    statements: tuple[BankStatement, ...] = field(default=(), repr=False)
    table: StatementTable | None = field(default=None, repr=False)


def _judged(found: Evidence | None) -> dict[str, Any] | None:
    return {"value": found.value, "confidence": round(found.confidence, 3)} if found else None


def to_contract(file: str, reading: Reading) -> dict[str, Any]:
    """The JSON object that `billify read --json` prints for one file."""
    return {
        "file": file,
        "seconds": round(reading.seconds, 3),
        "error": {"code": reading.problem.code, "message": reading.problem.message} if reading.problem else None,
        "documents": [
            {
                "kind": document.kind,
                "kind_confidence": round(document.kind_confidence, 3),
                "document_type": _judged(document.type),
                "side": _judged(document.side),
                "preceding_invoice": _judged(document.preceding_invoice),
                "other_name": _judged(document.other_name),
                "copies": document.copies,
                "pages": list(document.pages),
                "fields": {
                    name: {
                        "value": found.value,
                        "confidence": round(found.confidence, 3),
                        "page": found.page,
                        "box": [round(x, 1) for x in found.box] if found.box else None,
                        "source": found.source,
                    }
                    for name, found in document.fields.items()
                },
                "lines": [
                    {
                        "description": line.description,
                        "quantity": line.quantity,
                        "unit_price": line.unit_price,
                        "total": line.total,
                    }
                    for line in document.lines
                ],
                "taxes": [
                    {
                        "rate": line.rate,
                        "net": line.net,
                        "tax": line.tax,
                        "confidence": round(line.confidence, 3),
                        "source": line.source,
                    }
                    for line in document.taxes
                ],
            }
            for document in reading.documents
        ],
    }
