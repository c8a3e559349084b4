"""How sure a choice is: what speaks for it counts, but what is less likely than not is doubted."""

from __future__ import annotations

from dataclasses import replace

from extraction.evidence import CONFIDENCE_THRESHOLD
from extraction.fields.candidate import Candidate
from extraction.fields.decision.scoring import certainty, choose

STRONG = Candidate(
    "12.50",
    1,
    (0, 0, 10, 10),
    "ocr",
    {"role_total": 1.0, "adds_up": 1.0, "listed": 1.0, "rightmost": 1.0, "late": 1.0, "tall": 1.0, "largest": 1.0},
    agreement=1.0,
)


def certainty_among(*candidates: Candidate) -> float:
    choice = choose("total", candidates)
    assert choice is not None
    return certainty("total", choice)


def test_what_everything_speaks_for_is_sure_and_nothing_is_certain() -> None:
    assert CONFIDENCE_THRESHOLD < certainty_among(STRONG) < 1


def test_a_second_value_as_likely_makes_the_first_a_guess() -> None:
    weaker = {**STRONG.features, "late": 0.9}
    rivals = [replace(STRONG, value=value, features=weaker) for value in ("21.50", "12.00", "19.50")]
    assert certainty_among(STRONG, *rivals) < CONFIDENCE_THRESHOLD
    assert certainty_among(STRONG, *(replace(rival, value="12.50") for rival in rivals)) > CONFIDENCE_THRESHOLD


def test_a_rival_that_is_nearly_as_likely_makes_it_doubtful() -> None:
    """With everything for both, the one without a coupon, say, is more likely by little or by much."""
    by_little, by_much = ({**STRONG.features, "late": late} for late in (0.9, 0.3))
    assert certainty_among(STRONG, replace(STRONG, value="15.50", features=by_little)) < CONFIDENCE_THRESHOLD
    assert certainty_among(STRONG, replace(STRONG, value="15.50", features=by_much)) > CONFIDENCE_THRESHOLD


def test_what_something_contradicts_is_doubted_whatever_else_speaks_for_it() -> None:
    assert certainty_among(replace(STRONG, at_most=0.4)) <= 0.4
