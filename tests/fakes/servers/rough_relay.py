"""A relay in bad weather: it puts mails off, breaks off in the middle, takes a mail and never says so, refuses some."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.fakes.servers.smtp_relay import Left, Relay

_PUT_OFF = ("451 4.7.1 Greylisted, please try again later", "452 4.2.2 Mailbox full", "421 4.3.2 Shutting down")


@dataclass
class RoughRelay(Relay):
    """`rough` is the share of transactions that go wrong, `refused` of the mails that are refused for good, each time
    that they are offered; `went` counts what was done to how many, and `unsaid` are mails that were taken without
    saying so."""

    rough: float = 0.0
    refused: float = 0.1
    chance: random.Random = field(default_factory=lambda: random.Random(1))
    went: Counter[str] = field(default_factory=Counter)
    unsaid: set[str] = field(default_factory=set)

    def refuses(self, message_id: str) -> bool:
        """Whether the mail of this Message-ID is never taken, as by a filter of contents."""
        return hashlib.sha256(message_id.strip("<> ").encode()).digest()[0] < 256 * self.refused

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds it by this name
        self, server: SMTP, session: Session, envelope: Envelope, to: str, options: list[str]
    ) -> str:
        if self.chance.random() >= self.rough:
            return await super().handle_RCPT(server, session, envelope, to, options)
        how = self.chance.choice((*_PUT_OFF, "gone", "unsaid"))
        if how == "unsaid":
            session.unsaid = True
            return await super().handle_RCPT(server, session, envelope, to, options)
        self.went[how] += 1
        if how == "gone":
            _break_off(server)
        return how if how != "gone" else "421 4.3.2 Gone"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        before = len(self.left)
        said = await super().handle_DATA(server, session, envelope)
        message_id = str(self.left[-1].mail["Message-ID"]).strip("<> ")
        if self.refuses(message_id):
            del self.left[before:]
            self.went["refused"] += 1
            return "554 5.7.1 The content of this mail is not wanted here"
        if getattr(session, "unsaid", False):
            self.went["unsaid"] += 1
            self.unsaid.add(message_id)
            _break_off(server)
        return said

    def taken(self) -> dict[str, list[Left]]:
        """The mails that were taken, by Message-ID: a mail server shows its user one of each."""
        found: dict[str, list[Left]] = {}
        for left in self.left:
            found.setdefault(str(left.mail["Message-ID"]).strip("<> "), []).append(left)
        return found


def _break_off(server: SMTP) -> None:
    assert server.transport is not None
    server.transport.abort()
