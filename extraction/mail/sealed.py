"""Signed and encrypted mail: S/MIME (RFC 8551), and PGP/MIME (RFC 3156) and its older form in the text.

What is only signed is opened, its signature unchecked. What is encrypted is said to be so.
"""

from __future__ import annotations

from email.message import Message

from extraction.errors import Unreadable
from extraction.files.media_type import SIGNED, detect_media_type
from extraction.files.signed_file import unwrap_signed
from extraction.mail.mime import parse
from extraction.mail.recognition import looks_like_mail

_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_ENVELOPED = (bytes.fromhex("06092a864886f70d010703"), bytes.fromhex("060b2a864886f70d0109100117"))
"""Object identifiers of enveloped and authenticated-enveloped data (RFC 5652, 6.1; RFC 5083)."""
_PGP = b"-----BEGIN PGP MESSAGE-----"
_MOST_LAYERS = 4


def unwrapped(mail: Message) -> Message:
    """The mail that an opaquely signed one holds, with its subject; the mail itself if it is none."""
    found = mail
    for _ in range(_MOST_LAYERS):
        if found.is_multipart() or found.get_content_type() not in _SMIME:
            break
        data = found.get_payload(decode=True)
        inside = signed_mail(data) if isinstance(data, bytes) else None
        if inside is None:
            break
        found = parse(inside)
    if found is not mail and found["Subject"] is None and mail["Subject"] is not None:
        found["Subject"] = str(mail["Subject"])
    return found


def signed_mail(data: bytes) -> bytes | None:
    """The mail inside a signed file (.p7m), None where it is no signed file, or holds something else."""
    if detect_media_type(data) != SIGNED:
        return None
    try:
        inside = unwrap_signed(data)
    except Unreadable:
        return None
    return inside if looks_like_mail(inside, media_type="message/rfc822") else None


def is_encrypted(part: Message) -> bool:
    """Whether a part can be read only with a key."""
    if part.get_content_type() == "multipart/encrypted":
        return True
    if part.is_multipart() or part.get_content_type() not in _SMIME:
        return False
    data = part.get_payload(decode=True)
    return isinstance(data, bytes) and any(oid in data[:64] for oid in _ENVELOPED)


def is_pgp_message(data: bytes) -> bool:
    """Whether a file is encrypted with PGP (RFC 9580, 6.2)."""
    return _PGP in data[:1_000]


def is_pgp_text(said: str) -> bool:
    """Whether a text is encrypted with PGP."""
    return any(line.strip() == _PGP.decode() for line in said[:4_000].split("\n"))
