"""Four-sided figures in a photograph that stand out from the table all around: sheets of paper, perhaps.

None is found wherever an edge is hidden, curled or beyond the picture: a page cut at the wrong place loses text,
whereas one that is left as it is only stays askew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE = 500
"""Pixels of the longest side of the copy in which outlines are traced."""

_LEAST_AREA = 0.05  # of each of several papers
_LEAST_FILL = 0.94  # share of the four-sided figure that is sheet; a curled or torn one has less
_ANGLES = (60.0, 120.0)  # degrees at the corners
_LEAST_STEP = 12.0  # of 8-bit CIELAB, by which the sheet differs from what lies beyond its edge
_LEAST_SEEN = 0.85  # share of an edge along which it does
_LEAST_KNOWN = 0.5  # share of an edge that is not at the very rim of the picture
_TABLE = 3.0  # standard deviations from the colours of the rim within which a colour is one of the table
_FARTHEST = 20.0  # standard deviations; what is farther is no more different
_LEVELS = 6  # thresholds tried on each map
_RIM = 0.02  # width of the picture's rim, which shows the table, as a share of its longest side

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]
Points = NDArray[np.float32]
"""n x 2: x and y in pixels."""


@dataclass(frozen=True)
class Traced:
    """A picture as it was traced: its colours (CIELAB), all large outlines, and the figures, largest first."""

    colours: Plane
    outlines: tuple[NDArray[np.int32], ...]
    figures: tuple[Points, ...]


def trace(picture: Picture) -> Traced:
    """What there is to see in an RGB picture whose longest side is about `SIDE`."""
    small = cv2.GaussianBlur(picture, (5, 5), 0)
    colours = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    away = _from_rim(colours)
    planes = (
        cv2.cvtColor(small, cv2.COLOR_RGB2GRAY),
        small.min(axis=2),  # a tinted table is dark in one colour at least
        (away * (255 / _FARTHEST)).astype(np.uint8),
    )
    outlines = [outline for plane in planes for outline in _outlines(np.asarray(plane, np.uint8))]
    figures = [_four_corners(outline) for outline in sorted(outlines, key=cv2.contourArea, reverse=True)]
    seen = (corners for corners in figures if corners is not None and _stands_out(colours, away, corners))
    return Traced(colours, tuple(outlines), tuple(seen))


def _from_rim(colours: Plane) -> Plane:
    """How far each pixel's colour lies from those of the rim (Mahalanobis), so that dark print on a page counts too."""
    height, width = colours.shape[:2]
    rim = max(2, round(_RIM * max(height, width)))
    inner = np.zeros((height, width), bool)
    inner[rim:-rim, rim:-rim] = True
    seen = colours[~inner]
    centre = np.median(seen, axis=0)
    spread = np.cov((seen - centre).T) + 16 * np.eye(3)  # noise at the least, where the table is of one colour
    away = (colours - centre) @ np.linalg.cholesky(np.linalg.inv(spread)).astype(np.float32)
    return np.asarray(np.minimum(np.sqrt((away**2).sum(axis=2)), _FARTHEST), np.float32)


def _outlines(plane: Picture) -> Iterator[NDArray[np.int32]]:
    """Outlines of large regions above any of several levels, print within them closed."""
    least = _LEAST_AREA * plane.size
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (7, 7))
    low, high = np.searchsorted(np.bincount(plane.ravel()).cumsum() / plane.size, (0.05, 0.95))
    for level in np.linspace(low, high, _LEVELS + 2)[1:-1]:
        mask = cv2.threshold(plane, level, 1, cv2.THRESH_BINARY)[1]
        mask = cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), cv2.MORPH_OPEN, kernel)
        found = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)[0]
        yield from (np.asarray(outline, np.int32) for outline in found if cv2.contourArea(outline) >= least)


