"""The vendor's other name: a company's trading name (BT-28 of EN 16931), or the company that runs a shop (BT-27)."""

from __future__ import annotations

from collections.abc import Iterable

from extraction.evidence import Evidence
from extraction.fields.candidate import Candidate
from extraction.fields.parties.party_features import NEVER
from extraction.fields.patterns.vocabulary import fold

_MOST = 0.8
"""How sure it is at most: it is kept so that it is found, and never shown as certain."""

_HEAD = 0.3
"""The share of the page, from its top, in which a trading name stands."""
_LEGIBLE = 0.5
_SIGNS = ("numbered", "registered", "owner")
"""Features of a company that signs for the paper, one of which it has."""


def other_name(candidates: Iterable[Candidate], vendor: Evidence | None) -> Evidence | None:
    """The likeliest other name of the vendor, by the candidates that it was chosen from; None where there is none.

    A buyer is nobody's other name: a company counts only where it signs for the paper, a shop at its head.
    """
    if vendor is None:
        return None
    parties = list(candidates)
    legal = any(one.features["legal"] for one in parties if one.value == vendor.value)
    fits = _trades if legal else _runs
    found = [one for one in parties if _is_another(one, vendor.value) and fits(one)]
    best = max(found, key=lambda one: (one.recognised, -one.features["place"]), default=None)
    if best is None:
        return None
    return Evidence(best.value, min(_MOST, best.recognised), best.source, best.page, best.box)


def _is_another(one: Candidate, vendor: str) -> bool:
    """Whether it is a name, legible, and says more than a part of the vendor's, or less."""
    told, own, theirs = one.features, fold(one.value).split(), fold(vendor).split()
    if any(told[reason] for reason in (*NEVER, "buyer", "client", "others")) or one.recognised < _LEGIBLE:
        return False
    return not (set(own) <= set(theirs) or set(theirs) <= set(own))


def _trades(one: Candidate) -> bool:
    """Whether it is a shop's name at the head, or the name of a web address."""
    told = one.features
    plain = not told["legal"] and told["talk"] < 0.3 and told["worded"] < 0.5 and not told["digits"]
    return plain and bool(told["domain"] or (told["first"] > 0.5 and told["place"] < _HEAD))


def _runs(one: Candidate) -> bool:
    """Whether it is a company that signs for the paper."""
    return bool(one.features["legal"]) and any(one.features[sign] for sign in _SIGNS)
