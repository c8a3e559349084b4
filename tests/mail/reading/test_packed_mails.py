"""Files in mails, whatever they are packed in, and mails in whatever is sent."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest

from bot.bench.mail.samples import KINDS, invoice_pdf, letter, opaquely_signed, pgp, tnef, uuencoded, with_file, zipped
from bot.channels.mail.parse import parse
from extraction.mail.unpack import is_container, unpack
from tests.fakes.documents.outlook_message import outlook_message

PDF = invoice_pdf()
LOGO = b"\x89PNG\r\n\x1a\n" + bytes(900)


def inner_mail() -> bytes:
    return with_file(letter("our invoice"), PDF, "invoice.pdf", "application/pdf").as_bytes()


def base64_rfc822() -> bytes:
    """Against RFC 2046, 5.2.1, as some gateways do."""
    return (
        b"From: Anna <anna@example.com>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\n\r\nplease book\r\n--b\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(inner_mail())
        + b"\r\n--b--\r\n"
    )


def attached(data: bytes, name: str) -> bytes:
    return with_file(letter("please book"), data, name).as_bytes()


def nested_message() -> bytes:
    outer = letter("please book")
    inner = EmailMessage()
    inner["Subject"] = "inner"
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="invoice.pdf")
    outer.add_attachment(inner)
    return outer.as_bytes()


PACKED = {
    "message/rfc822": nested_message(),
    "message/rfc822 in base64": base64_rfc822(),
    ".eml as octet-stream": attached(inner_mail(), "invoice.eml"),
    ".eml under another name": attached(inner_mail(), "invoice"),
    ".eml in .eml": attached(attached(inner_mail(), "a.eml"), "b.eml"),
    ".msg": attached(outlook_message("invoice", "see below", files={"invoice.pdf": PDF}), "invoice.msg"),
    "winmail.dat": attached(tnef({"invoice.pdf": PDF, "image001.png": LOGO}), "winmail.dat"),
    "an opaque signature": opaquely_signed(inner_mail()),
    "a signed mail attached": attached(opaquely_signed(inner_mail()), "smime.eml"),
    "uuencoded": letter("please book\n\n" + uuencoded(PDF, "invoice.pdf")).as_bytes(),
}


@pytest.mark.parametrize("raw", PACKED.values(), ids=PACKED.keys())
def test_the_invoice_is_found(raw):
    mail = parse(raw)
    assert [(file.name, file.data) for file in mail.documents if file.role == "sent"] == [("invoice.pdf", PDF)]
    assert "begin 644" not in mail.text


def test_pictures_that_outlook_packs_along_are_no_documents_by_themselves():
    mail = parse(PACKED["winmail.dat"])
    assert [file.name for file in mail.documents if file.role == "shown"] == ["image001.png"]


def test_words_beside_it_are_said():
    assert parse(PACKED["uuencoded"]).text == "please book"
    assert parse(PACKED[".eml as octet-stream"]).text == "please book"


@pytest.mark.parametrize(
    "data",
    [
        zipped({"a.eml": inner_mail()}),
        zipped({"a.zip": zipped({"invoice.pdf": PDF})}),
        zipped({"a.zip": zipped({"b.eml": attached(zipped({"invoice.pdf": PDF}), "c.zip")})}),
        outlook_message("x", files={"invoice.pdf": PDF}),
        tnef({"invoice.pdf": PDF}),
        inner_mail(),
        opaquely_signed(inner_mail()),
    ],
    ids=["a ZIP of mails", "a ZIP in a ZIP", "a ZIP in a mail in a ZIP", ".msg", "winmail.dat", ".eml", "signed .eml"],
)
def test_whatever_the_channel_it_is_unpacked(data):
    assert is_container(data)
    members = unpack(data).members
    assert [(member.name, member.data) for member in members if member.role == "sent"] == [("invoice.pdf", PDF)]


def test_one_that_cannot_be_opened_leaves_the_others():
    unpacked = unpack(zipped({"bad.zip": b"PK\x03\x04" + bytes(60), "invoice.pdf": PDF, "secret.eml": pgp()}))
    assert [(member.name, member.problem.code if member.problem else "") for member in unpacked.members] == [
        ("bad.zip", "broken_archive"),
        ("invoice.pdf", ""),
        ("secret.eml", "encrypted_mail"),
    ]


def test_archives_within_archives_have_an_end():
    data = zipped({"invoice.pdf": PDF})
    for _ in range(6):
        data = zipped({"a.zip": data})
    (member,) = unpack(data).members
    assert member.problem is not None
    assert "within archives" in member.problem.message


def test_a_damaged_msg_stays_a_file_of_which_its_sender_is_told():
    damaged = outlook_message("x", files={"invoice.pdf": PDF})[:1500]
    assert [file.name for file in parse(attached(damaged, "x.msg")).documents] == ["x.msg"]


@pytest.mark.parametrize(
    "raw",
    [
        pgp(),
        letter("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----").as_bytes(),
        attached(b"-----BEGIN PGP MESSAGE-----\n\nhQEMA", "invoice.pdf.asc"),
        b"From: a@example.com\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(bytes.fromhex("308006092a864886f70d010703a080")),
    ],
    ids=["PGP/MIME", "PGP in the text", "an encrypted file", "S/MIME"],
)
def test_what_is_encrypted_is_said_to_be(raw):
    mail = parse(raw)
    assert mail.unread == "encrypted"
    assert not mail.documents


def test_a_signed_e_invoice_is_a_file_and_no_mail():
    signed = opaquely_signed(b'<?xml version="1.0"?><p:FatturaElettronica xmlns:p="x"/>')
    data = base64.decodebytes(signed.split(b"\r\n\r\n", 1)[1])
    assert [file.name for file in parse(attached(data, "IT01_1.xml.p7m")).documents] == ["IT01_1.xml.p7m"]
    assert unpack(data).by_itself, "whoever unpacks it is told that it is read as it is"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_the_bench_is_a_mail_that_brings_something(kind):
    mail = parse(KINDS[kind]())
    assert mail.documents or mail.text or mail.unread
