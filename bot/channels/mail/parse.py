"""The bytes of a mail → who wrote it, what they said, which files are with it.

Nothing in a mail is so malformed that reading it fails; what cannot be decoded is kept as it came.

Mails within it, however they are packed, are looked into: their files count as files of the mail.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message

from bot.channels.mail import body_text, headers
from bot.channels.mail.automatic_mail import MailKind, mail_kind
from bot.channels.mail.body_text import Words
from extraction.html.page import page_of_html, page_of_text
from extraction.mail import links, mime
from extraction.mail.attachment import MailAttachment
from extraction.mail.contents import Contents, Letter, contents_of
from extraction.mail.invoice_text import is_tabular, may_be_invoice
from extraction.mail.limits import LONGEST_TEXT, MailTooComplex
from handlers.messages import Unread

_MOST_BODIES = 5  # texts of one mail that are drawn, since drawing takes a tenth of a second
_REPLY = re.compile(
    r"^(?:(?:re|aw|sv|antw|vs|odp|ynt|r|rif|tr|fwd?|wg|rv|i|enc|vb|pd|doorst)\s*(?:\[\d+\])?:\s*)+", re.IGNORECASE
)
_NO_ORDER = re.compile(
    r"\b(?:invoice|rechnung|receipt|quittung|beleg|facture|factura|fattura|factuur|faktura|re|rg|scan|document|dokument|photo|foto|img|image)\b"
    r"|^\W*[\w-]*\d[\w./-]*\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mail:
    """A mail as far as Billify needs it.

    `message_id` is "" where it has none; `references` are the ids of its thread, the root first. `text` is what
    the sender said, or the mail that they passed on where they said nothing and no file is with it; "" from a machine.
    `unread` is why it brings no document, as far as that is known. `whole` is all of its own text, whoever wrote it.
    """

    message_id: str
    references: tuple[str, ...]
    sender: str
    sender_name: str
    subject: str
    text: str
    enclosures: tuple[MailAttachment, ...]
    nature: MailKind
    unread: Unread | None = None
    whole: str = ""

    @property
    def documents(self) -> tuple[MailAttachment, ...]:
        """The files that may be documents: all but signatures, calendar entries, and what a machine's mail shows."""
        return tuple(file for file in self.enclosures if not file.incidental)


def parse(raw: bytes) -> Mail:
    """Reads a mail from its bytes (RFC 5322, MIME). A text of it that may be an invoice is among the files, as HTML.

    Raises: MailTooComplex when it exceeds the limits of extraction.mail.limits.
    """
    try:
        mail = mime.parse(raw)
        return _parsed(mail, contents_of(mail))
    except RecursionError:
        raise MailTooComplex("is nested too deeply") from None


def _parsed(mail: Message, contents: Contents) -> Mail:
    name, address = headers.sender(mail)
    subject = headers.text(mail, "Subject")
    references = headers.message_ids(mail, "References", "In-Reply-To")
    nature = mail_kind(mail)
    own, *within = contents.letters
    said = body_text.words(own.text, subject, f"{name} {address}")
    bodies = tuple(_bodies(own, within, said, answers=bool(references), machine=nature != "person"))
    files = tuple(_as_meant(file, nature) for file in contents.files)
    return Mail(
        message_id=next(iter(headers.message_ids(mail, "Message-ID")), ""),
        references=references,
        sender=address,
        sender_name=name,
        subject=subject,
        text=_text(said, subject, within, files) if nature == "person" else "",
        enclosures=(*files, *bodies),
        nature=nature,
        whole=own.text[:LONGEST_TEXT],
        unread=_unread(contents, answers=bool(references) and not body_text.is_forward(subject)),
    )


def _text(said: Words, subject: str, within: list[Letter], files: tuple[MailAttachment, ...]) -> str:
    """What the sender asks for: their words, else their subject, else the mail that they passed on without files."""
    if said.said:
        return said.said
    sent = any(file.role == "sent" for file in files)
    passed_on = said.passed_on or "\n\n".join(letter.text for letter in within if letter.text)
    if passed_on:
        return "" if sent else passed_on[:LONGEST_TEXT]
    return subject_as_words(subject)


def subject_as_words(subject: str) -> str:
    """The subject where it may be a message: no answer's or forwarded mail's, and no mere name of a document."""
    if _REPLY.match(subject) or _NO_ORDER.search(subject):
        return ""
    return subject


def _as_meant(file: MailAttachment, nature: MailKind) -> MailAttachment:
    """Machines paste no receipts: pictures in their texts are decoration."""
    return replace(file, role="incidental") if file.role == "shown" and nature != "person" else file


def _bodies(
    own: Letter, within: list[Letter], said: Words, *, answers: bool, machine: bool
) -> Iterator[MailAttachment]:
    """Texts of the mail that may be invoices, each a page of HTML: its own, what it passes on, mails within it."""
    if said.passed_on:
        first = said.passed_on.split("\n", 1)[0]
        start = (
            next((at for line, at in zip(own.page.lines, own.page.starts, strict=True) if line == first), 0)
            if own.page
            else 0
        )
        if may_be_invoice(said.passed_on.split("\n"), own.subject):
            page = page_of_html(own.html, start) if own.page else page_of_text(said.passed_on)
            # Beside words of the sender's own it is what they speak of, not what they say.
            yield replace(_body(own.subject, page), role="shown" if said.said else "body")
    elif not answers and _is_invoice(own, machine):
        yield _body(own.subject, page_of_html(own.html) if own.html else page_of_text(own.text))
    for letter in within[: _MOST_BODIES - 1]:
        if _is_invoice(letter, machine=True):
            page = page_of_html(letter.html) if letter.html else page_of_text(letter.text)
            yield _body(letter.subject, page)


def _is_invoice(letter: Letter, machine: bool) -> bool:
    """A person's own words are none, whatever amounts they name: people type no tables."""
    lines = letter.page.lines if letter.page else letter.text.split("\n")
    return (machine or (letter.page is not None and is_tabular(lines))) and may_be_invoice(lines, letter.subject)


def is_page(file: MailAttachment) -> bool:
    """Whether a file is a text of the mail that is still to be drawn as PDF (see extraction.html.pdf)."""
    return file.role in ("body", "shown") and file.media_type == "text/html"


def _body(subject: str, page: str) -> MailAttachment:
    name = re.sub(r'[\\/:*?"<>|\s]+', " ", _REPLY.sub("", subject)).strip()[:80] or "mail"
    return MailAttachment(f"{name}.pdf", "text/html", page.encode(), "body")


def _unread(contents: Contents, *, answers: bool) -> Unread | None:
    """Why there may be no document; an answer quotes links of ours."""
    if contents.encrypted:
        return "encrypted"
    if contents.partial or contents.elsewhere:
        return "partial" if contents.partial else "elsewhere"
    return "linked" if not answers and any(links.leads_to_invoice(letter) for letter in contents.letters) else None
