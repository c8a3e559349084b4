"""Somebody else's mail for one of us: a vendor's invoice, a scan. Its files count, its words ask for nothing."""

from __future__ import annotations

from dataclasses import replace

from handlers.messages import Message
from storage.messages.reminders import Place

ARRIVED = "arrived"
"""How `Message.notice` begins of what somebody else's mail brought; the sender's address follows."""


def for_person(message: Message, place: Place) -> Message:
    """The mail as a message in the name of the person at this place, who is shown what it brings."""
    return replace(
        message,
        channel=place.channel,
        conversation=place.conversation,
        sender=place.address,
        notice=f"{ARRIVED}:{message.sender}",
        choice=None,
        answers=None,
        aligned=True,
        proven=True,
    )


def as_person(message: Message, place: Place) -> Message:
    """The mail as the words of the person at this place, who said that they wrote it."""
    return replace(
        message,
        channel=place.channel,
        conversation=place.conversation,
        sender=place.address,
        choice=None,
        answers=None,
        aligned=True,
        proven=True,
    )
