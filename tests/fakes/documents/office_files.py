"""The same invoice as a web page, a text and as Office documents, each as small as a program may write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage

import openpyxl

LINES = ("Möbel Müller GmbH", "Hauptstraße 5, 80331 München", "Rechnung", "")
FACTS = (("Rechnungsnummer", "2026-117"), ("Rechnungsdatum", "03.03.2026"), ("Fällig am", "02.04.2026"))
ROWS = (("Stuhl", "2", "50,00 €", "100,00 €"), ("Regal", "1", "20,00 €", "20,00 €"))
SUMS = (("Nettobetrag", "120,00 €"), ("MwSt. 19 %", "22,80 €"), ("Gesamtbetrag", "142,80 €"))
FOOT = "IBAN DE89 3704 0044 0532 0130 00"
RIGHT = {
    "vendor": "Möbel Müller GmbH",
    "number": "2026-117",
    "issue_date": "2026-03-03",
    "due_date": "2026-04-02",
    "currency": "EUR",
    "subtotal": "120.00",
    "tax": "22.80",
    "total": "142.80",
    "iban": "DE89370400440532013000",
}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WPS = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps" xmlns:v="urn:v"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "drawing")
)


def archive(parts: Mapping[str, bytes | str]) -> bytes:
    """A ZIP archive of the parts, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in parts.items():
            kept = zipfile.ZIP_STORED if name == "mimetype" else None
            zipped.writestr(name, data, compress_type=kept)
    return made.getvalue()


def web_page(style: str = "", charset: str = "utf-8") -> bytes:
    """A saved page with tables, a script, and what is not displayed."""

    def rows(cells: Sequence[Sequence[str]]) -> str:
        return "".join("<tr>" + "".join(f"<td{style}>{cell}</td>" for cell in row) + "</tr>" for row in cells)

    text = (
        f'<!DOCTYPE html>\n<html><head><meta charset="{charset}"><script>var total = "999,00";</script>'
        f'</head><body><div style="display:none">Gesamtbetrag 777,00 €</div>'
        f"{''.join(f'<div>{line}</div>' for line in LINES)}"
        f"<table>{rows(FACTS)}</table><table>{rows(ROWS)}</table><table>{rows(SUMS)}</table><p>{FOOT}</p></body></html>"
    )
    return text.encode(charset)


