"""A file in a mail, and what it is there for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["sent", "shown", "body", "incidental"]
"""`sent`: somebody meant to send it. `shown`: it came with the text (a logo, a pasted page) and is a document only if
it reads as one. `body`: the mail's own text, which may be an invoice; a document only if it reads as one.
`incidental`: no document whatever it holds (a signature, a calendar entry)."""

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
        "text/x-amp-html",
        "text/x-vcard",
    )
)
# What programs call the pictures of a text that they turned into attachments: Outlook, Exchange, Apple Mail, Gmail.
_BY_PROGRAMS = re.compile(
    r"(?:image\d{3,4}|ATT\d{4,6}|Outlook-.{1,80}|~WRD\d{3,5}|PastedGraphic-\d+|unnamed(?: ?\(\d+\))?|spacer|pixel"
    r"|(?:.{1,40}[-_ ])?(?:logo|signature|signatur|banner|facebook|linkedin|twitter|instagram|xing|youtube)"
    r"(?:[-_ ].{1,40}|\d{0,4}))\.(?:png|jpe?g|gif|bmp|webp|svg)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class MailAttachment:
    """A file in a mail: its name without folders ("" where it has none), the type that is claimed, its bytes."""

    name: str
    media_type: str
    data: bytes
    role: Role = "sent"

    @property
    def incidental(self) -> bool:
        """Whether it only comes with the mail and nobody meant to send it."""
        return self.role == "incidental"


def role_of(name: str, media_type: str, data: bytes, in_text: bool) -> Role:
    """What a file is there for. `in_text`: the HTML text shows it in place, or it says that it belongs there.

    By size nothing is told but that nobody can read it: a logo may have 1200 × 400 pixels and a receipt 640 × 384.
    """
    if media_type in _NO_DOCUMENTS or not data:
        return "incidental"
    if not media_type.startswith("image/") and not re.search(r"\.(?:png|jpe?g|gif|bmp|webp|svg)$", name, re.IGNORECASE):
        return "sent"
    if in_text or _BY_PROGRAMS.fullmatch(name):
        return "incidental" if len(data) < _TOO_SMALL else "shown"
    return "sent"


_TOO_SMALL = 400
"""Bytes of a picture in a text that can be nothing but a blank, a line or a counter of readers."""
