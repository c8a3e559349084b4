"""What is in a mail: the texts and files of it and of the mails within it, whatever they are packed in."""

from __future__ import annotations

import logging
import quopri
from binascii import Error as Base64Error
from binascii import a2b_base64
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email.message import Message

from extraction.errors import Unreadable
from extraction.html.text import HtmlText, read_html
from extraction.mail import sealed, uuencoded
from extraction.mail.attachment import MailAttachment, role_of
from extraction.mail.header_fields import file_name, first, media_type, plain_name, text
from extraction.mail.limits import LARGEST, LONGEST_HTML, MOST_FILES, MOST_PARTS, MailTooComplex
from extraction.mail.mime import parse
from extraction.mail.outlook import OutlookMessage, is_msg, is_tnef, read_msg, read_tnef
from extraction.mail.recognition import looks_like_mail
from extraction.standards.charsets import decode, printable

log = logging.getLogger(__name__)

_MAILS = ("message/rfc822", "message/global")
_PARTIAL, _EXTERNAL = "message/partial", "message/external-body"
_LAYERS = 4  # files within files that are opened: a mail in a .msg in a winmail.dat is one too many already


@dataclass(frozen=True)
class Letter:
    """One mail's own text, without that of mails within it. `html` is "" where it has none; `page` is then None."""

    subject: str = ""
    text: str = ""
    html: str = ""
    page: HtmlText | None = None


@dataclass(frozen=True)
class Contents:
    """All that is in a mail. `letters` are its own text and those of the mails within it, in order; `encrypted` says
    that some of it can be read only with a key; `partial` that it is a piece of a mail that was cut (RFC 2046, 5.2.2),
    `elsewhere` that it names a file without holding it (RFC 2046, 5.2.3)."""

    letters: tuple[Letter, ...]
    files: tuple[MailAttachment, ...]
    encrypted: bool = False
    partial: bool = False
    elsewhere: bool = False


def contents_of(mail: Message) -> Contents:
    """Reads a whole mail. Raises: MailTooComplex when it holds more than is read."""
    gathering = _Gathering()
    gathering.mail(mail)
    return gathering.contents()


def contents_of_file(name: str, data: bytes) -> Contents | None:
    """Reads a file that is a mail, of whatever kind; None where it is none. Raises: MailTooComplex; Unreadable where it
    is damaged."""
    gathering = _Gathering()
    if not gathering.opened(MailAttachment(name, "application/octet-stream", data)):
        return None
    return gathering.contents()


class _Gathering:
    """Collects what is found on the way through a mail; `layer` is how many files within files are open."""

    def __init__(self) -> None:
        self.letters: list[Letter] = []
        self.files: list[MailAttachment] = []
        self.encrypted = False
        self.partial = False
        self.elsewhere = False
        self.layer = 0
        self.room = LARGEST
        self.parts = MOST_PARTS

    def contents(self) -> Contents:
        """All that was found."""
        return Contents(
            tuple(self.letters), tuple(self.files), self.encrypted, partial=self.partial, elsewhere=self.elsewhere
        )

    def mail(self, mail: Message) -> None:
        """Takes in a mail and those within it."""
        mail = sealed.unwrapped(mail)
        place = len(self.letters)
        self.letters.append(Letter())
        bodies = _Bodies()
        shown = frozenset(id_ for part in mail.walk() if _is_html(part) for id_ in bodies.page_of(part).shown)
        for part in self._walk(mail):
            if _is_file(part):
                self._file(part, shown)
        said = bodies.of(mail)
        for name, data in bodies.enclosed:
            self._keep(MailAttachment(plain_name(name), "application/octet-stream", data))
        self.encrypted |= sealed.is_pgp_text(said)
        self.letters[place] = Letter(text(mail, "Subject"), said, bodies.html, bodies.page)

    def _walk(self, part: Message) -> Iterator[Message]:
        """The parts of one mail in order; the mails within it are taken in on the way."""
        self.parts -= 1
        if self.parts < 0:
            raise MailTooComplex("has too many parts")
        if sealed.is_encrypted(part):
            self.encrypted = True
            return
        if _is_absent(part):
            self.partial |= part.get_content_type() == _PARTIAL
            self.elsewhere |= part.get_content_type() == _EXTERNAL
            return
        yield part
        children = [child for child in part.get_payload() if isinstance(child, Message)] if part.is_multipart() else []
        for child in children:
            if part.get_content_type() in _MAILS:
                self.mail(_decoded_mail(part, child))
            else:
                yield from self._walk(child)

    def _file(self, part: Message, shown: frozenset[str]) -> None:
        name, type_, data = file_name(part), media_type(part), payload(part)
        content_id = first(part, "Content-ID").strip("<>")
        in_text = bool(content_id) and (content_id in shown or part.get_content_disposition() != "attachment")
        self._keep(MailAttachment(name, type_, data, role_of(name, type_, data, in_text)))

    def _keep(self, file: MailAttachment) -> None:
        try:
            if self.opened(file):
                return
        except MailTooComplex:
            raise
        except Unreadable:
            pass  # it stays a file, of which whoever reads it tells
        self.room -= len(file.data)
        if len(self.files) >= MOST_FILES or self.room < 0:
            raise MailTooComplex("holds too much")
        self.files.append(file)

    def opened(self, file: MailAttachment) -> bool:
        """Takes in what is in a file that is a mail or a part of one; False where it is a file like any other."""
        if self.layer >= _LAYERS or file.role == "incidental":
            return False
        self.layer += 1
        try:
            return self._opened(file)
        finally:
            self.layer -= 1

    def _opened(self, file: MailAttachment) -> bool:
        if is_tnef(file.data):
            found = read_tnef(file.data)
            if not found.files:  # it only repeats the mail's text in Outlook's format
                self.files.append(replace(file, role="incidental"))
                return self._outlook(found) or True
            return self._outlook(found)
        if is_msg(file.data):
            return self._outlook(read_msg(file.data))
        if sealed.is_pgp_message(file.data):
            self.encrypted = True
            return True
        data = sealed.signed_mail(file.data)
        if data is None and looks_like_mail(file.data, file.name, file.media_type):
            data = file.data
        if data is None:
            return False
        self.mail(parse(data, max(self.parts, 1)))
        return True

    def _outlook(self, message: OutlookMessage) -> bool:
        if not (message.text or message.html or message.files or message.within or message.elsewhere):
            return False
        self.elsewhere |= message.elsewhere
        if message.text or message.html:
            page = read_html(message.html[:LONGEST_HTML]) if message.html else None
            said = message.text or (printable(page.text) if page else "")
            self.letters.append(Letter(message.subject, said, message.html[:LONGEST_HTML], page))
        for file in message.files:
            self._keep(file)
        for inner in message.within:
            self._outlook(inner)
        return True


