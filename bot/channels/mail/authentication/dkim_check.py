"""Which domains signed this mail (DKIM, RFC 6376)?"""

from __future__ import annotations

import dkim

from bot.channels.mail.authentication.dns_records import Dns, DnsUnavailable
from bot.channels.mail.authentication.outcomes import Outcome

MOST_SIGNATURES = 5
"""Of one mail that are looked at: each costs a question to the name servers, which strangers must not multiply."""


def check_dkim(raw: bytes, records: Dns) -> list[Outcome]:
    """One result for each signature, in their order; empty where there is none.

    A signature over only the beginning of the text (its tag "l") is none here: anybody could have written the rest
    (RFC 6376, 8.2).
    """
    try:
        signed = dkim.DKIM(raw)
        headers = [name for name, _ in signed.headers if name.lower() == b"dkim-signature"]
    except Exception:  # a mail that is none, which raises errors of many kinds
        return []
    return [_check(raw, n, records) for n in range(min(len(headers), MOST_SIGNATURES))]


def _check(raw: bytes, n: int, records: Dns) -> Outcome:
    def text(name: bytes, timeout: float = 5) -> bytes | None:
        found = records.texts(name.decode("ascii", "replace").rstrip("."))
        return next(iter(found), None)

    signed = dkim.DKIM(raw, minkey=1024)
    try:
        good = signed.verify(idx=n, dnsfunc=text)
        result = "pass" if good and b"l" not in signed.signature_fields else "fail"
    except DnsUnavailable:
        result = "temperror"
    except Exception:  # malformed signatures and keys raise errors of many kinds
        result = "permerror"
    domain = getattr(signed, "signature_fields", {}).get(b"d", b"")
    return Outcome("dkim", result, domain.decode("ascii", "replace").lower())
