"""Payment codes made by segno, as pictures of a page that has nothing else on it, or below given lines of print."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

IBAN = "DE89370400440532013000"
SWISS_IBAN = "CH4431999123000889012"
QR_REFERENCE = "210000000003139471430009017"


def epc(
    iban: str = IBAN,
    amount: str = "EUR140.40",
    reference: str = "RF18539007547034",
    message: str = "",
    head: str = "BCD\n002\n1\nSCT",
    name: str = "Möbel Müller GmbH",
    bic: str = "COBADEFFXXX",
) -> str:
    """The text of a European payment code (EPC069-12)."""
    return "\n".join((head, bic, name, iban, amount, "", reference, message))


def swiss(
    iban: str = SWISS_IBAN,
    amount: str = "140.40",
    currency: str = "CHF",
    reference: tuple[str, str] = ("QRR", QR_REFERENCE),
    message: str = "",
    about: str = "",
    end: str = "EPD",
    line_end: str = "\n",
) -> str:
    """The text of a Swiss payment code (Implementation Guidelines QR-bill 2.x)."""
    creditor = ("S", "Möbel Müller GmbH", "Gasse", "1", "8000", "Zürich", "CH")
    debtor = ("S", "Café Zürich AG", "Weg", "2", "8001", "Zürich", "CH")
    head = ("SPC", "0200", "1", iban)
    return line_end.join((*head, *creditor, *[""] * 7, amount, currency, *debtor, *reference, message, end, about))


def picture(*texts: str, scale: int = 4, encoding: str = "utf-8", dark: str = "black") -> Image.Image:
    """The codes one below the other on white."""
    codes = [_code(text, scale, encoding, dark) for text in texts]
    page = Image.new("RGB", (max(code.width for code in codes) + 80, sum(code.height + 80 for code in codes)), "white")
    top = 40
    for code in codes:
        page.paste(code, (40, top))
        top += code.height + 80
    return page


def printed(lines: Sequence[str], text: str) -> bytes:
    """A PDF with lines of print, 30 points apart, and a code of 46 mm at its foot."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.setFont("Helvetica", 14)
    for number, line in enumerate(lines):
        canvas.drawString(72, A4[1] - 72 - 30 * number, line)
    canvas.drawImage(ImageReader(_code(text, 8)), 200, 80, 130, 130)
    canvas.save()
    return file.getvalue()


def _code(text: str, scale: int, encoding: str = "utf-8", dark: str = "black") -> Image.Image:
    file = io.BytesIO()
    made = segno.make(text.encode(encoding), error="m", micro=False, mode="byte")
    made.save(file, kind="png", scale=scale, border=4, dark=dark)
    return Image.open(file).convert("RGB")
