"""Mails of each kind, as people and programs send them, made here."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from struct import pack

from asn1crypto import cms
from reportlab.pdfgen.canvas import Canvas

from bot.bench.mail.answers import answers

INVOICE_HTML = """<html><head><style>td{padding:4px}</style></head><body><div style="display:none">Your receipt</div>
<table width="100%" bgcolor="#eeeeee"><tr><td align="center"><table width="600"><tr><td>
<img src="https://example.com/logo.png" alt="Globex Cloud Ltd"></td></tr>
<tr><td><h1>Invoice INV-2025-0042</h1><p>Date of issue: 3 March 2025<br>Bill to: Lindenhof GmbH</p></td></tr>
<tr><td><table><tr><td>Team plan, March 2025</td><td align="right">€100.00</td></tr>
<tr><td>Subtotal</td><td align="right">€100.00</td></tr><tr><td>VAT 19%</td><td align="right">€19.00</td></tr>
<tr><td><b>Total</b></td><td align="right"><b>€119.00</b></td></tr></table></td></tr>
<tr><td><a href="https://example.com/i/42">View in browser</a></td></tr></table></td></tr></table></body></html>"""


def invoice_pdf(number: str = "2024-117", vendor: str = "Acme GmbH") -> bytes:
    """A small invoice with a text layer."""
    written = io.BytesIO()
    canvas = Canvas(written)
    lines = (vendor, f"Invoice {number}", "Date: 3 March 2025", "Subtotal 1,050.00 EUR", "VAT 19% 199.50 EUR",
             "Total 1,249.50 EUR", "Due date: 2 April 2025")  # fmt: skip
    for n, line in enumerate(lines):
        canvas.drawString(72, 770 - 22 * n, line)
    canvas.save()
    return written.getvalue()


def letter(
    text: str = "", subject: str = "hello", html: str = "", sender: str = "Anna Gruber <anna@example.com>"
) -> EmailMessage:
    """A mail of a person, to which files can be attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "billify@example.com", subject
    mail["Date"], mail["Message-ID"] = "Mon, 03 Mar 2025 10:00:00 +0100", "<one@example.com>"
    mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html")
    return mail


def with_file(mail: EmailMessage, data: bytes, name: str, media_type: str = "application/octet-stream") -> EmailMessage:
    """The mail with a file."""
    main, sub = media_type.split("/")
    mail.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return mail


def zipped(files: dict[str, bytes]) -> bytes:
    """A ZIP archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return written.getvalue()


def tnef(files: dict[str, bytes]) -> bytes:
    """A winmail.dat (MS-OXTNEF 2.1.3): for each file its rendering data, title and bytes."""

    def attribute(tag: int, kind: int, data: bytes) -> bytes:
        return pack("<BHHI", 2, tag, kind, len(data)) + data + pack("<H", sum(data) & 0xFFFF)

    written = pack("<IH", 0x223E9F78, 1)
    for name, data in files.items():
        written += (
            attribute(0x9002, 6, bytes(14)) + attribute(0x8010, 1, name.encode() + b"\0") + attribute(0x800F, 6, data)
        )
    return written


def opaquely_signed(inner: bytes) -> bytes:
    """A mail inside a signature (RFC 8551, 3.5.2), with nobody's signature."""
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [],
            "encap_content_info": {"content_type": "data", "content": inner},
            "signer_infos": [],
        }
    )
    data = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    head = (
        b"From: Anna Gruber <anna@example.com>\r\nTo: billify@example.com\r\nSubject: signed\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head + base64.encodebytes(data)


def uuencoded(data: bytes, name: str) -> str:
    """A file as it stands in a text (POSIX uuencode)."""
    lines = [binascii.b2a_uu(data[n : n + 45]).decode() for n in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend\n"


def pgp() -> bytes:
    """An encrypted mail (RFC 3156, 4)."""
    head = (
        b"From: Anna Gruber <anna@example.com>\r\nTo: billify@example.com\r\nSubject: ...\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\r\n\r\n'
        b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n"
        b'--b\r\nContent-Type: application/octet-stream; name="encrypted.asc"\r\n\r\n'
    )
    return head + b"-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA0000000000000\r\n-----END PGP MESSAGE-----\r\n--b--\r\n"


def _answer() -> bytes:
    found = next(a for a in answers() if a.client == "Gmail, German" and a.signature == "German, full")
    return letter(found.text, "Re: Acme").as_bytes()


def _forwarded(html: bool) -> bytes:
    marker = "---------- Forwarded message ---------\nFrom: Globex <billing@example.com>\nDate: Mon, 3 Mar 2025\n\n"
    if not html:
        mail = letter(f"please book\n\n{marker}See the invoice.", "Fwd: Invoice")
        return with_file(mail, invoice_pdf(), "invoice.pdf", "application/pdf").as_bytes()
    top = f"<div>book as travel</div><div>{marker.replace(chr(10), '<br>')}</div>"
    return letter("", "Fwd: Invoice INV-2025-0042", top + INVOICE_HTML).as_bytes()


def _attached_mail() -> bytes:
    inner = with_file(
        letter("our invoice", sender="billing@example.com"), invoice_pdf(), "invoice.pdf", "application/pdf"
    )
    outer = letter("please book")
    outer.add_attachment(inner)
    return outer.as_bytes()


def _eml() -> bytes:
    inner = with_file(letter("our invoice"), invoice_pdf(), "invoice.pdf", "application/pdf").as_bytes()
    return with_file(letter("please book"), inner, "Invoice.eml").as_bytes()


KINDS: dict[str, Callable[[], bytes]] = {
    "words": lambda: letter("what is due?").as_bytes(),
    "an answer with signature and history": _answer,
    "a PDF": lambda: with_file(letter("please book"), invoice_pdf(), "invoice.pdf", "application/pdf").as_bytes(),
    "a PDF of 5 MB": lambda: with_file(
        letter(), invoice_pdf() + bytes(5_000_000), "scan.pdf", "application/pdf"
    ).as_bytes(),
    "a forwarded mail with a PDF": lambda: _forwarded(html=False),
    "a forwarded mail that is an invoice": lambda: _forwarded(html=True),
    "an invoice as HTML": lambda: letter("", "Your invoice", INVOICE_HTML, "Globex <no-reply@example.com>").as_bytes(),
    "a mail as attachment": _attached_mail,
    "an .eml file": _eml,
    "a ZIP of invoices": lambda: with_file(
        letter(), zipped({f"{n}.pdf": invoice_pdf(str(n)) for n in range(10)}), "invoices.zip"
    ).as_bytes(),
    "a winmail.dat": lambda: with_file(
        letter(), tnef({"invoice.pdf": invoice_pdf()}), "winmail.dat", "application/ms-tnef"
    ).as_bytes(),
    "an opaque signature": lambda: opaquely_signed(
        with_file(letter(), invoice_pdf(), "invoice.pdf", "application/pdf").as_bytes()
    ),
    "a uuencoded PDF": lambda: letter("see below\n\n" + uuencoded(invoice_pdf(), "invoice.pdf")).as_bytes(),
    "an encrypted mail": pgp,
}
