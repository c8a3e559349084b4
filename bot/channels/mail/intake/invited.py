"""Whether a stranger's mail hands in an invitation's code: all that is looked for in what waits in quarantine."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlmodel import Session

from bot.channels.mail import headers
from extraction.mail import mime
from storage.errors import TooManyAttempts
from storage.people import attempts, people

MOST_BYTES = 256 * 1024
"""A mail with a code is short; of longer ones the beginning counts."""
_MOST_PARTS = 30
_MOST_CODES = 20
_CODE = re.compile(r"(?<![\w-])[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}(?![\w-])")


def possible_codes(raw: bytes) -> tuple[str, ...]:
    """What looks like a code in the subject and the texts of a mail. Never raises."""
    try:
        mail = mime.parse(raw[:MOST_BYTES])
        texts = [headers.text(mail, "Subject")]
        for _, part in zip(range(_MOST_PARTS), mail.walk(), strict=False):
            if part.get_content_maintype() == "text" and isinstance(data := part.get_payload(decode=True), bytes):
                texts.append(data.decode("utf-8", "replace"))
    except Exception:  # of any kind, depending on what is wrong with the mail
        return ()
    return tuple(dict.fromkeys(code for text in texts for code in _CODE.findall(text)))[:_MOST_CODES]


def is_invited(session: Session, codes: tuple[str, ...], sender: str) -> bool:
    """Whether one of the codes of a mail is of an invitation that is still good. Each mail with none counts as one that
    was tried, for the sender and for all; after too many none is looked at for a while."""
    now = datetime.now(UTC)

    def good() -> bool | None:
        return any(people.is_invitation(session, code, now) for code in codes) or None

    try:
        return bool(codes) and attempts.tried(session, f"mail:{sender}", now, good) is not None
    except TooManyAttempts:
        return False
