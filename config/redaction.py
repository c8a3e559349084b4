"""What must not stand in a log: accounts, passwords, tokens and codes, wherever in a text they are."""

from __future__ import annotations

import re

_BETWEEN = r"(?:[ \u00a0\u2009\u202f.\-_/+]|%20|\\xa0)?"
_IBAN_BEGINS = re.compile(rf"(?i)(?:(?<![a-z0-9])|(?<=iban))[a-z]{{2}}{_BETWEEN}\d{_BETWEEN}\d(?={_BETWEEN}[a-z0-9])")
_IBAN_GOES_ON = re.compile(rf"(?i){_BETWEEN}([a-z0-9])")
_MISTYPED = re.compile(
    rf"(?<![A-Za-z0-9])([A-Z]{{2}}\d{{2}})(?:{_BETWEEN}\d{{4}}){{2,6}}{_BETWEEN}(\d{{1,4}})(?![A-Za-z0-9])"
)
"""What has an IBAN's form and other check digits: one sign is wrong, and the others tell whose it is."""
_SHORTEST_IBAN, _LONGEST_IBAN = 15, 34  # ISO 13616
_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=://)[^/\s@:]*:[^\s@]*(?=@)"), "…"),  # user:password@host
    (re.compile(r"(?i)([?&#](?:[a-z_]*(?:token|secret|password|code|state|key|signature|auth)))=[^&\s\"'#]+"), r"\1=…"),
    (
        re.compile(
            r"(?i)([\"']?\b[a-z_]*(?:token|secret|password|passwd|api_?key|authorization|cookie)[\"']?\s*[:=]\s*"
            r"(?:bearer |basic )?)(?!(?:bearer|basic) )(?:\"[^\"]+\"|'[^']+'|[^\s,;}\"']+)"
        ),
        r"\1…",
    ),
    (re.compile(r"(?i)\b(bearer|basic) [a-z0-9._~+/=-]{8,}"), r"\1 …"),
    (re.compile(r"\bbfy_[0-9a-f]+_[\w-]+"), "bfy_…"),  # our own
    (re.compile(r"\bxox[a-z]-[\w-]+|\bxapp-[\w-]+"), "…"),  # Slack
    (re.compile(r"(?<!\d)\d{6,}:[\w-]{30,}"), "…"),  # Telegram
    (re.compile(r"(?<=/enter/)[\w-]+"), "…"),  # links that sign in
    (
        re.compile(r"(?<![\w-])(?=[\d-]*[A-Z])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])"),
        "…",
    ),
)


def redacted(text: str) -> str:
    """The text without secrets; of an IBAN its country, check digits and last four signs stay, to know it again."""
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return _MISTYPED.sub(r"\1…\2", _without_ibans(text))


def _without_ibans(text: str) -> str:
    """However they are written: in groups, in small letters, in an address, in front of another word."""
    done, at = [], 0
    while begins := _IBAN_BEGINS.search(text, at):
        end, plain = _iban_at(text, begins.start())
        done.append(text[at : begins.start()])
        done.append(f"{plain[:4]}…{plain[-4:]}" if plain else text[begins.start()])
        at = end
    return "".join(done) + text[at:]


def _iban_at(text: str, start: int) -> tuple[int, str]:
    """Where the IBAN that begins there ends, and the IBAN without what stands between its signs; else the next place,
    and ""."""
    plain, end, found = "", start, (start + 1, "")
    while len(plain) < _LONGEST_IBAN and (sign := _IBAN_GOES_ON.match(text, end)):
        plain, end = plain + sign[1].upper(), sign.end()
        whole = len(plain) >= _SHORTEST_IBAN and not text[end : end + 1].isalnum()
        if whole and _is_valid(plain):
            found = (end, plain)
    return found


def _is_valid(plain: str) -> bool:
    return plain.isascii() and int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1
