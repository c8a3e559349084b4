"""Signed e-invoices (.p7m) are read as what is inside them, however they were wrapped; no promise is made of them."""

from __future__ import annotations

import base64
import io
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID
from PIL import Image

from extraction.evidence import Reading
from extraction.pipeline.annotated_page import draw_annotated_page
from extraction.pipeline.extract import extract_documents
from tests.fakes.documents.document_files import pdf
from tests.fakes.documents.einvoices import fatturapa, ubl

NOT_CHECKED = "its signature was not checked"
OID_SIGNED, OID_DATA = bytes.fromhex("06092a864886f70d010702"), bytes.fromhex("06092a864886f70d010701")


@cache
def signer() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Fornitore Srl")])
    now = datetime.now(UTC)
    unsigned = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    lasting = unsigned.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    return lasting.sign(key, hashes.SHA256()), key


def signed(data: bytes, *options: pkcs7.PKCS7Options) -> bytes:
    """A CMS message in DER with the data inside, signed by somebody."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data).add_signer(*signer(), hashes.SHA256())
    return builder.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary, *options])


def streamed(data: bytes) -> bytes:
    """The same in BER as programs write it that stream: lengths left open, the data in chunks (X.690, 8.1.3.6)."""
    chunks = b"".join(
        b"\x04\x82" + len(chunk).to_bytes(2, "big") + chunk
        for chunk in (data[at : at + 1000] for at in range(0, len(data), 1000))
    )
    inside = b"\x30\x80" + OID_DATA + b"\xa0\x80" + b"\x24\x80" + chunks + bytes(2) + bytes(2) + bytes(2)
    message = b"\x30\x80" + b"\x02\x01\x01" + b"\x31\x00" + inside + b"\x31\x00" + bytes(2)
    return b"\x30\x80" + OID_SIGNED + b"\xa0\x80" + message + bytes(2) + bytes(2)


def armoured(data: bytes) -> bytes:
    lines = base64.encodebytes(signed(data))
    return b"-----BEGIN PKCS7-----\n" + lines + b"-----END PKCS7-----\n"


def read_file(data: bytes) -> Reading:
    return extract_documents(data, lambda picture, page: ())


WRAPPINGS = {
    "signed": signed,
    "streamed": streamed,
    "base64": lambda data: base64.b64encode(signed(data)),
    "lines of base64": armoured,
    "signed twice": lambda data: signed(signed(data)),
}


@pytest.mark.parametrize("wrap", WRAPPINGS.values(), ids=WRAPPINGS.keys())
@pytest.mark.parametrize("inside", [fatturapa(), ubl(), pdf()], ids=["FatturaPA", "UBL", "PDF"])
def test_a_signed_file_says_what_is_inside_it(inside: bytes, wrap) -> None:
    plain, reading = read_file(inside), read_file(wrap(inside))
    assert reading.problem is None
    assert reading.documents == plain.documents != ()
    assert reading.media_type == "application/pkcs7-mime"  # what is kept is the file as it was signed
    assert NOT_CHECKED in reading.notice
    assert NOT_CHECKED not in plain.notice


def test_its_card_shows_the_page_inside() -> None:
    data = signed(pdf())
    (document,) = read_file(data).documents
    with Image.open(io.BytesIO(draw_annotated_page(data, document))) as picture:
        assert picture.height > picture.width


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (signed(fatturapa())[:200], "broken_signed_file"),
        (signed(fatturapa(), pkcs7.PKCS7Options.DetachedSignature), "broken_signed_file"),
        (signed(b"Just a note"), "unsupported_text"),
        (signed(signed(signed(signed(signed(fatturapa()))))), "broken_signed_file"),
        (base64.b64encode(signed(fatturapa()))[:101], "broken_signed_file"),
    ],
    ids=["cut off", "signature alone", "a note", "wrapped too often", "base64 cut off"],
)
def test_what_cannot_be_unwrapped_says_why(data: bytes, code: str) -> None:
    problem = read_file(data).problem
    assert problem is not None
    assert problem.code == code
    assert "lease" in problem.message
