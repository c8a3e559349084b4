"""Which of several candidates is the value of a field, and how sure that is.

Candidates and their features are made by the files of each subject; here they are only weighed. The weights stand
in `weights.toml`: a conditional logit, so that a candidate's share of the exponentiated scores is a probability,
with "none of them" as one more alternative. A second line per field (`certainty`) turns that share, the
recogniser's confidence, the agreement with other values, and those features that speak for or against what was
chosen into the confidence that is reported.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from extraction.evidence import Evidence
from extraction.fields.candidate import Candidate, Choice, Features

_LEGIBLE = 0.6
"""The recogniser's confidence below which a reading is a guess the more, the lower it is."""

_CONTESTED = 0.6
"""The share below which a choice has a rival that is nearly as likely."""

_MINORITY = 0.6
"""The confidence beyond which a value cannot come that is chosen, but less likely than all others together."""

_SUREST = 0.99
"""The confidence of what everything speaks for: nothing that is read is certain."""


@cache
def weights() -> dict[str, dict[str, dict[str, float]]]:
    """`weights.toml`: for each field the weights of `features` and of `certainty`."""
    tables: dict[str, dict[str, dict[str, float]]] = tomllib.loads((Path(__file__).parent / "weights.toml").read_text())
    return tables


def score(name: str, features: Features) -> float:
    """How much the features speak for a candidate of that field. Raises: KeyError for a feature without a weight."""
    table = weights()[name]["features"]
    return sum(table[feature] * amount for feature, amount in features.items() if amount)


def choose(name: str, candidates: Sequence[Candidate]) -> Choice | None:
    """The most probable value; None when there are no candidates, or "none of them" is more probable."""
    if not candidates:
        return None
    scored = [(score(name, candidate.features) + candidate.remembered, candidate) for candidate in candidates]
    by_value: dict[str, list[tuple[float, Candidate]]] = defaultdict(list)
    for pair in scored:
        by_value[pair[1].value].append(pair)
    strengths = {value: max(points for points, _ in pairs) for value, pairs in by_value.items()}
    none = weights()[name]["features"]["none"]
    top = max(none, *strengths.values())
    whole = sum(math.exp(points - top) for points in (none, *strengths.values()))
    ranked = sorted(
        ((value, math.exp(points - top) / whole) for value, points in strengths.items()), key=lambda pair: -pair[1]
    )
    value, share = ranked[0]
    if strengths[value] < none:
        return None
    best = max(by_value[value], key=lambda pair: pair[0])[1]
    return Choice(best, share, tuple(ranked))


def reasons(name: str, choice: Choice) -> dict[str, float]:
    """What the field's `certainty` weighs, named as in `weights.toml`: of the choice, or features of what it chose."""
    share = min(max(choice.share, 1e-4), 1 - 1e-4)
    found = choice.candidate
    own = {
        "base": 1.0,
        "share": math.log(share / (1 - share)),
        "recognised": found.recognised,
        "agreement": found.agreement,
        "text": float(found.source == "text"),
        "faint": max(0.0, 1 - found.recognised / _LEGIBLE),
        "contested": float(choice.share < _CONTESTED),
    }
    return {reason: own.get(reason, found.features.get(reason, 0.0)) for reason in weights()[name]["certainty"]}


def certainty(name: str, choice: Choice) -> float:
    """The probability that the chosen value is right: a logistic of what speaks for and against the choice."""
    table = weights()[name]["certainty"]
    points = sum(table[reason] * amount for reason, amount in reasons(name, choice).items())
    most = min(_SUREST if choice.share >= 0.5 else _MINORITY, choice.candidate.at_most, _against_runner_up(choice))
    return min(max(1 / (1 + math.exp(-points)), 0.01), most)


def _against_runner_up(choice: Choice) -> float:
    """How likely the choice is if it is not another value than it or the next one: no value is surer than that."""
    own = {choice.candidate.value, *choice.candidate.otherwise}
    second = next((share for value, share in choice.ranked if value not in own), 0.0)
    return choice.share / (choice.share + second)


def evidence_for(name: str, choice: Choice | None) -> Evidence | None:
    """The choice as evidence for the field, None when nothing was chosen."""
    if choice is None:
        return None
    found = choice.candidate
    return Evidence(found.value, certainty(name, choice), found.source, found.page, found.box, found.reason)
