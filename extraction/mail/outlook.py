"""What Outlook packs into formats of its own: winmail.dat (TNEF, MS-OXTNEF) and .msg (MS-OXMSG)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tnefparse
from olefile import OleFileIO
from oxmsg.attachment import Attachment
from oxmsg.storage import Storage

from extraction.errors import refused_as
from extraction.evidence import Problem
from extraction.mail.attachment import MailAttachment, role_of
from extraction.mail.header_fields import plain_name
from extraction.mail.limits import MOST_DEPTH, MOST_FILES, MailTooComplex
from extraction.standards.charsets import decode, printable

_TNEF = b"\x78\x9f\x3e\x22"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MESSAGE_STREAM = "__properties_version1.0".encode("utf-16-le")
_RENDERING = 0x9002  # the attribute that each attachment begins with
_CONTENT_ID, _HIDDEN = 0x3712, 0x7FFE  # PidTagAttachContentId, PidTagAttachmentHidden (MS-OXCMSG 2.2.2)
_SUBJECT, _TEXT, _HTML, _EMBEDDED = "0037", "1000", "1013", "__substg1.0_3701000D"

_BROKEN = Problem(
    "broken_outlook",
    "This file of Outlook (winmail.dat, .msg) is damaged or incomplete. Please send the files in it directly.",
)


@dataclass(frozen=True)
class OutlookMessage:
    """A message of Outlook: its subject, text and HTML ("" where it has none), its files, and the messages within it.
    `elsewhere` says that it names files without holding them."""

    subject: str = ""
    text: str = ""
    html: str = ""
    files: tuple[MailAttachment, ...] = ()
    within: tuple[OutlookMessage, ...] = ()
    elsewhere: bool = False


def is_tnef(data: bytes) -> bool:
    """Whether it is a winmail.dat, by its first bytes."""
    return data.startswith(_TNEF)


def is_msg(data: bytes) -> bool:
    """Whether it is a .msg file: an OLE file whose directory names a message's properties."""
    return data.startswith(_OLE) and _MESSAGE_STREAM in data


def read_tnef(data: bytes) -> OutlookMessage:
    """What is in a winmail.dat. Raises: MailTooComplex; Unreadable where it is damaged."""
    if _attachments_in(data) > MOST_FILES:
        raise MailTooComplex("holds too much")
    with refused_as(_BROKEN):
        packed = tnefparse.TNEF(data, do_checksum=False)
        files = tuple(_from_tnef(part) for part in packed.attachments)
        html = packed.htmlbody or ""
        return OutlookMessage(html=html if isinstance(html, str) else decode(html, None), files=files)


def _attachments_in(data: bytes) -> int:
    """How many attachments a winmail.dat begins (MS-OXTNEF 2.1.3.2: level, tag, type, length, data, checksum)."""
    found, at = 0, 6
    while at + 9 <= len(data) and found <= MOST_FILES:
        found += int.from_bytes(data[at + 1 : at + 3], "little") == _RENDERING
        at += 11 + int.from_bytes(data[at + 5 : at + 9], "little")
    return found


def _from_tnef(part: tnefparse.tnef.TNEFAttachment) -> MailAttachment:
    properties = {attribute.name for attribute in part.mapi_attrs if attribute.data}
    name, data = plain_name(str(part.long_filename())), bytes(part.data)
    in_text = bool(properties & {_CONTENT_ID, _HIDDEN})
    return MailAttachment(name, "application/octet-stream", data, role_of(name, "", data, in_text))


def read_msg(data: bytes) -> OutlookMessage:
    """What is in a .msg file, the messages within it included. Raises: MailTooComplex; Unreadable if it is damaged."""
    with refused_as(_BROKEN):
        with OleFileIO(data) as ole:
            root = Storage.from_ole(ole)
        return _message(root)


def _message(storage: Storage, depth: int = 0) -> OutlookMessage:
    files: list[MailAttachment] = []
    within: list[OutlookMessage] = []
    elsewhere = False
    for n, place in enumerate(storage.iter_attachment_storages()):
        if n >= MOST_FILES:
            raise MailTooComplex("holds too much")
        inner = next((inside for inside in place.storages if inside.name == _EMBEDDED), None)
        if depth >= MOST_DEPTH:
            raise MailTooComplex("is nested too deeply")
        if inner is not None:
            within.append(_message(inner, depth + 1))
            continue
        found = list(_from_msg(place))
        files += found
        elsewhere |= not found
    html = _stream(storage, f"{_HTML}0102")
    return OutlookMessage(
        subject=_text(storage, _SUBJECT),
        text=_text(storage, _TEXT),
        html=decode(html, None) if html else _text(storage, _HTML),
        files=tuple(files),
        within=tuple(within),
        elsewhere=elsewhere,
    )


def _from_msg(place: Storage) -> Iterator[MailAttachment]:
    found = Attachment(place)
    data = found.file_bytes
    if data is None:  # only a link to where it lies
        return
    name = plain_name(found.file_name or _text(place, "3704") or _text(place, "3001"))
    media_type = printable(found.mime_type or "")[:100]
    in_text = bool(_text(place, f"{_CONTENT_ID:04X}"))
    yield MailAttachment(name, media_type, data, role_of(name, media_type, data, in_text))


def _text(storage: Storage, property_id: str) -> str:
    """A property of text, in UTF-16 or in 8 bits (MS-OXMSG 2.1.2)."""
    if wide := _stream(storage, f"{property_id}001F"):
        return printable(wide.decode("utf-16-le", "replace"))
    return printable(decode(_stream(storage, f"{property_id}001E"), None))


def _stream(storage: Storage, tag: str) -> bytes:
    wanted = f"__substg1.0_{tag}"
    return next((bytes(stream.bytes_) for stream in storage.streams if stream.name == wanted), b"")
