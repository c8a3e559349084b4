"""What is changed: documents, mails and statements in each form, small, so that many can be tried; or a folder's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from bot.bench.hostile.office_tricks import letter, open_letter, page
from bot.bench.hostile.statement_tricks import table
from bot.bench.hostile.workbook_tricks import cells_of_old, old_workbook, workbook
from bot.bench.mail.samples import KINDS, invoice_pdf, zipped
from extraction.samples.catalogue import catalogue
from extraction.samples.layouts.fonts import find_fonts
from extraction.samples.photo_simulation import pages
from extraction.samples.sample_writer import render

_LARGEST = 300_000
"""Bytes of a folder's file that is changed: larger ones take long and try nothing else."""

_MT940 = (
    ":20:STARTUMS\n:25:12030000/0000202051\n:28C:1/1\n:60F:C250301EUR1000,00\n"
    ":61:2503100310D900,00N051NONREF//B1\n:86:177?00Miete?20SVWZ+Miete Maerz?32Hausverwaltung Nord\n"
    ":62F:C250310EUR100,00\n-"
)
_OFX = (
    "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR"
    "<BANKACCTFROM><BANKID>1<ACCTID>2<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20250301<DTEND>20250331"
    "<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20250310<TRNAMT>-900.00<FITID>1<NAME>Nord<MEMO>Miete</STMTTRN></BANKTRANLIST>"
    "<LEDGERBAL><BALAMT>100.00<DTASOF>20250310</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
)
_QIF = "!Type:Bank\nD03/10/2025\nT-900.00\nPHausverwaltung Nord\nMMiete\n^\n"
_CAMT = (
    '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>'
    "<Id>1</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct><Bal><Tp><CdOrPrtry><Cd>CLBD</Cd>"
    '</CdOrPrtry></Tp><Amt Ccy="EUR">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-03-10</Dt></Dt></Bal>'
    '<Ntry><Amt Ccy="EUR">900.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2025-03-10</Dt></BookgDt>'
    "<NtryDtls><TxDtls><RmtInf><Ustrd>Miete</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"
)
_UBL = (
    '<?xml version="1.0"?><Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" '
    'xmlns:a="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:b="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><b:ID>2024-117</b:ID>'
    "<b:IssueDate>2025-03-03</b:IssueDate><b:DueDate>2025-04-02</b:DueDate>"
    "<b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode><a:AccountingSupplierParty><a:Party><a:PartyName>"
    "<b:Name>Acme GmbH</b:Name></a:PartyName></a:Party></a:AccountingSupplierParty><a:LegalMonetaryTotal>"
    '<b:PayableAmount currencyID="EUR">1249.50</b:PayableAmount></a:LegalMonetaryTotal></Invoice>'
)

_ROWS = "".join(
    f'<row r="{n}"><c r="A{n}" s="1"><v>{45_700 + n}</v></c><c r="B{n}"><v>-{n}.5</v></c><c r="C{n}" t="s"><v>0</v></c>'
    "</row>"
    for n in range(1, 20)
)
_RECORDS = cells_of_old([(row, column) for row in range(20) for column in range(3)])
_PARAGRAPHS = "".join(
    f"<w:p><w:r><w:t>{said}</w:t></w:r></w:p>" for said in ("Acme GmbH", "Invoice 7", "Total 5.00 EUR")
)
_RTF = "{\\rtf1\\ansi Acme GmbH\\par Invoice 7\\par \\trowd Total\\cell 5,00 EUR\\cell\\row}"


def originals() -> dict[str, list[bytes]]:
    """By kind; mails apart (`mails`)."""
    sample = catalogue(date(2025, 3, 3))[0]
    drawn = render(sample, find_fonts())
    whole = pages(drawn, dpi=40)[0].convert("RGB")
    photo = whole.crop((0, 0, whole.width // 3, whole.height // 8))  # a corner: decoders are tried, not reading
    pictures = [_saved(photo, form) for form in ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")]
    return {
        "PDF": [drawn, invoice_pdf()],
        "picture": [*pictures, _heic(photo)],
        "e-invoice": [_UBL.encode(), _UBL.encode("utf-16")],
        "statement": [text.encode() for text in (_MT940, _OFX, _QIF, _CAMT, table(20))],
        "workbook": [workbook(_ROWS), old_workbook(_RECORDS)],
        "letter": [letter(_PARAGRAPHS), open_letter("<text:p>Total 5,00 EUR</text:p>"), _RTF.encode(), page("")],
        "archive": [zipped({"a.pdf": invoice_pdf(), "b.xml": _UBL.encode()})],
    }


def mails() -> list[bytes]:
    """A mail of each kind."""
    return [make() for make in KINDS.values()]


def of_folder(folder: Path) -> tuple[dict[str, list[bytes]], list[bytes]]:
    """The files of a folder by their ending, as far as they are not too large; and its mails (.eml)."""
    found: dict[str, list[bytes]] = {}
    sent = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or not 0 < path.stat().st_size <= _LARGEST:
            continue
        if path.suffix == ".eml":
            sent.append(path.read_bytes())
        elif path.suffix in _ENDINGS:
            found.setdefault(f"real {path.suffix}", []).append(path.read_bytes())
    return found, sent


_ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".heic", ".xml", ".csv", ".sta", ".ofx", ".qif", ".zip"})


def _saved(picture: Image.Image, form: str) -> bytes:
    out = BytesIO()
    picture.save(out, form)
    return out.getvalue()


def _heic(picture: Image.Image) -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(Image.fromarray(np.asarray(picture))).save(out, quality=30)
    return out.getvalue()


def take_turns(kinds: dict[str, list[bytes]]) -> Iterator[tuple[str, bytes]]:
    """One of each kind after the other, without end; of a kind one original after the other."""
    turn = 0
    while kinds:
        for kind, each in kinds.items():
            yield kind, each[turn % len(each)]
        turn += 1
