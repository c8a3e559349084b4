"""Signed files (CAdES, .p7m) as Italian e-invoices travel: what is inside, without its signature being checked.

The syntax is that of RFC 5652 in BER or DER, bare, or in base64 with or without the lines around it (RFC 7468).
"""

from __future__ import annotations

import base64
import re

from asn1crypto import cms

from extraction.errors import Unreadable, refused_as
from extraction.evidence import Problem
from extraction.files.media_type import SIGNED, detect_media_type

SIGNATURE_NOT_CHECKED = "This file is signed; its signature was not checked."
"""What the sender should know of a signed file that was read."""

_MOST_LAYERS = 4  # a file that passes through several hands is signed anew by each

_ARMOUR = re.compile(rb"-----(?:BEGIN|END) [A-Z0-9 ]+-----")
_BROKEN = Problem(
    "broken_signed_file",
    "This signed file (.p7m) is damaged or has nothing in it. Please send it again, or the invoice inside it.",
)
_ENCRYPTED = Problem(
    "encrypted_signed_file", "This .p7m file is encrypted. Please send the invoice inside it, as XML or as a PDF."
)


def unwrap_signed(data: bytes) -> bytes:
    """What is inside a signed file; the file itself where it is none. Raises: Unreadable when nothing is inside."""
    for _ in range(_MOST_LAYERS):
        if detect_media_type(data) != SIGNED:
            return data
        data = _content(data)
    raise Unreadable(_BROKEN)


def has_xml_signature(data: bytes) -> bool:
    """Whether an XML file carries a signature (XML Signature, section 4.1), as Facturae and others do (XAdES)."""
    return b"http://www.w3.org/2000/09/xmldsig#" in data and b"SignatureValue" in data


def _content(data: bytes) -> bytes:
    with refused_as(_BROKEN):
        message = cms.ContentInfo.load(_binary(data))
        if message["content_type"].native != "signed_data":
            raise Unreadable(_ENCRYPTED)
        inside = message["content"]["encap_content_info"]["content"].native
    if not isinstance(inside, bytes) or not inside:  # None where the signature is kept apart from what it signs
        raise Unreadable(_BROKEN)
    return inside


def _binary(data: bytes) -> bytes:
    return data if data[:1] == b"\x30" else base64.b64decode(_ARMOUR.sub(b"", data))
