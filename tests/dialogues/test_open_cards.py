"""Cards on which several people were asked to decide: once one of them did, the others' say so and have no buttons."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.channels.slack import outbound as slack_outbound
from bot.processing.delivery import Delivery
from handlers.messages import Message, Reply, reply_key
from storage.approvals import approval_rules
from storage.db.database import Database
from storage.documents.document_store import DocumentStore
from storage.ledger.money import Money
from storage.models import Role
from storage.people import people
from tests.fakes.books.desk import NOW, Desk, paper, spoken
from tests.fakes.books.open_house import trust_members
from tests.fakes.books.small_company import ACME
from tests.fakes.platforms.all_channels import all_channels
from tests.fakes.platforms.memory_chat_log import MemoryChatLog
from tests.fakes.platforms.slack import FakeSlack, Refused
from tests.fakes.platforms.telegram import FakeTelegram

PLACES = {"olga": ("slack", "D77"), "ada": ("telegram", "77"), "ben": ("web", "ben"), "max": ("terminal", "max")}
ASKED = ("olga", "ada", "ben")
IDS = {"olga": 1, "max": 2, "ada": 3, "ben": 4}


@dataclass
class Firm:
    """Three who may approve, each on another platform, and Max, who sends bills and reads no platform."""

    desk: Desk
    delivery: Delivery
    slack: FakeSlack
    telegram: FakeTelegram
    web: MemoryChatLog
    keys: dict[str, str] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    async def tell(self, name: str, **what: Any) -> tuple[Reply, ...]:
        """A message of this person is served, and the answer goes out; where it shows a card, that is theirs."""
        channel, conversation = PLACES[name]
        key = f"{channel}:told-{next(self.numbers)}"
        message = Message(key, channel, conversation, name, NOW, **what)
        replies = await self.desk.conversation.respond(message)
        await self.delivery.send(message, replies)
        cards = [reply_key(key, n) for n, reply in enumerate(replies) if reply.card and not reply.quiet]
        if cards:
            self.keys[name] = cards[0]
        return replies

    async def press(self, name: str, action: str) -> str:
        replies = await self.tell(name, choice=f"{action}:1", answers=self.keys.get(name))
        return "\n".join(map(spoken, replies))

    def looks(self) -> dict[str, str]:
        """How the card looks on each platform, buttons and all, as text."""
        (chat,) = self.telegram.messages.values()
        (message,) = self.slack.messages.values()
        (post,) = self.web.posts.values()
        return {"olga": str(message), "ada": str(chat), "ben": spoken(post.reply)}


@pytest.fixture
async def firm(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Firm]:
    monkeypatch.setattr(slack_outbound, "LOOK_PAUSE", 0.01)
    store = DocumentStore(tmp_path / "documents", bytes(32))
    desk = Desk(database, store, {"acme": paper(**ACME)})
    with database.transaction() as session:
        people.ensure_owner(session, "Olga", [("terminal", "owner"), ("slack", "olga")], NOW)
        for name, role in (("max", Role.MEMBER), ("ada", Role.APPROVER), ("ben", Role.APPROVER)):
            code = people.invite(session, name.capitalize(), invited_by=1, now=NOW)
            person = people.redeem(session, code, PLACES[name][0], name, NOW, name)
            assert person is not None and person.id == IDS[name]
            people.appoint(session, person, role, by=1, now=NOW)
        trust_members(session)
    async with all_channels(database, store) as chats:
        yield Firm(desk, chats.delivery, chats.slack, chats.telegram, chats.log)


async def asked(firm: Firm, steps: int = 1) -> None:
    """Max sends a bill and confirms it; the three are asked, as the clock does it."""
    with firm.desk.database.transaction() as session:
        least = Money.of("500", "EUR")
        approval_rules.require(session, least, steps=steps, role=Role.APPROVER, category=None, person_id=1, now=NOW)
    await firm.desk.say("<acme>", sender="max")
    assert "Waits for approval" in await firm.desk.say("confirm", sender="max")
    for name in ASKED:
        await firm.tell(name, notice="approval:1")
    assert all(has_buttons(look) and f"0 of {steps}" in look for look in firm.looks().values()), firm.looks()


def has_buttons(look: str) -> bool:
    return "Approve" in look.replace("Approved by", "")


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize(("action", "state"), [("approve", "Approved by"), ("refuse", "Refused by")])
async def test_once_somebody_decided_the_others_cards_say_who_and_have_no_buttons(
    firm: Firm, name: str, action: str, state: str
) -> None:
    await asked(firm)
    await firm.press(name, action)
    for other in set(ASKED) - {name}:
        look = firm.looks()[other]
        assert f"{state} {name.capitalize()}" in look and not has_buttons(look), look
        assert "Mark paid" not in look and "reply_markup" not in look and "'actions'" not in look
    assert len(firm.slack.messages) == len(firm.telegram.messages) == len(firm.web.posts) == 1, "nothing is sent anew"


async def test_while_a_second_person_has_to_agree_only_their_buttons_stay(firm: Firm) -> None:
    await asked(firm, steps=2)
    assert "Waits for approval, 1 of 2" in await firm.press("ada", "approve")
    assert all(has_buttons(firm.looks()[name]) for name in ("olga", "ben"))
    assert all("Waits for approval, 1 of 2 (Ada)" in firm.looks()[name] for name in ("olga", "ben")), firm.looks()
    await firm.press("ben", "approve")
    assert not has_buttons(firm.looks()["olga"]) and "Approved by Ada and Ben" in firm.looks()["olga"]
    assert "Approved by Ada and Ben" in firm.looks()["ada"]


async def test_a_decision_that_is_taken_back_brings_the_buttons_back(firm: Firm) -> None:
    await asked(firm)
    await firm.press("ada", "approve")
    assert not has_buttons(firm.looks()["olga"])
    await firm.press("ada", "undo")
    assert has_buttons(firm.looks()["olga"]) and has_buttons(firm.looks()["ben"])
    await firm.press("olga", "refuse")
    assert "Refused by Olga" in firm.looks()["ben"] and not has_buttons(firm.looks()["ben"])


async def test_a_bill_that_is_withdrawn_leaves_no_button_on_anybodys_card(firm: Firm) -> None:
    await asked(firm)
    await firm.tell("max", text="not an invoice")
    for look in firm.looks().values():
        assert "Not an invoice (Max)" in look and not has_buttons(look)


async def test_a_bill_that_somebody_paid_has_no_button_to_pay_it_again(firm: Firm) -> None:
    await asked(firm)
    await firm.press("ada", "approve")
    assert "Mark paid" in firm.looks()["ada"]
    await firm.tell("max", text="paid")
    look = firm.looks()["ada"]
    assert "Paid (Max)" in look and "Mark paid" not in look and "reply_markup" not in look


async def test_a_platform_that_is_away_spoils_nobodys_decision(firm: Firm, caplog: pytest.LogCaptureFixture) -> None:
    await asked(firm)
    firm.slack.refusals["chat.update"] = [Refused("internal_error")] * 20
    with caplog.at_level(logging.WARNING):
        assert "Approved by Ada" in await firm.press("ada", "approve")
    assert "is put off" in caplog.text
    assert "Approved by Ada" in firm.looks()["ben"], "the others' cards change all the same"


async def test_a_card_that_is_gone_is_not_sent_anew(firm: Firm) -> None:
    await asked(firm)
    firm.slack.refusals["chat.update"] = [Refused("message_not_found")] * 2
    await firm.press("ada", "approve")
    assert len(firm.slack.messages) == 1 and has_buttons(firm.looks()["olga"])
