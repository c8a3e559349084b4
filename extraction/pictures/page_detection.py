"""Which papers lie on a photographed table: one page, or several receipts side by side, or nothing that is clear."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import cv2
import numpy as np

from extraction.pictures.quadrilaterals import SIDE, Picture, Plane, Points, Traced, at, trace, within

_LEAST_ALONE = 0.15  # share of the picture, of a page that lies alone
_LEAST_APART = 0.02  # of the picture's longest side, between two papers
_LIKE_PAPER = 25.0  # of 8-bit lightness
_IN_LINE = 0.02  # of a figure's longest edge, by which the sides of its other part may be off
_BEYOND = (3, 5, 8, 13)  # steps outwards at which it is looked for more of the sheet
_LEAST_BEYOND = 0.2  # share of an edge beyond which there is any picture


def find_pages(picture: Picture) -> tuple[Points, ...]:
    """The corners of each page in an RGB picture, clockwise from its top left; none where none is clearly seen.

    Of several, the upper go first, and of those side by side the left.
    """
    scale = min(1.0, SIDE / max(picture.shape[:2]))
    seen = trace(np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8))
    figures = [corners for corners in seen.figures if not _holds_several(corners, seen.figures)]
    several = _apart(figures)
    found = _apart([corners for corners in figures if not _is_part(seen.colours, corners, several)])
    if len(found) < len(several) or _leaves_paper(seen, found):  # what lies beside a page is not to be lost
        return ()
    if len(found) == 1 and cv2.contourArea(found[0]) < _LEAST_ALONE * seen.colours[:, :, 0].size:
        return ()
    return tuple(np.asarray(corners / scale, np.float32) for corners in _in_order(found))


def _in_order(found: list[Points]) -> list[Points]:
    """From top to bottom, and from left to right where one's middle lies beside the other."""
    waiting, ordered = sorted(found, key=lambda corners: float(corners[:, 1].min())), []
    while waiting:
        first = waiting[0]
        beside = [other for other in waiting if other[:, 1].mean() < first[:, 1].max()]
        ordered += sorted(beside, key=lambda corners: float(corners[:, 0].mean()))
        waiting = [other for other in waiting if not any(other is taken for taken in beside)]
    return ordered


def _apart(figures: Sequence[Points]) -> list[Points]:
    """Those of the figures, largest first, that touch none before them: the others are a page again or a part of it."""
    apart: list[Points] = []
    for figure in figures:
        if not any(_touch(figure, larger) for larger in apart):
            apart.append(figure)
    return apart


def _leaves_paper(seen: Traced, found: list[Points]) -> bool:
    """Whether beside the pages that were found lies something large and as bright as they: a receipt that is curled."""
    if not found:
        return False
    sheet = np.median([_brightness(seen.colours, corners) for corners in found])
    beside = [np.asarray(cv2.convexHull(outline)[:, 0], np.float32) for outline in seen.outlines]
    apart = (outline for outline in beside if not any(_touch(outline, one) for one in found))
    return any(abs(_brightness(seen.colours, outline) - sheet) < _LIKE_PAPER for outline in apart)


def _brightness(colours: Plane, outline: Points) -> float:
    """The median lightness within an outline, 0 to 255."""
    mask = np.zeros(colours.shape[:2], np.uint8)
    cv2.fillPoly(mask, [outline.astype(np.int32)], 1)
    return float(np.median(colours[:, :, 0][mask > 0]))


def _holds_several(figure: Points, figures: Sequence[Points]) -> bool:
    """Whether a figure is two papers and more, seen as one since they lie close together."""
    within = [other for other in figures if all(_inside(figure, corner) for corner in other)]
    smaller = [other for other in within if cv2.contourArea(other) < 0.7 * cv2.contourArea(figure)]
    apart = _apart(smaller)
    return len(apart) > 1 and not _one_sheet(apart[0], apart[1])


def _inside(figure: Points, point: Points) -> bool:
    near = -_LEAST_APART * SIDE
    return cv2.pointPolygonTest(figure, (float(point[0]), float(point[1])), measureDist=True) > near


def _touch(one: Points, other: Points) -> bool:
    """Whether two figures overlap or nearly do."""
    return any(_inside(other, corner) for corner in one) or any(_inside(one, corner) for corner in other)


def _is_part(colours: Plane, corners: Points, found: list[Points]) -> bool:
    """Whether more of the sheet lies beyond an edge, which is then but a line across it; other papers are no more."""
    others = [other for other in found if not _touch(corners, other) and not _one_sheet(corners, other)]
    step = 0.012 * max(colours.shape)
    for start, end in pairwise([*corners, corners[0]]):
        along = (end - start) / np.linalg.norm(end - start)
        outward = step * np.array((along[1], -along[0]))
        points = start + (end - start) * np.linspace(0.03, 0.97, 60)[:, None]
        inside, near = (points + times * outward for times in (-1.0, 1.0))
        sheet, table = (np.median(at(colours, side[within(colours, side)]), axis=0) for side in (inside, near))
        if any(_goes_on(colours, _outside(points + times * outward, others), sheet, table) for times in _BEYOND):
            return True
    return False


def _one_sheet(one: Points, other: Points) -> bool:
    """Whether two figures are parts of one sheet that a bar code or a dark band crosses: their sides are in line."""
    length = float(np.linalg.norm(one - np.roll(one, 1, axis=0), axis=1).max())
    sides = ((1, 2), (3, 0))  # right and left, of corners clockwise from the top left
    away = [_off_line(other[corner], one[start], one[end]) for start, end in sides for corner in (start, end)]
    return max(away) < _IN_LINE * length


def _off_line(point: Points, start: Points, end: Points) -> float:
    along = (end - start) / np.linalg.norm(end - start)
    return abs(float(along[0] * (point - start)[1] - along[1] * (point - start)[0]))


def _outside(points: Points, papers: list[Points]) -> Points:
    """Those of the points that lie on none of the papers, nor at their edges."""
    near = 0.01 * SIDE
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
    known = at(colours, beyond[within(colours, beyond)])
    like_sheet = np.linalg.norm(known - sheet, axis=1) < np.linalg.norm(known - table, axis=1)
    return len(known) > _LEAST_BEYOND * len(beyond) and like_sheet.mean() > 0.5
