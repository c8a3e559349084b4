"""Whatever key somebody brings that is another's, on whatever channel: the other's chat stays as it is, and nothing of
it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from bot.channels.chatlog import LedgerChatLog, Post
from handlers.messages import Message, Reply
from storage.db.database import Database
from storage.errors import KeyOfAnother
from storage.messages import sayings
from storage.models import Bill, Delivery, Inbound, Person, Saying
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.everywhere import CHANNELS, Everywhere
from tests.fakes.platforms.two_chats import TwoChats

REFUSED = "That belongs to another conversation. Say it anew, in your own words."


@pytest.fixture(params=CHANNELS)
async def there(request, chats: TwoChats, tmp_path) -> Everywhere:
    """Olga has sent an invoice and has its card before her; Max has said hello."""
    place = Everywhere(chats, request.param, tmp_path)
    await place.say("max", "hello")
    await place.say("olga", "<acme>")
    return place


def theirs(database: Database, channel: str) -> tuple[str, Delivery, str]:
    """Of Olga's: her message's key, what was sent to it, and the id by which the platform knows her message."""
    with database.transaction() as session:
        sent = session.exec(
            select(Delivery).where(Delivery.channel == channel, Delivery.bill_id == 1, Delivery.final)
        ).one()
        session.expunge(sent)
        key = sent.key.rpartition("#")[0]
        said = session.exec(select(Saying).where(Saying.channel == channel, Saying.message_key == key)).first()
        if said is None:
            sayings.record_sayings(session, channel, (f"{key}-id",), key)
        return key, sent, said.sent_id if said else f"{key}-id"


def of_max(place: Everywhere, session: Session) -> Message:
    """A message of Max's in his own chat, which he makes up."""
    of_his = select(Inbound).where(
        Inbound.channel == place.channel,
        Inbound.person_id == select(Person.id).where(Person.name == "Max").scalar_subquery(),
    )
    served = session.exec(of_his).one()
    sender = "UMAX" if place.channel == "slack" else served.conversation
    if place.channel == "mail":
        sender = place.address("max", "mail")
    return Message(f"{place.channel}:max", place.channel, served.conversation, sender, NOW, "Max")


async def test_no_key_of_anothers_is_answered_pressed_or_shown_again(there: Everywhere, database: Database) -> None:
    key, sent, said_id = theirs(database, there.channel)
    with database.transaction() as session:
        message = of_max(there, session)
    before, mine = there._seen("olga"), there._seen("max")
    assert before
    for n, answers in enumerate(
        (sent.key, f"sent:{sent.sent_id}", f"thread:{sent.sent_id}", key, f"sent:{said_id}", f"sent:{key}")
    ):
        words = replace(message, key=f"{message.key}{n}", answers=answers, text="what is this?")
        press = replace(words, key=f"{words.key}-press", text="", choice="edit:1")
        for made in (words, press, replace(press, key=f"{press.key}-form", filled=(("total", "1"),))):
            await there._served(made)
            assert there._seen("olga") == before, f"{answers} changed what Olga sees"
            assert [reply.text for reply in there.replies] == [REFUSED], answers
    with database.transaction() as session:
        assert [bill.total_minor for bill in session.exec(select(Bill))] == [124950]
    assert all(there._seen("max").get(each) == look for each, look in mine.items())


async def test_who_takes_anothers_message_key_gets_nothing(there: Everywhere, database: Database) -> None:
    key, _, _ = theirs(database, there.channel)
    with database.transaction() as session:
        message = of_max(there, session)
    before, mine = there._seen("olga"), there._seen("max")
    await there._served(replace(message, key=key, text="balance"))
    assert [reply.text for reply in there.replies] == [REFUSED]
    assert (there._seen("olga"), there._seen("max")) == (before, mine)


@pytest.mark.parametrize("channel", ["web", "terminal"])
async def test_a_post_is_replaced_in_its_own_chat_only(channel: str, database: Database) -> None:
    log = LedgerChatLog(database)
    await log.write(Post("k", channel, "olga", None, Reply("hers"), NOW))
    with pytest.raises(KeyOfAnother):
        await log.write(Post("k", channel, "max", None, Reply("his"), NOW))
    assert [post.reply.text for post in await log.read(channel, "olga")] == ["hers"]
    assert await log.read(channel, "max") == []


async def test_in_a_shared_place_a_colleague_may_answer_what_all_read(chats: TwoChats) -> None:
    sent = await chats.say("slack", "olga", "@billify record this", group=True, files=("acme",))
    card = next(iter(chats.seen("slack")))
    await chats.say("slack", "max", "@billify who is the vendor?", group=True, answers=card)
    assert sent and "Acme" in chats.said_last("slack")


async def test_at_the_terminal_nobody_takes_anothers_message_key(chats: TwoChats, database: Database) -> None:
    await chats.desk.say("balance")
    with database.transaction() as session:
        key = session.exec(select(Inbound.key)).one()
    stranger = Message(key, "terminal", "max", "max", NOW, "Max", text="balance")
    assert [reply.text for reply in await chats.desk.conversation.respond(stranger)] == [REFUSED]
