"""Files in a mail: which of them are documents and which only come along, and what Outlook packed away."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

import tnefparse
from PIL import Image

from bot.channels.mail.body_text import printable

log = logging.getLogger(__name__)

_NO_DOCUMENTS = frozenset(
    (
        "application/pgp-encrypted",
        "application/pgp-keys",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "text/calendar",
        "text/directory",
        "text/vcard",
        "text/x-vcard",
    )
)
_LOGO_BYTES = 20_000
_LOGO_SIDE = 250
"""Pixels of the shorter side. A page that can be read has more; logos, icons and banners have less."""


@dataclass(frozen=True)
class MailAttachment:
    """A file in a mail. `incidental` files come with the mail (a logo, a signature), nobody meant to send them."""

    name: str
    media_type: str
    data: bytes
    incidental: bool = False


def is_incidental(media_type: str, data: bytes, in_text: bool) -> bool:
    """Whether a file only decorates its mail. `in_text`: the HTML text shows it in place.

    A picture that stands in the text may be a pasted screenshot of a bill, so only a small one is a decoration;
    a picture that is attached never is.
    """
    if media_type in _NO_DOCUMENTS:
        return True
    return in_text and media_type.startswith("image/") and (len(data) < _LOGO_BYTES or _is_small(data))


def _is_small(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data)) as picture:
            return min(picture.size) < _LOGO_SIDE
    except (OSError, ValueError, Image.DecompressionBombError):
        return False  # unreadable: the reader tells its sender so


def opened(file: MailAttachment) -> Iterator[MailAttachment]:
    """The file itself, or the files in it where it is Outlook's winmail.dat (TNEF, MS-OXTNEF)."""
    if file.media_type not in ("application/ms-tnef", "application/vnd.ms-tnef") and file.name.lower() != "winmail.dat":
        yield file
        return
    try:
        packed = tnefparse.TNEF(file.data).attachments
        inner = [
            MailAttachment(printable(part.long_filename()), "application/octet-stream", bytes(part.data))
            for part in packed
        ]
    except Exception as error:  # the library raises errors of many kinds on damaged files
        log.warning("A winmail.dat cannot be opened (%s); it is kept as it came.", error)
        yield file
    else:
        # Without files it only repeats the mail's text in Outlook's format.
        yield from inner or [replace(file, incidental=True)]
