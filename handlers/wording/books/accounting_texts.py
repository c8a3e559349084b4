"""What is said of accounting software to those who did not ask."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from handlers.button_ids import suggestion_choices
from handlers.language.translation import say
from handlers.messages import Choice, Reply
from handlers.wording.lists import vendor_and_number
from storage.bills import lifecycle

NOTE = "accounting"
"""The kind of the owner's note (`storage.mail.owner_notes`)."""
UNSENT, OVER = "unsent", "over"
"""What it tells: a bill that is left to a person; that a platform lets us in no more."""


def note_reply(session: Session, values: dict[str, Any]) -> Reply:
    """What the owners are told, with the button that tries it once more."""
    if values["kind"] == OVER:
        return Reply(over(values["platform"], values["name"], values["reason"]))
    bill = lifecycle.find(session, values["bill"])
    text = say(
        "{bill} did not arrive in {platform}: {reason}. Once that is mended, I send it again.",
        bill=vendor_and_number(bill),
        platform=values["platform"],
        reason=values["reason"],
    )
    return Reply(text, choices=retry_button(), bill=bill.id)


def retry_button() -> tuple[Choice, ...]:
    """The button that sends once more what did not arrive."""
    return suggestion_choices((say("send the bills to the accounting software again"),))


def over(platform: str, name: str, reason: str) -> str:
    """That somebody has to connect it anew."""
    return say(
        "{platform} no longer lets me in ({reason}). Please run {command} again; until then no bill gets there.",
        platform=platform,
        reason=reason,
        command=f"`billify connect accounting {name}`",
    )
