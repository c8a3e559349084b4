"""A name server that knows what a test tells it, over UDP on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
import pytest

from bot.channels.mail.authentication import Dns


class Zone:
    """`records` are texts of records by name and type: {("example.com", "TXT"): ['"v=spf1 -all"']}. While `silent`, it
    answers nobody."""

    def __init__(self) -> None:
        self.records: dict[tuple[str, str], list[str]] = {}
        self.silent = False
        self.asked: list[tuple[str, str]] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def add(self, name: str, kind: str, *values: str) -> None:
        """Adds records; texts are quoted, in pieces of 255 bytes as TXT has them."""
        self.records.setdefault((name.lower(), kind), []).extend(_text(v) if kind == "TXT" else v for v in values)

    def resolver(self) -> Dns:
        """What asks this server."""
        return Dns(["127.0.0.1"], self.port)

    def close(self) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                data, peer = self._socket.recvfrom(4096)
                if answer := self._answer(data):
                    self._socket.sendto(answer, peer)
            except OSError:
                return

    def _answer(self, data: bytes) -> bytes | None:
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        if self.silent:
            return None
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.AA | dns.flags.RA
        if texts := self.records.get((name, kind)):
            answer.answer.append(dns.rrset.from_text(question.name, 300, "IN", kind, *texts))
        elif not any(known == name for known, _ in self.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()


def _text(value: str) -> str:
    return " ".join(f'"{value[n : n + 250]}"' for n in range(0, len(value), 250))


@pytest.fixture
def zone() -> Iterator[Zone]:
    served = Zone()
    yield served
    served.close()
