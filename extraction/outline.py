"""Where pages lie in a photograph: the four corners of each sheet on a table, or nothing.

Nothing is the answer wherever an edge is hidden, curled or beyond the picture: a page cut at the wrong place loses
text, whereas one that is left as it is only stays askew.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

_SIDE = 500  # pixels of the longest side of the copy in which outlines are traced
_LEAST_AREA = 0.15  # share of the picture, of a page that lies alone
_LEAST_OF_SEVERAL = 0.05  # of each of several papers
_LEAST_APART = 0.02  # of the picture's longest side, between two papers
_LEAST_FILL = 0.94  # share of the four-sided figure that is sheet; a curled or torn one has less
_ANGLES = (60.0, 120.0)  # degrees at the corners
_LEAST_STEP = 12.0  # of 8-bit CIELAB, by which the sheet differs from what lies beyond its edge
_LEAST_SEEN = 0.85  # share of an edge along which it does
_LEAST_KNOWN = 0.5  # share of an edge that is not at the very rim of the picture
_TABLE = 3.0  # standard deviations from the colours of the rim within which a colour is one of the table
_BEYOND = (3, 5, 8, 13)  # steps outwards at which it is looked for more of the sheet
_LEAST_BEYOND = 0.2  # share of an edge beyond which there is any picture
_FARTHEST = 20.0  # standard deviations; what is farther is no more different
_LEVELS = 6  # thresholds tried on each map
_RIM = 0.02  # width of the picture's rim, which shows the table, as a share of its longest side

Picture = NDArray[np.uint8]
Plane = NDArray[np.float32]
Points = NDArray[np.float32]
"""n x 2: x and y in pixels."""


def find_pages(picture: Picture) -> tuple[Points, ...]:
    """The corners of each page in an RGB picture, clockwise from its top left; none where none is clearly seen.

    Of several, the upper go first, and of those side by side the left.
    """
    scale = min(1.0, _SIDE / max(picture.shape[:2]))
    small = cv2.GaussianBlur(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0)
    colours = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    away = _from_rim(colours)
    planes = (
        cv2.cvtColor(small, cv2.COLOR_RGB2GRAY),
        small.min(axis=2),  # a tinted table is dark in one colour at least
        (away * (255 / _FARTHEST)).astype(np.uint8),
    )
    outlines = [outline for plane in planes for outline in _outlines(np.asarray(plane, np.uint8))]
    figures = [_four_corners(outline) for outline in sorted(outlines, key=cv2.contourArea, reverse=True)]
    seen = [corners for corners in figures if corners is not None and _stands_out(colours, away, corners)]
    several = _apart(seen)
    found = _apart([corners for corners in seen if not _is_part(colours, corners, several)])
    if len(found) == 1 and cv2.contourArea(found[0]) < _LEAST_AREA * away.size:
        return ()
    return tuple(np.asarray(corners / scale, np.float32) for corners in _in_order(found))


def _apart(figures: list[Points]) -> list[Points]:
    """Those of the figures, largest first, that touch none before them: the others are a page again or a part of it."""
    apart: list[Points] = []
    for figure in figures:
        if not any(_touch(figure, larger) for larger in apart):
            apart.append(figure)
    return apart


def _touch(one: Points, other: Points) -> bool:
    """Whether two figures overlap or nearly do."""
    inside = [(corner, other) for corner in one] + [(corner, one) for corner in other]
    near = -_LEAST_APART * _SIDE
    return any(cv2.pointPolygonTest(figure, (float(x), float(y)), measureDist=True) > near for (x, y), figure in inside)


def _in_order(found: list[Points]) -> list[Points]:
    """From top to bottom, and from left to right where one's middle lies beside the other."""
    waiting, ordered = sorted(found, key=lambda corners: float(corners[:, 1].min())), []
    while waiting:
        first = waiting[0]
        beside = [other for other in waiting if other[:, 1].mean() < first[:, 1].max()]
        ordered += sorted(beside, key=lambda corners: float(corners[:, 0].mean()))
        waiting = [other for other in waiting if not any(other is taken for taken in beside)]
    return ordered


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
    least = _LEAST_OF_SEVERAL * plane.size
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
        known = _within(away, points + 1.6 * outward) & _within(away, points - outward)
        if known.mean() < _LEAST_KNOWN:
            return False
        inside, near, far = (_at(colours, points[known] + times * outward) for times in (-1.0, 1.0, 1.6))
        step_seen = np.minimum(np.linalg.norm(inside - near, axis=1), np.linalg.norm(inside - far, axis=1))
        if (step_seen > _LEAST_STEP).mean() < _LEAST_SEEN:
            return False
        if np.median(_at(away, points[known] + outward)) > _TABLE:
            return False
    return True


