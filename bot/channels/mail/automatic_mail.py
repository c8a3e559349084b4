"""Is a mail from a person, from a machine, or an echo of our own? So that two machines never answer each other."""

from __future__ import annotations

import re
import tomllib
from email.message import Message
from functools import cache
from importlib.resources import files
from typing import Literal

from bot.channels.mail import headers

MailKind = Literal["person", "machine", "echo"]
"""An "echo" is an answer by a machine: a bounce, a receipt, an out-of-office note. It is never worth reading.
Other mail of a "machine" may bring an invoice; it is read, but never answered (RFC 3834, section 2)."""

_SERVER = re.compile(r"(?:mailer-daemon|mail-daemon|postmaster|mailerdaemon)@", re.IGNORECASE)
_NO_REPLY = re.compile(r"[^@]*(?:no|not|keine?)[-_.]?(?:reply|antwort)\b[^@]*@", re.IGNORECASE)
_ECHO_HEADERS = (
    "X-Autoreply",
    "X-Autoreply-From",
    "X-Autorespond",
    "X-Auto-Reply",
    "X-Mail-Autoreply",
    "X-Failed-Recipients",
    "X-MS-Exchange-Inbox-Rules-Loop",
)
"""Of vacation (Unix), Plesk, cPanel, Zimbra, Lotus, Exim, Exchange's rules."""
_MACHINE_HEADERS = (
    "X-Auto-Response-Suppress",
    "X-Loop",
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "List-Help",
    "List-Owner",
    "Mailing-List",
    "X-Mailing-List",
    "X-BeenThere",
    "Feedback-ID",
    "X-CSA-Complaints",
)
"""MS-OXCMAIL 2.2.3.2.14, procmail and other programs against loops; RFC 2369, RFC 2919; mass mailing services."""
_AFTER = re.compile(r"\s*(?:$|[:;,.!?|/(\[{–—-]|\d|(?:re|aw|bis|until|till|to|from|vom|du|jusqu)\b)")


def mail_kind(mail: Message) -> MailKind:
    """Judges by headers alone (RFC 3834, RFC 2919, RFC 5321 4.5.5 and what servers use besides).

    A subject such as "Abwesenheitsnotiz" makes an echo of a mail, unless files are with it, which nobody's note has.
    """
    submitted = re.split(r"[;\s(]", headers.first(mail, "Auto-Submitted").lower())[0]
    precedence = headers.first(mail, "Precedence").lower()
    _, address = headers.sender(mail)
    answers = is_automatic_subject(headers.text(mail, "Subject"))
    mixed = mail.get_content_type() == "multipart/mixed"
    machine = (
        submitted not in ("", "no")
        or precedence in ("bulk", "list", "junk", "auto_reply")
        or any(headers.first(mail, name) for name in _MACHINE_HEADERS)
        or headers.first(mail, "Return-Path") == "<>"
        or bool(_NO_REPLY.match(address))
    )
    if (
        submitted in ("auto-replied", "auto-notified")
        or precedence == "auto_reply"
        or mail.get_content_type() == "multipart/report"
        or _SERVER.match(address)
        or any(headers.first(mail, name) for name in _ECHO_HEADERS)
        or "autoresponder" in headers.first(mail, "X-POST-MessageClass").lower()
        or (answers and (machine or not mixed))
    ):
        return "echo"
    return "machine" if machine or answers else "person"


def is_bounce(mail: Message) -> bool:
    """Whether a mail server reports what became of a mail (RFC 3464), or says so in a way of its own."""
    report = str(mail.get_param("report-type", "")).lower()
    if mail.get_content_type() == "multipart/report" and report != "delivery-status":
        return False  # a read receipt, a complaint
    _, address = headers.sender(mail)
    return report == "delivery-status" or bool(_SERVER.match(address) or headers.first(mail, "X-Failed-Recipients"))


def is_automatic_subject(subject: str) -> bool:
    """Whether a subject begins as machines' answers do, in some language of Europe."""
    said = " ".join(subject.casefold().replace("’", "'").lstrip("[(*# ").split())
    return any(said.startswith(words) and _AFTER.match(said[len(words) :]) for words in _subjects())


@cache
def _subjects() -> tuple[str, ...]:
    text = files("bot.channels.mail.intake").joinpath("automatic_subjects.toml").read_text("utf-8")
    return tuple(sorted({words.casefold() for listed in tomllib.loads(text).values() for words in listed}))
