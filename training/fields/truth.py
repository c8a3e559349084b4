"""Which of a field's candidates is right, by what a data set says of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, get_args

from extraction.bench.correctness import RULES, alike
from extraction.evidence import Kind
from extraction.fields.patterns.document_types import kind_of_type

Truth = Mapping[str, Any]

_RULES = dict(RULES.values())
_NAMES = {"buyer": ("buyer", "customer"), "vat_id": ("vat_id", "vendor_vat_id")}
"""What some sets call a field, where it is not its own name."""


_TYPE = "document_type"
_KINDS = frozenset(get_args(Kind))


def known(field: str, truth: Truth) -> bool:
    """Whether the truth has the field; a type also where it has only the kind."""
    if field == _TYPE:
        return _TYPE in truth or truth.get("kind") in _KINDS
    return any(name in truth for name in _NAMES.get(field, (field,)))


def is_right(field: str, value: str, truth: Truth) -> bool:
    """Whether a value is what the truth says, by the bench's rules where it has one for the field."""
    if not known(field, truth):
        return False
    if field == _TYPE:
        return value == truth[_TYPE] if _TYPE in truth else kind_of_type(value) == truth["kind"]
    if field in _RULES:
        return _RULES[field](value, truth)
    wanted = str(next(truth[name] for name in _NAMES.get(field, (field,)) if name in truth))
    compare = _COMPARED.get(field, _plain)
    return compare(value, wanted)


def _equal(value: str, wanted: str) -> bool:
    return Decimal(value) == Decimal(wanted)


def _plain(value: str, wanted: str) -> bool:
    return "".join(value.split()).casefold() == "".join(wanted.split()).casefold()


_COMPARED: dict[str, Callable[[str, str], bool]] = {"subtotal": _equal, "tax": _equal, "tip": _equal, "buyer": alike}