def archived_web_page() -> bytes:
    """The page as a browser saves it in one file (MHTML, RFC 2557)."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "<Saved by Blink>", "Bestellung"
    mail["Date"], mail["Snapshot-Content-Location"] = "Tue, 3 Mar 2026 10:00:00 -0000", "https://shop.example/7"
    mail.set_content(web_page().decode(), subtype="html")
    mail.make_related()
    mail.set_param("type", "text/html")
    return mail.as_bytes()


def plain_text() -> bytes:
    """The invoice typed, with blanks between columns."""
    rows = [*FACTS, *ROWS, *SUMS]
    return "\r\n".join((*LINES, *("   ".join(row) for row in rows), FOOT)).encode("windows-1252")


def word(
    *, tabs: bool = False, before: str = "", head: str = "", parts: Mapping[str, bytes | str] | None = None
) -> bytes:
    """A Word document; with `tabs` its columns are made of them, else of tables in a content control."""

    def table(cells: Sequence[Sequence[str]]) -> str:
        if tabs:
            return "".join(_paragraph("<w:tab/>".join(f"<w:t>{cell}</w:t>" for cell in row)) for row in cells)
        rows = "".join(
            "<w:tr>" + "".join(f"<w:tc>{_paragraph(f'<w:t>{cell}</w:t>')}</w:tc>" for cell in row) + "</w:tr>"
            for row in cells
        )
        return f"<w:sdt><w:sdtContent><w:tbl>{rows}</w:tbl></w:sdtContent></w:sdt>"

    body = (
        before + "".join(_paragraph(f"<w:t>{line}</w:t>") for line in LINES) + table(FACTS) + table(ROWS) + table(SUMS)
    )
    given = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_W} {_WPS}><w:body>{body}</w:body></w:document>",
        "word/header1.xml": f"<w:hdr {_W}>{_paragraph(f'<w:t>{head}</w:t>') if head else ''}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}>{_paragraph(f'<w:t>{FOOT}</w:t>')}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {_W}>{_paragraph(f'<w:t>{FOOT}</w:t>')}</w:ftr>",
    }
    return archive({**given, **(parts or {})})


def word_text_box(text: str) -> str:
    """A paragraph with a text box, as Word writes it twice: for itself and for older programs."""
    inside = f"<w:txbxContent>{_paragraph(f'<w:t>{text}</w:t>')}</w:txbxContent>"
    return _paragraph(
        f"<mc:AlternateContent><mc:Choice><wps:txbx>{inside}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{inside}</v:textbox></mc:Fallback></mc:AlternateContent>"
    )


def word_unseen(text: str) -> str:
    """A paragraph that is deleted, one that is hidden and the code of a field, all with the text."""
    return (
        f"<w:p><w:del><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r></w:p><w:p><w:r><w:instrText>{text}</w:instrText></w:r></w:p>"
    )


def _paragraph(runs: str) -> str:
    return f"<w:p><w:pPr/><w:r><w:rPr><w:b/></w:rPr>{runs}</w:r></w:p>"


def open_text() -> bytes:
    """An OpenDocument text with tables, the account in the foot of its pages."""
    body = "".join(f"<text:p>{line}</text:p>" for line in LINES) + "".join(map(_open_table, (FACTS, ROWS, SUMS)))
    styles = f"<style:master-page><style:footer><text:p>{FOOT}</text:p></style:footer></style:master-page>"
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}><office:master-styles>{styles}</office:master-styles>"
            "</office:document-styles>",
        }
    )


def open_sheet() -> bytes:
    """An OpenDocument spreadsheet, a column empty at first, with a million empty rows below."""
    rows = [*((line,) for line in LINES if line), *FACTS, *ROWS, *SUMS, (FOOT,)]
    empty = '<table:table-cell table:number-columns-repeated="1"/>'
    table = _open_table(rows, empty)
    rest = (
        '<table:table-row table:number-rows-repeated="1048500">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table>"
    )
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {_ODF}><office:body><office:spreadsheet>"
            f"{table.removesuffix('</table:table>')}{rest}</office:spreadsheet></office:body></office:document-content>",
        }
    )


def _open_table(rows: Sequence[Sequence[str]], first: str = "") -> str:
    cells = (
        first + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows
    )
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}</table:table>"


def workbook(money: str = '#,##0.00\\ "€"', hidden: bool = False) -> bytes:
    """An Excel workbook with amounts as numbers in that format and days as days."""
    from datetime import date

    book = openpyxl.Workbook()
    sheet = book.active
    for line in LINES:
        sheet.append([None, line])
    for label, value in FACTS:
        day = value.count(".") == 2
        sheet.append([None, label, date(*map(int, reversed(value.split(".")))) if day else value])
    sheet.append([])
    for name, quantity, *amounts in ROWS:
        sheet.append([None, name, int(quantity), *map(_amount, amounts)])
    for label, value in SUMS:
        sheet.append([None, label, None, None, _amount(value)])
    sheet.append([None, FOOT])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = money
    if hidden:
        other = book.create_sheet("alt")
        other.append(["Gesamtbetrag", 999.0])
        other.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _amount(text: str) -> float:
    return float(text.removesuffix(" €").replace(",", "."))


def rich_text() -> bytes:
    """RTF as WordPad and Word write it, letters beyond ASCII as codes of Windows-1252."""

    def coded(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\'{c.encode('windows-1252').hex()}" for c in text)

    def row(cells: Sequence[str]) -> str:
        return "\\trowd" + "".join(f"{coded(cell)}\\cell " for cell in cells) + "\\row\n"

    text = "".join(f"{coded(line)}\\par\n" for line in LINES)
    text += "".join(f"{coded(label)}\\tab {coded(value)}\\par\n" for label, value in FACTS)
    text += "".join(map(row, ROWS)) + "".join(map(row, SUMS)) + f"\\pard {FOOT}\\par"
    return ("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Calibri;}}\n" + text + "}").encode("ascii")
