"""Payment codes found on the picture of a page, by zxing-cpp. About 10 ms for an A4 page at 200 dpi."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from extraction.codes import epc, swiss
from extraction.codes.payment import Payment
from extraction.evidence import Box

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@dataclass(frozen=True)
class PaymentCode:
    """A payment code, the number of its page (from 1), and where on it the code stands, in the unit of the page."""

    payment: Payment
    page: int
    box: Box


def payment_codes(picture: NDArray[np.uint8], number: int, scale: float = 1.0) -> tuple[PaymentCode, ...]:
    """The payment codes on a page, top to bottom; other QR codes are left out.

    `scale` is the unit of the page in pixels of the picture: PDF points a pixel for a text layer, else 1.
    """
    found = [PaymentCode(payment, number, _scaled(box, scale)) for payment, box in _payments(picture)]
    return tuple(sorted(found, key=lambda code: (code.box[1], code.box[0])))


def _payments(picture: NDArray[np.uint8]) -> Iterator[tuple[Payment, Box]]:
    for symbol in zxingcpp.read_barcodes(picture, formats=_QR):
        if payment := swiss.read(symbol.bytes) or epc.read(symbol.bytes):
            place = symbol.position
            corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
            yield payment, (min(xs), min(ys), max(xs), max(ys))


def _scaled(box: Box, scale: float) -> Box:
    x0, y0, x1, y1 = box
    return x0 * scale, y0 * scale, x1 * scale, y1 * scale
