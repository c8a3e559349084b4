"""Records of the domain name system, as the checks need them. The only file that asks it; it blocks."""

from __future__ import annotations

from collections.abc import Sequence

import dns.exception
import dns.rdatatype
import dns.resolver

_SECONDS = 10.0
"""For one question, all its repeats included."""


class DnsUnavailable(Exception):
    """No server answered: whether there is a record is not known."""


class Dns:
    """Asks name servers: the system's, or those named."""

    def __init__(self, nameservers: Sequence[str] = (), port: int = 53) -> None:
        """`nameservers` are addresses (IP); none means those of this machine."""
        self._nameservers = list(nameservers)
        self._port = port
        self._resolver: dns.resolver.Resolver | None = None

    def records(self, name: str, kind: str) -> list[object]:
        """What pyspf wants to have of each record: the text of an address (A, AAAA), (preference, name) of an MX, the
        name of a PTR, the strings of a TXT. Empty where there are none. Raises: DnsUnavailable.
        """
        try:
            answer = self._asking.resolve(name, kind, lifetime=_SECONDS, search=False)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.Timeout, dns.resolver.NoNameservers, dns.resolver.NoResolverConfiguration) as error:
            raise DnsUnavailable(f"{kind} of {name}: {error}") from error
        except (dns.exception.DNSException, UnicodeError):  # a name that is none: too long, an empty label
            return []
        if kind == "MX":
            return [(record.preference, record.exchange.to_text(True)) for record in answer]
        if kind == "PTR":
            return [record.target.to_text(True) for record in answer]
        return [record.strings if kind == "TXT" else record.address for record in answer]

    def texts(self, name: str) -> list[bytes]:
        """The TXT records of a name, each with its strings joined. Raises: DnsUnavailable."""
        return [b"".join(strings) for strings in self.records(name, "TXT") if isinstance(strings, tuple)]

    @property
    def _asking(self) -> dns.resolver.Resolver:
        if self._resolver is None:
            self._resolver = dns.resolver.Resolver(configure=not self._nameservers)
            self._resolver.cache = dns.resolver.LRUCache(1000)
            if self._nameservers:
                self._resolver.nameservers = self._nameservers
                self._resolver.port = self._port
        return self._resolver
