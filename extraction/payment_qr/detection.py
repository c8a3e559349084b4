"""Payment codes found on the picture of a page, by zxing-cpp. About 10 ms for an A4 page at 200 dpi."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from extraction.errors import Unreadable, refused_as
from extraction.evidence import Box, Word
from extraction.limits import MOST_SIDE
from extraction.payment_qr import bezahlcode, epc, pix, spayd, swiss_qr_bill, upi, zatca
from extraction.payment_qr.payment import Payment

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_READERS = (swiss_qr_bill.read, epc.read, spayd.read, bezahlcode.read, upi.read, pix.read, zatca.read)
_NAMED_BY = re.compile(
    r"iban|giro-?code|zahlen mit code|scan to pay|payment part|zahlteil|section paiement|sezione pagamento"
    r"|qr platba|bezahlcode|\bupi\b|\bpix\b",
    re.IGNORECASE,
)
_CLOSER = 2  # times as large; of blurred simulated photos half as many again are decoded, for 60 ms a page
_SHARPER = 1.5
_BLUR = 2.0  # pixels, about what a phone's hand-held picture has


@dataclass(frozen=True)
class PaymentCode:
    """A payment code, the number of its page (from 1), and where on it the code stands, in the unit of the page."""

    payment: Payment
    page: int
    box: Box


def detect_payment_codes(picture: NDArray[np.uint8], number: int, scale: float = 1.0) -> tuple[PaymentCode, ...]:
    """The payment codes on a page, RGB or grey, top to bottom; other QR codes are left out.

    `scale` is the unit of the page in pixels of the picture: PDF points a pixel for a text layer, else 1.
    """
    found = [PaymentCode(payment, number, _scaled(box, scale)) for payment, box in _payments(picture)]
    return tuple(sorted(found, key=lambda code: (code.box[1], code.box[0])))


def detect_payment_codes_enlarged(
    picture: NDArray[np.uint8], number: int, words: Sequence[Word]
) -> tuple[PaymentCode, ...]:
    """A second look at a photo on which none was found: sharpened and enlarged, if its words hint at a payment code."""
    if not _NAMED_BY.search(" ".join(word.text for word in words)):
        return ()
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    sharp = cv2.addWeighted(grey, 1 + _SHARPER, cv2.GaussianBlur(grey, (0, 0), _BLUR), -_SHARPER, 0)
    large = cv2.resize(sharp, None, fx=_CLOSER, fy=_CLOSER, interpolation=cv2.INTER_CUBIC)
    return detect_payment_codes(np.asarray(large, np.uint8), number, 1 / _CLOSER)


def _payments(picture: NDArray[np.uint8]) -> Iterator[tuple[Payment, Box]]:
    if max(picture.shape[:2]) > MOST_SIDE:
        return
    symbols: list[zxingcpp.Barcode] = []
    with suppress(Unreadable), refused_as():  # what cannot be decoded is no code
        symbols = zxingcpp.read_barcodes(picture, formats=_QR)
    for symbol in symbols:
        if payment := next(filter(None, (read(symbol.bytes) for read in _READERS)), None):
            place = symbol.position
            corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            xs, ys = [corner.x for corner in corners], [corner.y for corner in corners]
            yield payment, (min(xs), min(ys), max(xs), max(ys))


def _scaled(box: Box, scale: float) -> Box:
    x0, y0, x1, y1 = box
    return x0 * scale, y0 * scale, x1 * scale, y1 * scale
