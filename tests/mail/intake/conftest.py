"""The fixtures of mail, one folder deeper, and a gate that mails are handed to."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from email.message import EmailMessage

import pytest

from storage.mail import mail_log, quarantine
from storage.mail.quarantine import HeldMail
from storage.models import MailOutcome, MailRecord
from tests.fakes.platforms.mail_channel import ADDRESS, BEGAN, Office, hand_in


class Door:
    """Where mails are handed in: what became of each, what is in the log, what waits."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.mail = office.mail()

    async def hand_in(self, mail: EmailMessage | bytes) -> MailOutcome:
        raw = mail if isinstance(mail, bytes) else mail.as_bytes()
        return await hand_in(self.mail, self.office.accepting, raw)

    async def log(self) -> list[MailRecord]:
        """The records, oldest first."""
        far = BEGAN.replace(year=2200)
        return (await self.office.database.read(mail_log.arrived_between, BEGAN, far))[::-1]

    async def waiting(self) -> list[HeldMail]:
        return await self.office.database.read(quarantine.waiting)


@pytest.fixture
def door(office: Office) -> Door:
    return Door(office)


@pytest.fixture
def from_vendor(write: Callable[..., EmailMessage]) -> Callable[..., EmailMessage]:
    """Writes a mail from a vendor whom nobody knows."""

    def written(text: str = "your invoice", **headers: str) -> EmailMessage:
        known = {"From": "Acme Billing <billing@acme.example>", "Message_ID": "<a1@acme.example>", "To": ADDRESS}
        return write(text, **(known | headers))

    return written


HandIn = Callable[[EmailMessage | bytes], Awaitable[MailOutcome]]
