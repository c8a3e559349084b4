"""Files of which each holds several: ZIP archives, mails of every kind, and these within each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from extraction.errors import Unreadable, refused_as
from extraction.evidence import Problem
from extraction.files.media_type import SIGNED, detect_media_type
from extraction.files.zip_archive import (
    ARCHIVE_TOO_LARGE,
    LARGEST,
    MOST_FILES,
    Member,
    Unpacked,
    is_archive,
    zip_members,
)
from extraction.html.page import page_of_html, page_of_text
from extraction.html.pdf import pdf_of
from extraction.mail import links
from extraction.mail.contents import Contents, Letter, contents_of_file
from extraction.mail.invoice_text import may_be_invoice
from extraction.mail.limits import limited_time
from extraction.mail.outlook import is_msg, is_tnef
from extraction.mail.recognition import looks_like_mail
from extraction.mail.sealed import is_pgp_message, signed_mail

_MOST_LAYERS = 4  # archives within archives

_EMPTY_MAIL = Problem("empty_mail", "There is no invoice in this mail. Please send the invoice itself.")
_ENCRYPTED = Problem("encrypted_mail", "This mail is encrypted. Please send the invoice in it without encryption.")
_PARTIAL = Problem("partial_mail", "This is a piece of a mail that was cut. Please send the invoice itself, as a PDF.")
_ELSEWHERE = Problem(
    "file_elsewhere", "The file is not in this mail, which only says where it lies. Please open it and send me the PDF."
)
_LINK = Problem("linked_invoice", "The invoice is behind a link. Please open it and send me the PDF.")
_EMPTY = Problem("empty_archive", "There are no files in this ZIP archive. Please send the invoices themselves.")
_TOO_DEEP = Problem(
    "archive_too_deep", "This ZIP archive holds archives within archives. Please send its files directly."
)


def is_container(data: bytes, name: str = "") -> bool:
    """Whether a file is to be unpacked, by its first bytes: a ZIP archive that is no Office document, or a mail.

    Whether what is signed holds a mail is found out by unpacking it, since that takes a decoder.
    """
    if is_archive(data) or is_tnef(data) or is_msg(data) or is_pgp_message(data) or looks_like_mail(data, name):
        return True
    return detect_media_type(data) == SIGNED


def unpack(data: bytes, name: str = "") -> Unpacked:
    """The files of an archive or a mail, and of those within it, in their order.

    An archive or a mail within it that cannot be unpacked stays with its problem, and the others are unpacked. Neither
    files nor a problem: it is a file by itself.
    """
    if _holds_no_mail(data):
        return Unpacked()
    try:
        members = tuple(_members(Member(name, data)))
    except Unreadable as error:
        return Unpacked(problem=error.problem)
    return Unpacked(members) if members else Unpacked(problem=_EMPTY)


def _holds_no_mail(data: bytes) -> bool:
    """Whether it is a signed file that holds something else, such as an e-invoice."""
    return detect_media_type(data) == SIGNED and signed_mail(data) is None


def _members(file: Member) -> Iterator[Member]:
    """Raises: Unreadable when it cannot be unpacked, or there is more in it than is unpacked."""
    waiting = deque([(file, 0)])
    found, room = 0, LARGEST
    while waiting:
        member, layer = waiting.popleft()
        inside: tuple[Member, ...] | None = None
        if layer == 0 or (is_container(member.data, member.name) and not _holds_no_mail(member.data)):
            try:
                inside = _inside(member, layer)
            except Unreadable as error:
                if layer == 0:
                    raise
                member = replace(member, problem=error.problem)
        if inside is not None:
            waiting.extendleft((one, layer + 1) for one in reversed(inside))
            continue
        found += 1
        room -= len(member.data)
        if found > MOST_FILES or room < 0:
            raise Unreadable(ARCHIVE_TOO_LARGE)
        yield member


def _inside(member: Member, layer: int) -> tuple[Member, ...]:
    if layer >= _MOST_LAYERS:
        raise Unreadable(_TOO_DEEP)
    with refused_as():
        return zip_members(member.data) if is_archive(member.data) else _of_mail(member)


def _of_mail(member: Member) -> tuple[Member, ...]:
    """The files of a mail, and its texts where they may be invoices. Raises: Unreadable when there are none."""
    with limited_time(len(member.data)):
        contents = contents_of_file(member.name, member.data)
    if contents is None:
        raise Unreadable(_EMPTY_MAIL)
    files = tuple(Member(file.name or "attachment", file.data, file.role) for file in contents.files)
    files = tuple(file for file in files if file.role != "incidental")
    bodies = tuple(_body(letter) for letter in contents.letters if _is_invoice(letter))
    if not files and not bodies:
        raise Unreadable(_why_nothing(contents))
    return files + bodies


def _is_invoice(letter: Letter) -> bool:
    lines = letter.page.lines if letter.page else letter.text.split("\n")
    return may_be_invoice(lines, letter.subject)


def _body(letter: Letter) -> Member:
    page = page_of_html(letter.html) if letter.html else page_of_text(letter.text)
    return Member(f"{PurePosixPath(letter.subject or 'mail').name[:80] or 'mail'}.pdf", pdf_of(page), "body")


def _why_nothing(contents: Contents) -> Problem:
    if contents.encrypted:
        return _ENCRYPTED
    if contents.partial or contents.elsewhere:
        return _PARTIAL if contents.partial else _ELSEWHERE
    linked = any(links.leads_to_invoice(letter) for letter in contents.letters)
    return _LINK if linked else _EMPTY_MAIL
