"""Even light over a page: shadows of a hand or a phone, and lamps from one side, divided out."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SIDE = 250  # pixels of the longest side of the copy on which light is measured; shadows have no fine detail
_PRINT = 13  # pixels of that copy across which there is paper somewhere, whatever is printed on it
_NEAR, _FAR = 6.0, 40.0  # pixels of that copy over which the measure is smoothed
_EVEN = 0.8  # of the light of the brightest parts, that the darkest have on a page which is left alone
_MOST = 1.9  # times by which a place is brightened: in the dark there is little but noise
_UNIT = 128  # of the gain, which is applied as whole numbers

Picture = NDArray[np.uint8]


def even_illumination(page: Picture) -> Picture:
    """An RGB picture filled by one page, its paper about equally bright all over; the same array where it is so."""
    scale = min(1.0, _SIDE / max(page.shape[:2]))
    small = cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_PRINT, _PRINT), np.uint8)).astype(np.float32) + 1
    full = np.percentile(paper.reshape(-1, 3), 90, axis=0)
    shares = paper / full  # of the light that each place has, by colour
    light = shares.mean(axis=2)
    # A coloured band is dark in some colours only, a black one darker than any shadow: its light is its neighbours'.
    bare = ((np.ptp(shares, axis=2) < 0.2 * light) & (light > 0.3)).astype(np.float32)
    light = (_around(light * bare) + 1e-3) / (_around(bare) + 1e-3)
    if np.percentile(light, 5) >= _EVEN:
        return page
    gain = np.clip(1 / light, 1.0, _MOST) * _UNIT
    whole = cv2.resize(gain.astype(np.uint8), page.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.multiply(page, cv2.merge([whole] * 3), scale=1 / _UNIT), np.uint8)


def _around(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    """Its mean nearby and, for a small part, farther off, for places that have nothing nearby."""
    near, far = (cv2.GaussianBlur(plane, (0, 0), reach) for reach in (_NEAR, _FAR))
    return np.asarray(near + 0.1 * far, np.float32)
