"""Is a mail from a person, from a machine, or an echo of our own? So that two machines never answer each other."""

from __future__ import annotations

import re
from email.message import Message
from typing import Literal

from bot.channels.mail import headers

MailKind = Literal["person", "machine", "echo"]
"""An "echo" is an answer by a machine: a bounce, a receipt, an out-of-office note. It is never worth reading.
Other mail of a "machine" may bring an invoice; it is read, but never answered (RFC 3834, section 2)."""

_SERVER = re.compile(r"(?:mailer-daemon|postmaster)@", re.IGNORECASE)
_NO_REPLY = re.compile(r"[^@]*(?:no|not)[-_.]?reply\b[^@]*@", re.IGNORECASE)
_ECHO_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients")
_ECHO_SUBJECT = re.compile(
    r"(?:Automatic reply|Automatische Antwort|Réponse automatique|Out of office)\b", re.IGNORECASE
)


def mail_kind(mail: Message) -> MailKind:
    """Judges by headers alone (RFC 3834, RFC 2919, RFC 5321 4.5.5 and what servers use besides)."""
    submitted = re.split(r"[;\s(]", headers.first(mail, "Auto-Submitted").lower())[0]
    _, address = headers.sender(mail)
    if (
        submitted == "auto-replied"
        or mail.get_content_type() == "multipart/report"
        or _SERVER.match(address)
        or any(headers.first(mail, name) for name in _ECHO_HEADERS)
        or _ECHO_SUBJECT.match(headers.text(mail, "Subject"))
    ):
        return "echo"
    if (
        submitted not in ("", "no")
        or headers.first(mail, "Precedence").lower() in ("bulk", "list", "junk", "auto_reply")
        or headers.first(mail, "List-Id")
        or headers.first(mail, "Return-Path") == "<>"
        or _NO_REPLY.match(address)
    ):
        return "machine"
    return "person"
