"""The two models of a field, fitted: a conditional logit over candidates, and a logistic regression of certainty.

Both maximise the likelihood less a quadratic penalty on leaving their starting values, so that what few documents
tell about stays as it was judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

Floats = NDArray[np.float64]
Weights = dict[str, float]

NONE = "none"
"""The alternative that no candidate is right."""

_LEAST = 1e-300  # keeps the logarithm finite where the right candidate has no chance


def fit_features(
    groups: Sequence[tuple[Sequence[Mapping[str, float]], Sequence[bool]]],
    weights: Sequence[float],
    start: Weights,
    penalty: float,
) -> Weights:
    """Weights of the features: each group is the candidates of a document and which of them are right.

    Several may be right; where none is, "none of them" is.
    """
    names = [name for name in start if name != NONE]
    first = np.array([*(start[name] for name in names), start[NONE]])
    # All groups as one table, a row a candidate, each group closed by a row for "none of them".
    table = np.vstack([_table(features, names) for features, _ in groups])
    right = np.concatenate([np.array([*good, not any(good)]) for _, good in groups])
    sizes = [len(features) + 1 for features, _ in groups]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    share = np.array(weights)

    def loss(at: Floats) -> tuple[float, Floats]:
        points = table @ at
        raised = np.exp(points - np.repeat(np.maximum.reduceat(points, starts), sizes))
        every, good = np.add.reduceat(raised, starts), np.add.reduceat(raised * right, starts) + _LEAST
        pulled = raised * (np.repeat(share / every, sizes) - right * np.repeat(share / good, sizes))
        away = at - first
        return float(share @ np.log(every / good)) + 0.5 * penalty * float(
            away @ away
        ), table.T @ pulled + penalty * away

    found = minimize(loss, first, jac=True, method="L-BFGS-B").x
    return dict(zip([*names, NONE], map(float, found), strict=True))


def fit_certainty(
    rows: Sequence[Mapping[str, float]], right: Sequence[bool], weights: Sequence[float], start: Weights, penalty: float
) -> Weights:
    """Weights of what certainty is made of. What is judged to speak for a value never comes to speak against it."""
    names = list(start)
    first = np.array([start[name] for name in names])
    table = np.array([[row[name] for name in names] for row in rows])
    hits, share = np.array(right, float), np.array(weights)

    def loss(at: Floats) -> tuple[float, Floats]:
        points = table @ at
        total = float(share @ (np.logaddexp(0, points) - hits * points)) + 0.5 * penalty * float(
            np.sum((at - first) ** 2)
        )
        return total, table.T @ (share * (expit(points) - hits)) + penalty * (at - first)

    bounds = [(None, None) if name == "base" else (0.0, None) if start[name] > 0 else (None, 0.0) for name in names]
    found = minimize(loss, first, jac=True, method="L-BFGS-B", bounds=bounds).x
    return dict(zip(names, map(float, found), strict=True))


def _table(features: Sequence[Mapping[str, float]], names: Sequence[str]) -> Floats:
    """A row a candidate and a column a feature, with "none of them" last in both."""
    table = np.zeros((len(features) + 1, len(names) + 1))
    for row, given in enumerate(features):
        table[row, :-1] = [given.get(name, 0.0) for name in names]
    table[-1, -1] = 1.0
    return table
