"""What an office sends in an hour: each mail with what is to become of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from itertools import count, cycle
from typing import Literal

from tests.fakes.documents.einvoices import cii

OWNER, MAX, US = "owner@localhost", "max@localhost", "billify@localhost"

Fate = Literal["answered", "waits", "left alone"]


@dataclass(frozen=True)
class Posted:
    """A mail of the drill: who sends it, its bytes, and what is to become of it. `number` is that of the invoice with
    it, "" for none; `twice` that its sender's server repeats it."""

    name: str
    message_id: str
    sender: str
    raw: bytes
    fate: Fate
    number: str = ""
    twice: bool = False


def mixed_mails() -> Iterator[Posted]:
    """Documents, questions, both in one, strangers, newsletters, machines, scans with one Message-ID; without end."""
    makers = (_document, _question, _stranger, _both, _absence, _question, _scan, _newsletter, _document, _bounce)
    for n, make in zip(count(1), cycle(makers), strict=False):
        yield make(n)


def answer_to(card: EmailMessage, sender: str) -> Posted:
    """The mail in which somebody confirms what a card of ours shows."""
    card_id = str(card["Message-ID"]).strip("<> ")
    message_id = f"confirm-{card['In-Reply-To'].strip('<> ')}"
    mail = _mail(sender, f"Re: {card['Subject']}", "confirm\n\nBest regards\nOlga\n", message_id)
    mail["In-Reply-To"], mail["References"] = f"<{card_id}>", f"{card['References']} <{card_id}>"
    return Posted("confirmation", message_id, sender, mail.as_bytes(), "answered")


def _document(n: int) -> Posted:
    return _with_invoice("document", n, "")


def _both(n: int) -> Posted:
    return _with_invoice("document with words", n, "category travel")


def _question(n: int) -> Posted:
    said = ("what is due?", "help", "balance")[n % 3]
    mail = _mail(MAX if n % 2 else OWNER, f"Question {n}", said, f"m{n}@localhost")
    return Posted("question", f"m{n}@localhost", MAX if n % 2 else OWNER, mail.as_bytes(), "answered", twice=n % 4 == 0)


def _stranger(n: int) -> Posted:
    sender = f"billing@vendor{n}.example"
    mail = _mail(sender, f"Invoice {n}", "please find our invoice attached", f"m{n}@vendor{n}.example")
    mail.add_attachment(b"%PDF-1.4 none", maintype="application", subtype="pdf", filename="invoice.pdf")
    return Posted("stranger", f"m{n}@vendor{n}.example", sender, mail.as_bytes(), "waits", twice=n % 3 == 0)


def _newsletter(n: int) -> Posted:
    sender = f"news@shop{n}.example"
    mail = _mail(sender, f"Sale {n}", "everything must go", f"m{n}@shop{n}.example")
    mail["List-Unsubscribe"], mail["Precedence"] = f"<https://shop{n}.example/out>", "bulk"
    return Posted("newsletter", f"m{n}@shop{n}.example", sender, mail.as_bytes(), "waits")


def _absence(n: int) -> Posted:
    mail = _mail(OWNER, f"Abwesenheitsnotiz: {n}", "Ich bin im Urlaub.", f"m{n}@localhost")
    mail["Auto-Submitted"] = "auto-replied"
    return Posted("autoresponder", f"m{n}@localhost", OWNER, mail.as_bytes(), "left alone", twice=True)


def _bounce(n: int) -> Posted:
    sender = f"MAILER-DAEMON@mx{n}.example"
    mail = _mail(sender, "Undelivered Mail Returned to Sender", "550 no such user", f"m{n}@mx{n}.example")
    return Posted("bounce", f"m{n}@mx{n}.example", sender.lower(), mail.as_bytes(), "left alone")


def _scan(n: int) -> Posted:
    """Scanners give each scan the same Message-ID."""
    posted = _with_invoice("scan", n, "", "scan@scanner.localhost")
    return Posted("scan", posted.message_id, posted.sender, posted.raw, "answered", posted.number, twice=True)


def _with_invoice(name: str, n: int, text: str, message_id: str = "") -> Posted:
    number, message_id = f"DRILL-{n:06}", message_id or f"m{n}@localhost"
    mail = _mail(OWNER, f"Invoice {n}", text, message_id)
    day = date(2024, 1, 1) + timedelta(days=n % 400)
    xml = cii({"2024-117": number, "Möbel Müller GmbH": f"{_name(n)} GmbH", "20250303": f"{day:%Y%m%d}"})
    mail.add_attachment(xml, maintype="application", subtype="xml", filename=f"{number}.xml")
    return Posted(name, message_id, OWNER, mail.as_bytes(), "answered", number)


def _name(n: int) -> str:
    """A name that is like no other's."""
    return "".join(3 * chr(65 + n // 26**place % 26) for place in range(3)).capitalize()


def _mail(sender: str, subject: str, text: str, message_id: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = sender, US, subject, f"<{message_id}>"
    mail["Date"] = "Mon, 03 Mar 2025 09:00:00 +0100"
    mail.set_content(text)
    return mail
