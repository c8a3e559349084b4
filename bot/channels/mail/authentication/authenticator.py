"""Puts the checks together: as a mail comes in, and later, when somebody asks who wrote it."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from ipaddress import ip_network

from bot.channels.channel import ChannelMisconfigured
from bot.channels.mail.authentication.client import Client
from bot.channels.mail.authentication.dkim_check import check_dkim
from bot.channels.mail.authentication.dmarc_check import check_dmarc, is_aligned
from bot.channels.mail.authentication.dns_records import Dns
from bot.channels.mail.authentication.header_fields import author_of, fields, split
from bot.channels.mail.authentication.outcomes import Outcome
from bot.channels.mail.authentication.results_header import has_header_of, own_outcomes, stamped, trusted_outcomes
from bot.channels.mail.authentication.spf_check import check_spf
from bot.channels.mail.authentication.verdict import Verdict
from storage.sealing.signing_keys import SigningKeys

LOOPBACK = ("127.0.0.0/8", "::1/128")


class Authenticator:
    """Tells who wrote a mail. Its work waits for name servers, on a thread."""

    def __init__(
        self,
        secret: SigningKeys,
        *,
        servers: Sequence[str] = (),
        trusted_networks: Sequence[str] = LOOPBACK,
        records: Dns | None = None,
    ) -> None:
        """`servers` are the authserv-ids whose Authentication-Results count. Programs on `trusted_networks` are taken
        for who they say they are. Raises: ChannelMisconfigured for a network that is none.
        """
        # Nobody outside can write a header of ours, for nobody knows our name in it.
        self._secret = secret
        self._servers = tuple(servers)
        self._records = records or Dns()
        try:
            self._networks = tuple(ip_network(network) for network in trusted_networks)
        except ValueError as error:
            raise ChannelMisconfigured(
                f"BILLIFY_MAIL_TRUSTED_NETWORKS: {error}. Write networks as 192.168.7.0/24, or leave it empty."
            ) from None

    async def stamp(self, raw: bytes, client: Client) -> bytes:
        """The mail as it came from this client, with what is found out now written in front of it."""
        return await asyncio.to_thread(self._stamp, raw, client)

    async def verdict(self, raw: bytes) -> Verdict:
        """Whether From is shown to be the author: by what was found as the mail came in, or, of one that was fetched
        from a mailbox, by what a trusted server wrote and by its signatures."""
        return await asyncio.to_thread(self._verdict, raw)

    def _stamp(self, raw: bytes, client: Client) -> bytes:
        author = author_of(raw)
        if client.login:
            outcomes = [Outcome("auth", "pass", client.login.lower())]
        elif client.is_within(self._networks) and not _was_relayed(raw):
            outcomes = [Outcome("auth", "pass", author)] if author else []
        elif client.relay:
            outcomes = self._of_relayed(raw, author)
        else:
            outcomes = [check_spf(client, self._records), *check_dkim(raw, self._records)]
            outcomes = self._with_dmarc(author, outcomes)
        return stamped(raw, self._names(), outcomes)

    def _verdict(self, raw: bytes) -> Verdict:
        author = author_of(raw)
        if not author:
            return Verdict("unaligned", "From does not name one author")
        for name in self._names():
            if has_header_of(raw, name):
                return _judged(author, own_outcomes(raw, name))
        return _judged(author, self._of_relayed(raw, author))

    def _names(self) -> list[str]:
        """What we call ourselves in headers, the newest name first: one of a mail that waits may be older."""
        return [
            "billify-" + hmac.new(secret, b"authserv-id", hashlib.sha256).hexdigest()[:24]
            for secret in self._secret.accepted()
        ]

    def _of_relayed(self, raw: bytes, author: str) -> list[Outcome]:
        """What a trusted server found, and where that does not speak for the author, what the signatures do."""
        outcomes = trusted_outcomes(raw, self._servers)
        if not author or _judged(author, outcomes).aligned or any(each.method == "dmarc" for each in outcomes):
            return outcomes
        return self._with_dmarc(author, check_dkim(raw, self._records))

    def _with_dmarc(self, author: str, outcomes: list[Outcome]) -> list[Outcome]:
        domain = author.rpartition("@")[2]
        return [*outcomes, check_dmarc(domain, outcomes, self._records)] if domain else outcomes


def _was_relayed(raw: bytes) -> bool:
    """Whether a server passed the mail on: each adds a Received field (RFC 5321, 4.4), who writes one does not."""
    return any(name == "received" for name, _, _ in fields(split(raw)[0]))


def _judged(author: str, outcomes: Sequence[Outcome]) -> Verdict:
    domain = author.rpartition("@")[2]
    said = ", ".join(f"{each.method}={each.result} ({each.subject})" for each in outcomes) or "nothing was checked"
    if any(each == Outcome("auth", "pass", author) for each in outcomes):
        return Verdict("aligned", said)
    dmarc = [each for each in outcomes if each.method == "dmarc"]
    if dmarc:
        passed = any(each.result == "pass" and each.subject == domain for each in dmarc)
        unknown = any(each.result == "temperror" for each in dmarc)
        return Verdict("aligned" if passed else "unknown" if unknown else "unaligned", said)
    checks = [each for each in outcomes if each.method in ("spf", "dkim") and each.result == "pass"]
    return Verdict("aligned" if any(is_aligned(each.subject, domain) for each in checks) else "unaligned", said)
