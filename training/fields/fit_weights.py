"""Fits the weights by which fields are chosen:
`python -m training.fields.fit_weights DATA_FOLDER WORDS_FOLDER [--write]`.

WORDS_FOLDER is what `words.py` keeps. For each field it prints, set by set, how many documents are right and how many
without doubt, by the weights in force and by new ones, and at the end what confidence is worth: how many values are
above a threshold, and how many of those are wrong. Each document is judged by weights fitted without its vendor
(cross-validation); what is written is fitted to all of them. Certainty is fitted to choices of weights that had not
seen the document, with the least caution that keeps what is shown without doubt right (see fields.toml). Equal
documents give equal weights. `--only` fits some fields and leaves the others alone.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from extraction.bench.calibration import THRESHOLDS
from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.fields.candidate import Candidate, Choice
from extraction.fields.decision import scoring
from extraction.fields.decision.field_candidates import DEPENDENT, INDEPENDENT, candidates_of
from extraction.fields.decision.scoring import certainty, choose, reasons, weights
from extraction.fields.layout.document_layout import DocumentLayout, lay_out
from training.fields.logit import Weights, fit_certainty, fit_features
from training.fields.sides import candidates_of_side, seen_from_both_sides
from training.fields.truth import is_right, known
from training.fields.words import Document, configured, documents

_WEIGHTS = Path(scoring.__file__).with_name("weights.toml")
_HEADER = """\
# Weights of the features of candidates, per field: the score of a candidate is the sum of weight x feature, its
# probability the softmax over all candidates and `none` ("it is none of them"). `certainty` turns the share of the
# winner into the confidence that is reported: a logistic of the share's log-odds, the recogniser's confidence, the
# agreement with other values, whether it is a text layer, and features that speak for or against what was chosen.
#
# Written by training/fields/fit_weights.py from the judgement in training/fields/fields.toml and documents with truth:
# do not edit.
"""


@dataclass(frozen=True)
class Case:
    """A document's candidates for a field and which of them are right; none, when it does not have the field."""

    document: Document
    candidates: Sequence[Candidate]
    right: Sequence[bool]


@dataclass(frozen=True)
class Judged:
    """Whether the choice was right, and how sure it was; None where nothing was chosen, right where there is nothing.

    `kind` says how the document was read: by which network, from a transcript, or from its text layer.
    """

    source: str
    kind: str
    right: bool
    confidence: float | None

    def sure(self, threshold: float = CONFIDENCE_THRESHOLD) -> bool:
        """Whether it is shown without doubt where doubt begins below the threshold."""
        return self.confidence is not None and self.confidence >= threshold


