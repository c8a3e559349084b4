"""Typefaces for the samples: what the system has, else what comes with reportlab."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import reportlab
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/Library/Fonts"),
)
"""Where Linux and macOS keep their TrueType files."""

INK = HexColor("#22262b")
GREY = HexColor("#6d757d")
RULE = HexColor("#d5d9dd")

_ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "centre": TA_CENTER}


class NoFonts(Exception):
    """No installed face has the letters of every language; the text says which to install."""


@dataclass(frozen=True)
class FontFamily:
    """A family: names under which reportlab knows its cuts."""

    regular: str
    bold: str

    def cut(self, bold: bool) -> str:
        """The name of the bold or of the regular cut."""
        return self.bold if bold else self.regular


@dataclass(frozen=True)
class FontFamilies:
    """The families that documents are set in; `polish` is a sans that has the letters of Polish for certain."""

    sans: FontFamily
    serif: FontFamily
    mono: FontFamily
    polish: FontFamily


def find_fonts(folders: tuple[Path, ...] = FONT_FOLDERS) -> FontFamilies:
    """The faces of this system: Liberation where installed, embedded; it has every European letter.

    Without it: the standard Helvetica, Times and Courier of every PDF, which have the same widths but only the
    letters of western Europe; for more, DejaVu or Bitstream Vera, which comes with reportlab.
    """
    found = {path.stem: path for folder in folders for path in sorted(folder.rglob("*.ttf"))}
    vera = Path(reportlab.__file__).parent / "fonts"
    found |= {name: vera / f"{name}.ttf" for name in ("Vera", "VeraBd")}
    return FontFamilies(
        sans=_face(found, "LiberationSans-Regular", "Helvetica"),
        serif=_face(found, "LiberationSerif-Regular", "Times-Roman"),
        mono=_face(found, "LiberationMono-Regular", "DejaVuSansMono", "Courier"),
        polish=_face(found, "LiberationSans-Regular", "DejaVuSans", "Vera"),
    )


def fonts_of_europe(folders: tuple[Path, ...] = FONT_FOLDERS) -> FontFamilies:
    """Faces that have the letters of every language of the samples, Greek and Cyrillic too: DejaVu.

    Raises: NoFonts where they are not installed.
    """
    found = {path.stem: path for folder in folders for path in sorted(folder.rglob("DejaVu*.ttf"))}
    names = ("DejaVuSansCondensed", "DejaVuSerifCondensed", "DejaVuSansMono")
    if missing := set(names) - set(found):
        raise NoFonts(f"The fonts {', '.join(sorted(missing))} are missing. Install them: apt install fonts-dejavu.")
    sans, serif, mono = (_face(found, name, name) for name in names)
    return FontFamilies(sans, serif, mono, sans)


_BOLD = {"Helvetica": "Helvetica-Bold", "Vera": "VeraBd", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold"}


def _face(found: dict[str, Path], *wanted: str) -> FontFamily:
    """The first family that is there; the last one always is."""
    for regular in wanted:
        bold = _BOLD.get(regular, regular.removesuffix("-Regular") + "-Bold")
        if regular in found and bold in found:
            _register(regular, found[regular])
            _register(bold, found[bold])
            return FontFamily(regular, bold)
    return FontFamily(wanted[-1], _BOLD[wanted[-1]])


@cache
def _register(name: str, path: Path) -> None:
    registerFont(TTFont(name, str(path)))


def paragraph(
    face: FontFamily,
    text: str,
    size: float = 9,
    *,
    bold: bool = False,
    colour: Color = INK,
    align: str = "left",
    leading: float = 1.35,
) -> Paragraph:
    """A paragraph of plain text (line breaks are kept); sizes in points, `leading` as a multiple of the size."""
    style = ParagraphStyle(
        "plain",
        fontName=face.cut(bold),
        fontSize=size,
        leading=size * leading,
        textColor=colour,
        alignment=_ALIGN[align],
    )
    return Paragraph(escape(text).replace("\n", "<br/>"), style)


def write(
    canvas: Canvas,
    face: FontFamily,
    at: tuple[float, float],
    text: str,
    size: float = 9,
    *,
    bold: bool = False,
    colour: Color = INK,
    align: str = "left",
) -> None:
    """Sets one line with its baseline at a point; `align` says which end of the line stands there."""
    x, y = at
    width = stringWidth(text, face.cut(bold), size)
    canvas.setFillColor(colour)
    canvas.setFont(face.cut(bold), size)
    canvas.drawString(x - {"left": 0, "right": width, "centre": width / 2}[align], y, text)


def write_lines(
    canvas: Canvas,
    face: FontFamily,
    at: tuple[float, float],
    lines: tuple[str, ...],
    size: float = 9,
    *,
    leading: float = 1.35,
    colour: Color = INK,
    align: str = "left",
) -> None:
    """Sets lines below each other, the first baseline at a point; empty lines are left out."""
    x, y = at
    for row, line in enumerate(line for line in lines if line):
        write(canvas, face, (x, y - row * size * leading), line, size, colour=colour, align=align)
