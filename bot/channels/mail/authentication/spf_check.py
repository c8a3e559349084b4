"""May this client send mail of that domain (SPF, RFC 7208)?"""

from __future__ import annotations

import spf

from bot.channels.mail.authentication.client import Client
from bot.channels.mail.authentication.dns_records import Dns, DnsUnavailable
from bot.channels.mail.authentication.outcomes import Outcome

_SECONDS = 20
"""For all of it, as RFC 7208, 4.6.4 recommends."""


class _Query(spf.query):  # type: ignore[misc]
    """pyspf's evaluation over our resolver, in place of its module's own function."""

    records: Dns

    def dns(
        self, name: object, qtype: str, cnames: dict[str, str] | None = None, ignore_void: bool = False
    ) -> list[object]:
        try:
            found = self.records.records(str(name).rstrip("."), qtype) if qtype != "SPF" else []
        except DnsUnavailable as error:
            raise spf.TempError(str(error)) from error
        if not found and not ignore_void and qtype != "SPF":
            self.void_lookups += 1
            if self.void_lookups > spf.MAX_VOID_LOOKUPS:
                raise spf.PermError(f"Void lookup limit of {spf.MAX_VOID_LOOKUPS} exceeded")
        return found


def check_spf(client: Client, records: Dns) -> Outcome:
    """The result for the domain of the return path, or of HELO where that is null (RFC 7208, 2.4)."""
    domain = (client.mail_from.rpartition("@")[2] or client.helo).lower()
    try:
        query = _Query(i=client.ip, s=client.mail_from, h=client.helo, querytime=_SECONDS)
        query.records = records
        result, _, _ = query.check()
    except Exception:  # strange addresses make it raise errors of many kinds
        result = "permerror"
    return Outcome("spf", str(result), domain)
