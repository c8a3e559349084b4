"""One person on several channels: joining one, two people who are one, and who is here, in English and German."""

from __future__ import annotations

import re

import pytest
from sqlmodel import select

from handlers.messages import Message
from storage.approvals import approval_rules, approvals
from storage.bank import bank_accounts
from storage.ledger import accounts
from storage.ledger.money import Money
from storage.models import Bill, Person, Role
from storage.people import identities, people
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.two_chats import TELEGRAM, TwoChats, web_looks

CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
START = re.compile(r"https://t\.me/billify_bot\?start=([0-9A-Z]{12})")


def everybody(chats: TwoChats) -> list[str]:
    with chats.desk.database.reading() as session:
        return [person.name for person in people.everybody(session)]


async def on_the_web(chats: TwoChats, text: str) -> str:
    """Olga says it in the web chat; the last answer there."""
    n = len(chats.web.posts) + 1
    await chats.serve(Message(f"web:{n}", "web", "person-1", "person-1", NOW, text=text))
    return web_looks(chats)[-1]


async def test_a_code_joins_another_channel_to_the_person(chats: TwoChats) -> None:
    before = everybody(chats)
    with chats.desk.database.transaction() as session:
        identities.record_account(session, "telegram", "billify_bot", NOW)
        identities.unlink(session, 1, "telegram", now=NOW)
    told = await on_the_web(chats, "link my Telegram")
    start = START.search(told)
    assert start, told
    await chats.say("telegram", "olga", f"/start {start[1]}")
    assert "You are Olga here as well" in chats.said_last("telegram", "olga")
    assert everybody(chats) == before, "no second person came of it"
    await chats.say("telegram", "stranger", f"/start {start[1]}")
    assert "doesn't work" in chats.said_last("telegram", "stranger"), "once"


async def test_a_stranger_on_a_platform_is_shown_how_to_connect(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "stranger", "hello")
    (greeting,) = chats.seen(channel, "stranger")
    await chats.press(channel, "stranger", "Connect", greeting)
    assert f"link my {channel.capitalize()}" in chats.said_last(channel, "stranger")
    code = CODE.search(await on_the_web(chats, f"verbinde mein {channel.capitalize()}"))
    assert code
    await chats.say(channel, "stranger", f"join {code[0]}")
    assert "You are Olga here as well" in chats.said_last(channel, "stranger")
    await chats.say(channel, "stranger", "who am I?")
    assert "Olga, owner" in chats.said_last(channel, "stranger")


async def test_a_code_of_somebody_else_is_told_how_two_become_one(chats: TwoChats) -> None:
    code = CODE.search(await on_the_web(chats, "link my Slack"))
    assert code
    await chats.say("slack", "max", f"join {code[0]}")
    assert "merge Max into Olga" in chats.said_last("slack", "max")
    assert "Max" in everybody(chats)


def second_identity(chats: TwoChats, name: str) -> int:
    """Somebody comes in a second time, by an invitation to their Telegram, as in the days before codes."""
    with chats.desk.database.transaction() as session:
        code = people.invite(session, name, invited_by=1, now=NOW)
        person = people.redeem(session, code, "telegram", str(TELEGRAM["stranger"]), NOW, name)
        assert person is not None
        return person.id


def require_approval(chats: TwoChats, role: Role = Role.MEMBER, steps: int = 1) -> None:
    with chats.desk.database.transaction() as session:
        least = Money.of("500", "EUR")
        approval_rules.require(session, least, steps=steps, role=role, category=None, person_id=1, now=NOW)


def waits(chats: TwoChats) -> bool:
    with chats.desk.database.reading() as session:
        return bool(approvals.waiting(session))


async def agreed(chats: TwoChats, said: str) -> str:
    """What is said of it once it was asked back, and agreed to."""
    assert "?" in await on_the_web(chats, said)
    return await on_the_web(chats, "yes")


MERGES = ("merge Olivia into Olga", "Olivia and Olga are the same person", "führe Olivia mit Olga zusammen")


@pytest.mark.parametrize("said", MERGES)
async def test_who_approved_their_own_bill_by_a_second_identity_did_not(chats: TwoChats, said: str) -> None:
    second_identity(chats, "Olivia")
    require_approval(chats)
    await chats.say("slack", "olga", files=("acme",))
    await chats.say("slack", "olga", "confirm")
    await chats.say("telegram", "stranger", "approve Acme")
    assert not waits(chats)
    told = await agreed(chats, said)
    assert "Olga" in told and ("waits again" in told or "wartet wieder" in told), told
    assert "Acme GmbH 2024-117" in told and waits(chats)
    assert everybody(chats) == ["Olga", "Ada", "Max"] or "Olivia" not in everybody(chats)
    await chats.say("telegram", "stranger", "approve Acme")
    assert "You cannot decide" in chats.said_last("telegram", "stranger"), "they are Olga, whose bill it is"
    await chats.say("slack", "ada", "approve Acme")
    assert not waits(chats)


