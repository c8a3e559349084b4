"""Where we ourselves stand on a document, and what that says of who owes whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extraction.evidence import Evidence, Source
from extraction.fields.candidate import Candidate
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.layout.value_location import alphanumeric_key
from extraction.fields.patterns.legal_forms import LEGAL

_ALIKE = 88.0
"""Per cent of two names' letters from which they are one, so that a letter may be misread."""

_MOSTLY = 0.6
"""The share of a cell that our name makes where a label is read with it: "Spett.le Acme GmbH"."""

_SHORTEST = 6
_LONG = 8
"""Letters of our name from which it is ours at the end of any cell: the row above may have been read with it."""
_HEAD, _WINDOW, _FOOT = 0.13, 0.42, 0.85
"""Shares of a page: down to which letterheads stand, and address windows (DIN 5008), and from which footers do."""


@dataclass(frozen=True)
class Ourselves:
    """Who we are: the names that we go by, our VAT number and our accounts' IBANs, "" and empty where not known."""

    names: tuple[str, ...] = ()
    vat_id: str = ""
    ibans: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether a document can be told to name us at all."""
        return bool(self.names or self.vat_id or self.ibans)

    def named(self, name: str | None) -> bool:
        """Whether a name, as it was read, is ours, in spite of case, legal form, a misread letter, a label with it."""
        key = _key(name or "")
        return bool(key) and any(_same(key, _key(own)) for own in self.names)

    def occur(self, parties: Sequence[Candidate], sheet: DocumentLayout) -> bool:
        """Whether a document has our name or one of our numbers anywhere."""
        if any(self.named(one.value) for one in parties):
            return True
        text = alphanumeric_key(sheet.text)
        return any(alphanumeric_key(number) in text for number in (self.vat_id, *self.ibans) if number)

    def numbered(self, number: str) -> bool:
        """Whether it is our VAT number or one of our IBANs."""
        wanted = alphanumeric_key(number)
        return bool(wanted) and wanted in map(alphanumeric_key, (self.vat_id, *self.ibans))


def side_candidates(
    us: Ourselves, fields: Mapping[str, Evidence], parties: Sequence[Candidate], sheet: DocumentLayout
) -> list[Candidate]:
    """That it is owed to us, with what speaks for and against that, and that it is owed by us, its rival.

    `parties` are the names on the pages.
    """
    features = _features(us, fields, parties, sheet)
    read = min((one.recognised for one in parties if us.named(one.value)), default=1.0)
    source: Source = "ocr" if sheet.scanned else "text"
    return [
        Candidate("receivable", 1, None, source, features, read),
        Candidate("payable", 1, None, source, {}, read),
    ]


def _features(
    us: Ourselves, fields: Mapping[str, Evidence], parties: Sequence[Candidate], sheet: DocumentLayout
) -> dict[str, float]:
    ours = [one.features for one in parties if us.named(one.value)]
    theirs = [one for one in parties if not us.named(one.value)]
    text = alphanumeric_key(sheet.text)
    first = min((one["place"] for one in ours), default=1.0)
    signed = {name: name in fields and us.numbered(fields[name].value) for name in ("vat_id", "iban")}
    return {
        "receivable": 1.0,
        "is_vendor": float(_is_us(us, fields.get("vendor"))),
        "is_buyer": float(_is_us(us, fields.get("buyer"))),
        "other_vendor": float("vendor" in fields and not _is_us(us, fields["vendor"])),
        "other_buyer": float("buyer" in fields and not _is_us(us, fields["buyer"])),
        "unnamed": float(not ours),
        "called_seller": max((one["seller"] for one in ours), default=0.0),
        "called_buyer": max((one["buyer"] for one in ours), default=0.0),
        "they_seller": max((one.features["seller"] for one in theirs), default=0.0),
        "they_buyer": max((one.features["buyer"] for one in theirs), default=0.0),
        "letterhead": float(any(one["place"] < _HEAD for one in ours)),
        "window": float(any(_HEAD <= one["place"] < _WINDOW and one["left"] < 0.5 for one in ours) and first >= _HEAD),
        "footer": float(any(one["place"] > _FOOT for one in ours)),
        "address_below": max((one["address_below"] for one in ours), default=0.0),
        "above_us": float(any(_heads(one.features, first) for one in theirs)),
        "below_us": float(any(one.features["legal"] and one.features["place"] > first for one in theirs)),
        "our_vat": float(signed["vat_id"]),
        "our_iban": float(signed["iban"]),
        "their_vat": float("vat_id" in fields and not signed["vat_id"]),
        "their_iban": float("iban" in fields and not signed["iban"]),
        "our_number": float(any(alphanumeric_key(one) in text for one in (us.vat_id, *us.ibans) if one)),
    }


def _heads(features: Mapping[str, float], first: float) -> bool:
    """Whether somebody's name stands over ours, as that of whose letter it is."""
    named = features["legal"] or features["trade"] or features["domain"]
    return bool(named) and features["place"] < min(first, _WINDOW) - 0.01


def _is_us(us: Ourselves, found: Evidence | None) -> bool:
    return found is not None and us.named(found.value)


def _key(name: str) -> str:
    return alphanumeric_key(LEGAL.sub("", name)) or alphanumeric_key(name)


def _same(read: str, own: str) -> bool:
    if read == own or fuzz.ratio(read, own) >= _ALIKE:
        return True
    if len(own) >= _LONG and read.endswith(own):
        return True
    return len(own) >= _SHORTEST and own in read and len(own) >= _MOSTLY * len(read)