class _Bodies:
    """Finds the text of a mail among its parts: of alternatives the first that says anything, plain text before HTML.

    `html` is the first HTML that belongs to that text, beside a plain one or in its place; `enclosed` are uuencoded
    files in it.
    """

    def __init__(self) -> None:
        self.html = ""
        self.page: HtmlText | None = None
        self.enclosed: list[tuple[str, bytes]] = []
        self._read: dict[int, tuple[str, HtmlText]] = {}

    def page_of(self, part: Message) -> HtmlText:
        """What an HTML part shows, read once."""
        return self._html_of(part)[1]

    def of(self, part: Message) -> str:
        """The text of a part, "" for a file and for mails within the mail."""
        if part.get_content_type() in _MAILS or sealed.is_encrypted(part) or _is_absent(part) or _is_file(part):
            return ""
        if part.is_multipart():
            children: Iterable[Message] = (child for child in part.get_payload() if isinstance(child, Message))
            bodies = [body for child in children if (body := self.of(child))]
            return "".join(bodies[:1]) if part.get_content_subtype() == "alternative" else "\n\n".join(bodies)
        if part.get_content_maintype() != "text":
            return ""
        if _is_html(part):
            html, page = self._html_of(part)
            if not self.html:
                self.html, self.page = html, page
            said = printable(page.text)
        else:
            said, files = uuencoded.take_out(printable(text_of(part)))
            self.enclosed += files
        return said if said.strip() else ""

    def _html_of(self, part: Message) -> tuple[str, HtmlText]:
        if id(part) not in self._read:
            html = text_of(part)[:LONGEST_HTML]
            self._read[id(part)] = html, read_html(html)
        return self._read[id(part)]


def _is_html(part: Message) -> bool:
    return part.get_content_type() == "text/html" and not part.is_multipart()


def _is_absent(part: Message) -> bool:
    """Whether a part only stands for what is not in this mail: a piece of several, or where a file lies. One piece of
    one is whole."""
    if part.get_content_type() == _PARTIAL:
        return str(part.get_param("total", "")) != "1"
    return part.get_content_type() == _EXTERNAL


def _is_file(part: Message) -> bool:
    """Whether a part is a file: it has a name or says so, or is no text. Reports of mail servers are none."""
    if part.is_multipart() or part.get_content_maintype() in ("multipart", "message"):
        return False
    if part.get_content_disposition() == "attachment" or file_name(part):
        return True
    return part.get_content_maintype() != "text"


def _decoded_mail(part: Message, child: Message) -> Message:
    """The mail within a part; against RFC 2046 (5.2.1) some programs encode it, and then Python sees but one text."""
    encoding = first(part, "Content-Transfer-Encoding").lower()
    with suppress(Base64Error, ValueError, TypeError, KeyError, LookupError):
        if encoding == "base64" and isinstance(child.get_payload(), str):
            return parse(a2b_base64(str(child.get_payload()).encode("ascii", "replace")))
        if encoding == "quoted-printable":
            return parse(quopri.decodestring(child.as_bytes()))
    return child


def payload(part: Message) -> bytes:
    """The decoded bytes of a part; as they stand where their encoding is broken."""
    with suppress(Exception):  # the decoders raise errors of many kinds
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            return data
    log.warning("A part of a mail is encoded in a way that cannot be read; it is kept as it came.")
    return str(part.get_payload()).encode("utf-8", "surrogateescape")


def text_of(part: Message) -> str:
    """The text of a part, in the charset that it names, else in the likeliest one."""
    charset = None
    with suppress(Exception):  # a charset parameter in broken RFC 2231 form
        charset = part.get_content_charset()
    return decode(payload(part), charset)