def _four_corners(outline: NDArray[np.int32]) -> Points | None:
    """The four-sided figure that an outline fills, None if it is of another shape."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, True)
    simpler = (cv2.approxPolyDP(hull, share * around, True)[:, 0] for share in (0.02, 0.03, 0.05))
    rough = next((corners for corners in simpler if len(corners) == 4), None)
    if rough is None:
        return None
    corners = _clockwise(_meeting_edges(outline[:, 0].astype(np.float32), rough.astype(np.float32)))
    area = cv2.contourArea(corners)
    if not cv2.isContourConvex(corners) or not _LEAST_FILL < cv2.contourArea(outline) / max(area, 1) < 2 - _LEAST_FILL:
        return None
    to_next, to_last = np.roll(corners, -1, axis=0) - corners, np.roll(corners, 1, axis=0) - corners
    cosines = (to_next * to_last).sum(axis=1) / (np.linalg.norm(to_next, axis=1) * np.linalg.norm(to_last, axis=1))
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    return corners if _ANGLES[0] <= angles.min() and angles.max() <= _ANGLES[1] else None


def _meeting_edges(points: Points, rough: Points) -> Points:
    """Corners where lines along the edges meet, since a sheet's own corners are bent or round."""
    lines = []
    for start, end in pairwise([*rough, rough[0]]):
        length = np.linalg.norm(end - start)
        along = (end - start) / length
        reach, aside = (points - start) @ along / length, (points - start) @ np.array((-along[1], along[0])) / length
        near = points[(reach > 0.06) & (reach < 0.94) & (np.abs(aside) < 0.04)]
        if len(near) < 10:
            return rough
        vx, vy, x, y = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((vy, -vx, vy * x - vx * y))  # a, b, c of a x + b y = c
    pairs = [np.array((lines[n - 1], lines[n])) for n in range(4)]
    if any(abs(np.linalg.det(pair[:, :2])) < 0.1 for pair in pairs):  # the sine of the angle between the two
        return rough
    return np.array([np.linalg.solve(pair[:, :2], pair[:, 2]) for pair in pairs], np.float32)


def _clockwise(corners: Points) -> Points:
    """From the top left of the page, which is taken to be turned by less than 45 degrees."""
    x, y = (corners - corners.mean(axis=0)).T
    corners = corners[np.argsort(np.arctan2(y, x))]
    edges = np.roll(corners, -1, axis=0) - corners
    top = int(np.argmax(edges[:, 0] / np.maximum(np.linalg.norm(edges, axis=1), 1e-6)))  # runs most to the right
    return np.roll(corners, -top, axis=0)


def _stands_out(colours: Plane, away: Plane, corners: Points) -> bool:
    """Whether all along each edge the sheet differs from what lies beyond, and that is the table of the rim.

    Were it asked to be brighter only, a page would be cut at the lower edge of a dark band across its head.
    """
    step = 0.012 * max(away.shape)
    for start, end in pairwise([*corners, corners[0]]):
        along = (end - start) / np.linalg.norm(end - start)
        outward = step * np.array((along[1], -along[0]))
        points = start + (end - start) * np.linspace(0.03, 0.97, 60)[:, None]
        known = within(away, points + 1.6 * outward) & within(away, points - outward)
        if known.mean() < _LEAST_KNOWN:
            return False
        inside, near, far = (at(colours, points[known] + times * outward) for times in (-1.0, 1.0, 1.6))
        step_seen = np.minimum(np.linalg.norm(inside - near, axis=1), np.linalg.norm(inside - far, axis=1))
        if (step_seen > _LEAST_STEP).mean() < _LEAST_SEEN:
            return False
        if np.median(at(away, points[known] + outward)) > _TABLE:
            return False
    return True


def within(plane: Plane, points: Points) -> NDArray[np.bool_]:
    """Which of the points lie in the plane."""
    height, width = plane.shape[:2]
    return np.asarray(((points >= 0) & (points <= (width - 1, height - 1))).all(axis=1))


def at(plane: Plane, points: Points) -> Plane:
    """The plane's values at points that lie in it."""
    x, y = points.round().astype(int).T
    return np.asarray(plane[y, x], np.float32)