def main() -> None:
    """Reads the arguments, fits every field, and writes the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the data sets")
    parser.add_argument("words", type=Path, help="folder that words.py filled")
    parser.add_argument("--write", action="store_true", help=f"to {_WEIGHTS.name}")
    parser.add_argument("--only", nargs="+", metavar="FIELD", default=(*INDEPENDENT, *DEPENDENT, "side"))
    arguments = parser.parse_args()
    options, console = configured(), Console(width=130)
    laid_out = [(document, lay_out(document.pages)) for document in documents(arguments.data, arguments.words)]
    apart = documents(arguments.data, arguments.words, measured_only=True)
    laid_apart = [(document, lay_out(document.pages)) for document in apart]
    judged: dict[str, list[Judged]] = {}
    for field in arguments.only:
        for part, start in options["start"].get(field, {}).items():
            weights()[field][part] = {**start, **weights()[field][part]}  # features that are new
        told = seen_from_both_sides if field == "side" else list
        cases, others = cases_of(field, told(laid_out)), cases_of(field, told(laid_apart))
        before = [judge(field, case) for case in [*cases, *others]]
        judged[field] = fit(field, cases, options)
        judged[field] += [judge(field, case) for case in others]
        console.print(table_of(field, before, judged[field]))
    console.print(table_of_confidence(judged))
    if arguments.write:
        _WEIGHTS.write_text(written())


def cases_of(field: str, laid_out: Iterable[tuple[Document, DocumentLayout]]) -> list[Case]:
    """The documents that tell something of the field."""
    cases = []
    for document, sheet in laid_out:
        if document.pages and sheet.rows and (document.complete or known(field, document.truth)):
            candidates = candidates_of_side(document, sheet) if field == "side" else candidates_of(field, sheet)
            right = [is_right(field, one.value, document.truth) for one in candidates]
            # What is paid is the total rounded for cash; where annotators wrote down the other one, nothing is learnt.
            if not any(good and one.features.get("rounds_to") for one, good in zip(candidates, right, strict=True)):
                cases.append(Case(document, candidates, right))
    return cases


def fit(field: str, cases: Sequence[Case], options: dict[str, Any]) -> list[Judged]:
    """Puts the field's weights in force, fitted to all cases, and returns how they did without each case's vendor."""
    start: dict[str, Weights] = options["start"][field]
    folds = [_fold(case.document.vendor, options["folds"]) for case in cases]
    choices: list[Choice | None] = [None] * len(cases)
    for fold in range(options["folds"]):
        weights()[field]["features"] = _features(field, _without(fold, cases, folds), start, options)
        for at, case in enumerate(cases):
            if folds[at] == fold:
                choices[at] = choose(field, case.candidates)
    chosen = list(zip(cases, choices, strict=True))
    tried = []
    for caution in options["caution"].get(field, options["cautions"]):
        tried.append((caution, _judged_apart(field, chosen, folds, caution, options)))
        if not _too_often_wrong(cases, tried[-1][1], options["most_wrong"]):
            break
    else:  # as few as can be, and no more caution than that takes
        tried.append(min(tried, key=lambda pair: _wrong(cases, pair[1])))
    caution, judged = tried[-1]
    weights()[field] = {
        "features": _features(field, cases, start, options),
        "certainty": _certainty(field, chosen, caution, options),
    }
    return judged


def _judged_apart(
    field: str,
    chosen: Sequence[tuple[Case, Choice | None]],
    folds: Sequence[int],
    caution: float,
    options: dict[str, Any],
) -> list[Judged]:
    """How sure each choice is by a certainty that is fitted without its vendor."""
    judged: dict[int, Judged] = {}
    for fold in range(options["folds"]):
        weights()[field]["certainty"] = _certainty(field, _without(fold, chosen, folds), caution, options)
        judged |= {at: _judged(field, *pair) for at, pair in enumerate(chosen) if folds[at] == fold}
    return [judged[at] for at in range(len(chosen))]


def _too_often_wrong(cases: Sequence[Case], judged: Sequence[Judged], most: float) -> bool:
    """Whether more than that share is wrong of what is shown without doubt; half a wrong one more than was seen."""
    sure = sum(case.document.weight for case, one in _read(cases, judged) if one.sure())
    return _wrong(cases, judged) + 0.5 > most * sure


def _wrong(cases: Sequence[Case], judged: Sequence[Judged]) -> float:
    """How many are wrong without doubt, each as its document weighs."""
    return sum(case.document.weight for case, one in _read(cases, judged) if one.sure() and not one.right)


def _read(cases: Sequence[Case], judged: Sequence[Judged]) -> list[tuple[Case, Judged]]:
    """Those of documents that were not typed by a person: no misreading is in those."""
    return [(case, one) for case, one in zip(cases, judged, strict=True) if one.kind != "transcript"]


def judge(field: str, case: Case) -> Judged:
    """What the weights in force make of a case."""
    return _judged(field, case, choose(field, case.candidates))


def table_of(field: str, before: Sequence[Judged], after: Sequence[Judged]) -> Table:
    """How many were right, and wrong without a doubt, before and after."""
    table = Table(
        field, "documents", "right", "→", "without doubt", "→", "wrong without doubt", "→", title_justify="left"
    )
    for source in dict.fromkeys(one.source for one in before):
        rows = [[one for one in judged if one.source == source] for judged in (before, after)]
        counted = [(sum(one.right for one in row), sum(one.sure() for one in row)) for row in rows]
        wrong = [sum(one.sure() and not one.right for one in row) for row in rows]
        (right, sure), (new_right, new_sure) = counted
        numbers = (len(rows[0]), right, new_right, sure, new_sure, *wrong)
        table.add_row(source, *map(str, numbers))
    return table


def table_of_confidence(judged: Mapping[str, Sequence[Judged]]) -> Table:
    """By field, by how its documents were read, and by threshold: the share without doubt, and ✗ how many are wrong."""
    table = Table("no doubt from", "", "values", *(f"{threshold:g}" for threshold in THRESHOLDS))
    for field, every in judged.items():
        for kind in dict.fromkeys(one.kind for one in every):
            found = [one for one in every if one.kind == kind and one.confidence is not None]
            sure = [[one for one in found if one.sure(threshold)] for threshold in THRESHOLDS]
            cells = [f"{len(row) / len(found):.0%} ✗{sum(not one.right for one in row)}" for row in sure if found]
            table.add_row(field, kind, f"{len(found)}", *cells)
    return table


def written() -> str:
    """The weights in force as `weights.toml`."""
    sections = [
        f"[{field}.{part}]\n" + "".join(f"{name} = {weight:.2f}\n" for name, weight in table.items())
        for field, parts in weights().items()
        for part, table in parts.items()
    ]
    return "\n".join([_HEADER, *sections])


def _features(field: str, cases: Sequence[Case], start: dict[str, Weights], options: dict[str, Any]) -> Weights:
    # That the right value was misread tells nothing of the wrong ones; that there is none does.
    telling = [case for case in cases if case.candidates and (any(case.right) or case.document.complete)]
    if len(telling) < options["fewest"]:
        return start["features"]
    groups = [([one.features for one in case.candidates], case.right) for case in telling]
    # A vendor of many documents counts for more than one of few, but not in proportion: they are all alike.
    counts = Counter(case.document.vendor for case in telling)
    shares = [counts[case.document.vendor] ** -options["alike"] for case in telling]
    penalty = options["penalty"].get(field, options["features_penalty"])
    return fit_features(groups, shares, start["features"], penalty)


def _certainty(
    field: str, chosen: Sequence[tuple[Case, Choice | None]], caution: float, options: dict[str, Any]
) -> Weights:
    start: Weights = options["start"][field]["certainty"]
    found = [(case.document, reasons(field, choice), _hit(case, choice)) for case, choice in chosen if choice]
    counts = Counter(document.vendor for document, _, _ in found)
    shares = [
        document.weight * counts[document.vendor] ** -options["alike"] * (1.0 if hit else caution)
        for document, _, hit in found
    ]
    if not found:
        return start
    rows, hits = [row for _, row, _ in found], [hit for _, _, hit in found]
    return fit_certainty(rows, hits, shares, start, options["certainty_penalty"])


def _judged(field: str, case: Case, choice: Choice | None) -> Judged:
    source = case.document.source
    kind = "text layer" if case.document.pages[0].source == "text" else source.partition(", ")[2]
    return Judged(source, kind, _hit(case, choice), certainty(field, choice) if choice else None)


def _hit(case: Case, choice: Choice | None) -> bool:
    if choice is None:
        return not any(case.right) and case.document.complete
    return any(
        right for one, right in zip(case.candidates, case.right, strict=True) if one.value == choice.candidate.value
    )


def _fold(vendor: str, folds: int) -> int:
    """The same for a vendor in every run."""
    return int.from_bytes(hashlib.sha256(vendor.encode()).digest()[:4]) % folds


def _without(fold: int, items: Sequence[Any], folds: Sequence[int]) -> list[Any]:
    return [item for item, other in zip(items, folds, strict=True) if other != fold]


if __name__ == "__main__":
    main()
