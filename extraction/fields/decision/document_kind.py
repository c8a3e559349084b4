"""What sort of document it is, and how sure that is: an order is no invoice, however much it looks like one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from extraction.evidence import Evidence, Kind
from extraction.fields.candidate import Candidate
from extraction.fields.decision.scoring import certainty, choose, evidence_for
from extraction.fields.document_type.type_candidates import Findings, type_candidates
from extraction.fields.layout.document_layout import DocumentLayout
from extraction.fields.money.labelled_amounts import Amount
from extraction.fields.patterns.document_types import kind_of_type

NAME = "document_type"
"""Of its weights."""


@dataclass(frozen=True)
class KindRead:
    """A document's kind, the probability of that, and its type with its own."""

    kind: Kind
    confidence: float
    type: Evidence


def document_type_candidates(
    sheet: DocumentLayout, amounts: Sequence[Amount], fields: Mapping[str, Evidence]
) -> list[Candidate]:
    """Every type that the document may be of, by what else was found on it."""
    total = fields.get("total")
    return type_candidates(sheet, Findings(amounts, fields.keys(), Decimal(total.value) if total else None))


def read_kind(sheet: DocumentLayout, amounts: Sequence[Amount], fields: Mapping[str, Evidence]) -> KindRead:
    """The likeliest type, and the kind that it is of: as sure as all types of that kind together."""
    choice = choose(NAME, document_type_candidates(sheet, amounts, fields))
    evidence = evidence_for(NAME, choice)
    if choice is None or evidence is None:
        return KindRead("other", 0.5, Evidence("other", 0.5, "derived"))
    kind = kind_of_type(evidence.value)
    shares: defaultdict[Kind, float] = defaultdict(float)
    for name, share in choice.ranked:
        shares[kind_of_type(name)] += share
    together = replace(choice, share=max(choice.share, shares[kind]))
    return KindRead(kind, max(evidence.confidence, certainty(NAME, together)), evidence)
