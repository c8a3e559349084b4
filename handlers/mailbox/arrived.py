"""What somebody else's mail brought: a vendor's invoice, a scan, shown to the person that it is for."""

from __future__ import annotations

from dataclasses import replace

from handlers.language.translation import say
from handlers.messages import Message, Reply

ARRIVED = "arrived"
"""How `Message.notice` begins of somebody else's mail; its sender's address follows."""
MOST_TEXT = 1500


def is_arrived(message: Message) -> bool:
    """Whether the message is somebody else's mail."""
    return (message.notice or "").startswith(f"{ARRIVED}:")


def introduced(message: Message, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The replies to its documents, the first of them with whose mail brought them."""
    if not replies:
        return replies
    head = _head(message)
    return (replace(replies[0], text=f"{head}\n{replies[0].text}".rstrip()), *replies[1:])


def without_documents(message: Message) -> tuple[Reply, ...]:
    """Its words, for the person to read: they ask Billify for nothing."""
    words = message.text.strip()
    if len(words) > MOST_TEXT:
        words = words[:MOST_TEXT].rstrip() + " …"
    return (Reply(f"{_head(message)}\n{words or say('It has no words and no document.')}"),)


def _head(message: Message) -> str:
    sender = (message.notice or "").partition(":")[2]
    who = f"{message.sender_name} <{sender}>" if message.sender_name else sender
    return say("Mail from {sender}, “{subject}”:", sender=who, subject=message.subject or "–")
