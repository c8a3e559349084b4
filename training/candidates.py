"""What each field may be on a document, and which of that is right: the questions that the models are fitted to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from extraction.bench.compare import RULES, alike
from extraction.fields.currency import currency_candidates, decimals_of, read_currency
from extraction.fields.date_fields import date_candidates, due_candidates
from extraction.fields.labelled import Amount, amounts_of
from extraction.fields.parties import buyer_candidates, party_candidates
from extraction.fields.references import reference_candidates
from extraction.fields.scoring import Candidate, choose, evidence
from extraction.fields.sheet import Sheet
from extraction.fields.totals import part_candidates, total_candidates

FIELDS = ("currency", "total", "issue_date", "number", "vendor", "vat_id", "iban", "bic")
"""Fields that depend on no other but the currency, in which amounts are written."""

DEPENDENT = ("subtotal", "tax", "tip", "due_date", "buyer", "purchase_order", "payment_reference")
"""Fields whose candidates depend on what was chosen for one of the others."""

Truth = Mapping[str, Any]

_RULES = dict(RULES.values())
_NAMES = {"buyer": ("buyer", "customer"), "vat_id": ("vat_id", "vendor_vat_id")}
"""What some sets call a field, where it is not its own name."""


def candidates_of(field: str, sheet: Sheet) -> Sequence[Candidate]:
    """Every value that the field may have, by the weights in force for the fields that it depends on."""
    match field:
        case "currency":
            return list(currency_candidates(sheet))
        case "total":
            return total_candidates(*_amounts(sheet))
        case "subtotal" | "tax" | "tip":
            amounts, decimals = _amounts(sheet)
            return part_candidates(field, amounts, choose("total", total_candidates(amounts, decimals)), decimals)
        case "issue_date":
            return date_candidates(sheet)
        case "due_date":
            days = date_candidates(sheet)
            return due_candidates(days, evidence("issue_date", choose("issue_date", days)))
        case "vendor":
            return list(party_candidates(sheet))
        case "buyer":
            parties = list(party_candidates(sheet))
            return buyer_candidates(parties, evidence("vendor", choose("vendor", parties)))
        case _:
            return reference_candidates(sheet)[field]


def known(field: str, truth: Truth) -> bool:
    """Whether the truth has the field."""
    return any(name in truth for name in _NAMES.get(field, (field,)))


def is_right(field: str, value: str, truth: Truth) -> bool:
    """Whether a value is what the truth says, by the bench's rules where it has one for the field."""
    if not known(field, truth):
        return False
    if field in _RULES:
        return _RULES[field](value, truth)
    wanted = str(next(truth[name] for name in _NAMES.get(field, (field,)) if name in truth))
    compare = _COMPARED.get(field, _plain)
    return compare(value, wanted)


def _amounts(sheet: Sheet) -> tuple[list[Amount], int]:
    currency = read_currency(sheet)
    decimals = decimals_of(currency.value if currency else None)
    return amounts_of(sheet, decimals), decimals


def _equal(value: str, wanted: str) -> bool:
    return Decimal(value) == Decimal(wanted)


def _plain(value: str, wanted: str) -> bool:
    return "".join(value.split()).casefold() == "".join(wanted.split()).casefold()


_COMPARED: dict[str, Callable[[str, str], bool]] = {"subtotal": _equal, "tax": _equal, "tip": _equal, "buyer": alike}
