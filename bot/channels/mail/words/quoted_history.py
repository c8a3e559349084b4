"""Where the mail that was answered or passed on begins, as mail programs mark it in the languages of their users."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.channels.mail.words.vocabulary import any_of, roles

_LONGEST = 400
"""Characters of a line that marks history; longer ones are prose."""

_WROTE = re.compile(
    rf"\b{any_of('attribution', 'wrote')}\b|{any_of('attribution', 'wrote_in_letters_without_blanks')}", re.IGNORECASE
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\b\d{1,2}[:.h]\d{2}\b|\d[年년]"
    r"|\b\d{1,2}\.? \w{3,10}\b"
)
_ADDRESS_LAST = re.compile(r"[<(\[]\s?[^\s<>@]{1,64}@[^\s<>]{1,190}[>)\]]\s?[:：]$")
_RUNS_ON = re.compile(
    rf"<[^\s<>@]{{1,64}}@[^\s<>]{{1,190}}>,? ?{any_of('attribution', 'wrote')}\s?:\s{{2,}}\S", re.IGNORECASE
)
"""An attribution on whose line the earlier mail begins, as Yahoo's program for phones writes it."""
_OPENS = re.compile(
    r"[\W_]{0,6}(?:on|am|le|el|il|op|em|den|dne|dnia|w dniu|în|на|στις|at|\w{2,9}[.,]|\w{2,4} \d|\d|.{1,60}<)",
    re.IGNORECASE,
)
"""How an attribution begins that goes on over several lines: with "On", a day of the week, a date, or who wrote."""
_ENDS = (":", "：", "----", "):")

_DIVIDED = re.compile(
    rf"^[>|\s]*[-_=*]{{2,}}[ \t]*(?:(?:begin(?:n)? )?(?P<forwarded>{any_of('divider', 'forwarded')})"
    rf"|{any_of('divider', 'original')})[ \t]*[-_=*]{{2,}}\s*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(rf"^{any_of('forwarded', 'lines')}\s?[:：]$", re.IGNORECASE)
_KINDS = "|".join(f"(?P<{kind}>{any_of('header', kind)})" for kind in roles("header"))
_FIELD = re.compile(rf"^[>|\s]*\**(?:{_KINDS})\s?[:：]\**(?:\s|$)", re.IGNORECASE)
_HEADER_LINES = 6


def forwarded_at(lines: Sequence[str], n: int) -> bool:
    """Whether this line says that a mail which is passed on follows."""
    line = lines[n].strip()
    if len(line) > _LONGEST:
        return False
    divided = _DIVIDED.match(line)
    return bool((divided and divided["forwarded"]) or _FORWARDED.match(line))


def history_at(lines: Sequence[str], n: int) -> bool:
    """Whether all from this line on is an earlier mail. Quotes that are marked with ">" are not told of here."""
    line = lines[n].strip()
    if not line or len(line) > _LONGEST or line.startswith(">"):
        return False
    if _DIVIDED.match(line) or _is_header(lines, n) or (_RUNS_ON.search(line) and _DATED.search(line)):
        return True
    length = attribution_at(lines, n)
    if not length:
        return False
    following = next((later for later in lines[n + length : n + length + 5] if later.strip()), "")
    return not following.startswith(">")  # where each quoted line is marked, answers may stand between them


def attribution_at(lines: Sequence[str], n: int) -> int:
    """How many lines from here say "On …, … wrote:"; clients wrap it onto up to three. 0 where they do not."""
    if not lines[n].strip() or lines[n].startswith(">"):
        return 0
    for length in (1, 2, 3) if _OPENS.match(lines[n].strip()) else (1,):
        wrapped = [line.strip() for line in lines[n : n + length]]
        if len(wrapped) < length or not all(wrapped):
            break
        if _attributes(wrapped):
            # The line above may be the writer's own, where no blank one is between.
            later = any(_attributes(wrapped[start:]) for start in range(1, length))
            return 0 if later else length
    following = next((line for line in lines[n + 1 : n + 3] if line.strip()), "")
    line = lines[n].strip()
    named = line.endswith(":") and len(line) < 120 and _WROTE.search(line)  # "Billify writes:", of nobody knows when
    return 1 if named and following.startswith(">") else 0


def _attributes(wrapped: Sequence[str]) -> bool:
    said = " ".join(wrapped)
    if len(said) > _LONGEST or not said.endswith(_ENDS) or not _DATED.search(said):
        return False
    return bool(_ADDRESS_LAST.search(said)) or bool(_WROTE.search(said))


def _is_header(lines: Sequence[str], n: int) -> bool:
    """The header of an earlier mail, as Outlook and others put it above its text, perhaps below a rule."""
    first = n + 1 if set(lines[n].strip()) <= {"_", "-"} and len(lines[n].strip()) > 4 else n
    found: set[str] = set()
    for line in lines[first : first + _HEADER_LINES]:
        match = _FIELD.match(line[:_LONGEST])
        if match is None and (line == "" or not found):
            break
        found |= {match.lastgroup or ""} if match else set()  # what matches no field goes on with the one above
    return {"from", "date"} <= found or ("from" in found and len(found) >= 3)