async def test_two_approvals_of_one_person_are_one(chats: TwoChats) -> None:
    second_identity(chats, "Adele")
    require_approval(chats, steps=2)
    await chats.say("slack", "max", files=("acme",))
    await chats.say("slack", "max", "confirm")
    await chats.say("slack", "ada", "approve Acme")
    await chats.say("telegram", "stranger", "approve Acme")
    assert not waits(chats)
    await agreed(chats, "merge Adele into Ada")
    assert waits(chats)
    with chats.desk.database.reading() as session:
        assert len(approvals.approval_status(session, session.exec(select(Bill)).one()).by) == 1


async def test_what_was_done_as_either_is_undone_as_ones_own(chats: TwoChats) -> None:
    second_identity(chats, "Maxwell")
    await chats.say("telegram", "stranger", files=("acme",))
    await chats.say("telegram", "stranger", "book it as travel")
    await agreed(chats, "merge Maxwell into Max")
    await chats.say("telegram", "stranger", "undo")
    with chats.desk.database.reading() as session:
        assert session.exec(select(Bill)).one().category is None
        assert [person.merged_into for person in session.exec(select(Person)).all() if person.merged_into]


async def test_only_the_owner_merges_and_nobody_merges_themselves_away(chats: TwoChats) -> None:
    second_identity(chats, "Olivia")
    await chats.say("slack", "max", "merge Olivia into Olga")
    assert "Only the owner" in chats.said_last("slack", "max")
    await agreed(chats, "merge Olga into Olivia")
    with chats.desk.database.reading() as session:
        person = people.find_person(session, "telegram", str(TELEGRAM["stranger"]))
        assert person is not None and (person.name, person.role) == ("Olga", Role.OWNER)


async def test_two_of_one_name_are_told_apart_by_their_number(chats: TwoChats) -> None:
    second_identity(chats, "Max")
    assert "Say the number" in await on_the_web(chats, "merge Max into Olga")
    listed = await on_the_web(chats, "who is here?")
    numbers = re.findall(r"(\d)\. Max", listed)
    assert len(numbers) == 2, listed
    await agreed(chats, f"merge {numbers[1]} into {numbers[0]}")
    assert everybody(chats).count("Max") == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("who is here?", ("Olga, owner", "Ada, approver", "Slack and Telegram")),
        ("wer ist hier?", ("Olga, Inhaber", "Slack und Telegram")),
        ("who am I?", ("Olga, owner",)),
        ("wer bin ich?", ("Olga, Inhaber",)),
    ],
)
async def test_name_role_and_channels_are_seen(chats: TwoChats, said: str, words: tuple[str, ...]) -> None:
    told = await on_the_web(chats, said)
    assert all(word in told for word in words), told


async def test_names_and_channels_are_changed(chats: TwoChats) -> None:
    await chats.say("slack", "max", "call me Maximilian Berg")
    assert "Maximilian Berg" in everybody(chats)
    await chats.say("slack", "max", "rename Ada to Ada Lovelace")
    assert "Only the owner" in chats.said_last("slack", "max")
    await on_the_web(chats, "nenne Ada Ada Lovelace")
    assert "Ada Lovelace" in everybody(chats)
    await chats.say("slack", "max", "unlink my Telegram")
    await chats.say("telegram", "max", "balance")
    assert "people who have been invited" in chats.said_last("telegram", "max")
    await chats.say("slack", "max", "unlink my Slack")
    assert "write to me nowhere else" in chats.said_last("slack", "max")


async def test_an_account_that_was_trusted_by_its_own_sender_is_trusted_no_more(chats: TwoChats) -> None:
    second_identity(chats, "Maxwell")
    with chats.desk.database.transaction() as session:
        bank_accounts.name_account(session, accounts.account(session, "bank"), "DE89370400440532013000", "EUR")
        people.appoint(session, people.find_called(session, "Maxwell")[0], Role.APPROVER, by=1, now=NOW)
    await chats.say("slack", "ada", files=("first",))
    await chats.say("slack", "ada", "confirm")
    await chats.say("slack", "max", files=("changed",))
    await chats.say("slack", "max", "confirm")
    await chats.say("telegram", "stranger", "approve 2024-118")
    assert "known to be theirs" in chats.said_last("telegram", "stranger")
    assert not waits(chats)
    told = await agreed(chats, "merge Maxwell into Max")
    assert "2024-118" in told and waits(chats), told