def _is_part(colours: Plane, corners: Points, found: list[Points]) -> bool:
    """Whether more of the sheet lies beyond an edge, which is then but a line across it; other papers are no more."""
    others = [other for other in found if not _touch(corners, other) and not _one_sheet(corners, other)]
    step = 0.012 * max(colours.shape)
    for start, end in pairwise([*corners, corners[0]]):
        along = (end - start) / np.linalg.norm(end - start)
        outward = step * np.array((along[1], -along[0]))
        points = start + (end - start) * np.linspace(0.03, 0.97, 60)[:, None]
        inside, near = (points + times * outward for times in (-1.0, 1.0))
        sheet, table = (np.median(_at(colours, at[_within(colours, at)]), axis=0) for at in (inside, near))
        if any(_goes_on(colours, _outside(points + times * outward, others), sheet, table) for times in _BEYOND):
            return True
    return False


def _one_sheet(one: Points, other: Points) -> bool:
    """Whether two figures are parts of one sheet that a bar code or a dark band crosses: their edges are in line."""
    length = float(np.linalg.norm(one - np.roll(one, 1, axis=0), axis=1).max())
    for side in (0, 1):  # the pairs of opposite edges that would run on
        edges = [(one[side], one[(side + 1) % 4]), (one[(side + 2) % 4], one[(side + 3) % 4])]
        far = [(other[side], other[(side + 1) % 4]), (other[(side + 2) % 4], other[(side + 3) % 4])]
        away = [_off_line(point, *edge) for edge, points in zip(edges, far, strict=True) for point in points]
        if max(away) < 0.04 * length:
            return True
    return False


def _off_line(point: Points, start: Points, end: Points) -> float:
    along = (end - start) / np.linalg.norm(end - start)
    return abs(float(along[0] * (point - start)[1] - along[1] * (point - start)[0]))


def _outside(points: Points, papers: list[Points]) -> Points:
    """Those of the points that lie on none of the papers, nor at their edges."""
    near = 0.01 * _SIDE
    return np.array(
        [
            point
            for point in points
            if not any(
                cv2.pointPolygonTest(paper, (float(point[0]), float(point[1])), measureDist=True) > -near
                for paper in papers
            )
        ],
        np.float32,
    ).reshape(-1, 2)


def _goes_on(colours: Plane, beyond: Points, sheet: Plane, table: Plane) -> bool:
    """Whether what lies beyond an edge is rather of the sheet's colour than of the table's.

    The edge is then but a line across the sheet, a bar code say, or another sheet that is not seen whole lies there.
    """
    known = _at(colours, beyond[_within(colours, beyond)])
    like_sheet = np.linalg.norm(known - sheet, axis=1) < np.linalg.norm(known - table, axis=1)
    return len(known) > _LEAST_BEYOND * len(beyond) and like_sheet.mean() > 0.5


def _within(plane: Plane, points: Points) -> NDArray[np.bool_]:
    height, width = plane.shape[:2]
    return np.asarray(((points >= 0) & (points <= (width - 1, height - 1))).all(axis=1))


def _at(plane: Plane, points: Points) -> Plane:
    x, y = points.round().astype(int).T
    return np.asarray(plane[y, x], np.float32)
