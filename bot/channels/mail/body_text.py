"""What a person wrote in a mail: HTML as plain text, without quoted history and signature.

Rules are line by line and careful: a correction of an amount that is cut off as a supposed signature would be worse
than a greeting too many, so only what is surely not the person's own words goes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

_ATTRIBUTION = re.compile(
    r"^(?:On|Am|Le|El|Il|Op|Em|Den|Dne|Dnia|W dniu)\b.{4,300}"
    r"\b(?:wrote|schrieb|écrit|escribió|scritto|schreef|geschreven|escreveu|skrev|napsal\(?a?\)?|napisał\(?a?\)?)\b"
    r".{0,120}:$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^(?:[-_]{2,} ?(?:Forwarded message|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado"
    r"|Messaggio inoltrato|Doorgestuurd bericht|Mensagem encaminhada) ?[-_]{2,}"
    r"|Begin forwarded message:|Anfang der weitergeleiteten Nachricht:|Début du message (?:réexpédié|transféré) ?:)$",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"^[-_]{2,} ?(?:Original(?: Message|nachricht)?|Ursprüngliche Nachricht|Message d'origine|Mensaje original"
    r"|Messaggio originale|Oorspronkelijk bericht|Mensagem original) ?[-_]{2,}$",
    re.IGNORECASE,
)
_FROM_LINE = re.compile(r"^\*?(?:From|Von|De|Da|Van|Från|Fra|Od)\s?:\*? .+", re.IGNORECASE)
_SENT_LINE = re.compile(
    r"^\*?(?:Sent|Date|Gesendet|Datum|Envoyé|Enviado(?: el)?|Fecha|Inviato|Data|Verzonden|Skickat|Sendt|Wysłano)"
    r"\s?:\*? ",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"^(?:Sent from my|Sent from Outlook for|Get Outlook for|Von meinem .{1,30} gesendet|Gesendet von (?:meinem|mobil)"
    r"|Envoyé de mon|Enviado desde mi|Inviato da).{0,80}$",
    re.IGNORECASE,
)
_FORWARD_SUBJECT = re.compile(r"^\s*(?:Fwd?|WG|TR|RV|I|Doorst)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """A mail's text in two parts: what its sender said, and the mail that was passed on below it ("" if none)."""

    said: str
    passed_on: str = ""


def printable(text: str) -> str:
    """The text with plain line breaks, without control characters and halves of characters.

    Databases and JSON take neither of those.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) != "Cc")


def words(text: str, subject: str = "") -> Words:
    """Takes a mail's printable text apart. History that was quoted in an answer is in neither part."""
    lines = [line.rstrip() for line in text.replace("\u00a0", " ").split("\n")]
    for n in range(len(lines)):
        if _FORWARDED.match(lines[n].strip()):
            return Words(_said(lines[:n]), "\n".join(lines[n:]).strip())
        if _starts_history(lines, n):
            passed_on = "\n".join(lines[n:]).strip() if _FORWARD_SUBJECT.match(subject) else ""
            return Words(_said(lines[:n]), passed_on)
    return Words(_said(lines))


def _starts_history(lines: list[str], n: int) -> bool:
    """Whether all from this line on is an earlier mail. Quotes marked with ">" are left to `_said`."""
    if _ORIGINAL.match(lines[n].strip()):
        return True
    ruled = n + 1 < len(lines) and set(lines[n]) == {"_"}  # Outlook's line above the header of the earlier mail
    header = [line.strip() for line in lines[n + ruled : n + ruled + 5]]
    if _FROM_LINE.match(header[0]):  # that header stands there without any mark
        return any(_SENT_LINE.match(line) for line in header[1:])
    length = _attribution(lines, n)
    if not length:
        return False
    following = next((later for later in lines[n + length :] if later), "")
    return not following.startswith(">")  # where each quoted line is marked, answers may stand between them


def _attribution(lines: list[str], n: int) -> int:
    """How many lines from here say "On …, … wrote:"; clients wrap it onto up to three. 0 where they do not."""
    for length in (1, 2, 3):
        if _ATTRIBUTION.match(" ".join(line.strip() for line in lines[n : n + length])):
            return length
    return 0


def _said(lines: list[str]) -> str:
    """The lines without those quoted with ">", their attribution, and the signature below "-- " (RFC 3676, 4.3)."""
    kept: list[str] = []
    n = 0
    while n < len(lines):
        if lines[n] == "--":  # the lines were stripped of trailing blanks
            break
        attribution = _attribution(lines, n)
        n += attribution or 1
        if not attribution and not lines[n - 1].startswith(">") and not _DEVICE.match(lines[n - 1].strip()):
            kept.append(lines[n - 1])
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def from_html(html: str) -> str:
    """The text of an HTML mail: a line for each block, quotes marked with ">" as in plain text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in reader.lines)).strip()


class _Reader(HTMLParser):
    """Collects lines of text; `depth` is how many quotes we are in."""

    blocks = frozenset(("address", "article", "br", "dd", "div", "dl", "dt", "header", "hr", "li", "ol", "p", "pre"))
    blocks |= {"h1", "h2", "h3", "h4", "h5", "h6", "section", "table", "tr", "ul"}
    hidden = frozenset(("head", "script", "style", "title", "template"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines = [""]
        self.depth = 0
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.hidden:
            self.skipping += 1
        elif tag == "blockquote":
            self.depth += 1
            self._break()
        elif tag in self.blocks:
            self._break(always=tag == "br")
        elif tag in ("td", "th") and self.lines[-1]:
            self.lines[-1] += "  "

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            self.skipping = max(0, self.skipping - 1)
        elif tag == "blockquote":
            self.depth = max(0, self.depth - 1)
            self._break()
        elif tag == "p":
            self._break()
            self._break(always=True)
        elif tag in self.blocks:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        spaced = re.sub(r"\s+", " ", data.replace("\u200b", ""))
        if not self.lines[-1]:
            spaced = spaced.lstrip()
            self.lines[-1] = "> " if spaced and self.depth else ""
        self.lines[-1] += spaced

    def _break(self, always: bool = False) -> None:
        if always or self.lines[-1]:
            self.lines.append("")
