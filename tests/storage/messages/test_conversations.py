"""What was served, sent and posted, and which processes live."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from storage.db.database import Database
from storage.messages import chat_log, conversations, deliveries, housekeeping, idempotency
from storage.messages.conversations import ConversationFocus
from storage.messages.own_keys import Speaker
from tests.fakes.books.small_company import NOW, invoice, owner

SECOND = timedelta(seconds=1)
HOUR = 3600 * SECOND
HERE = Speaker("telegram", "7", "7")


@pytest.fixture
def session(database: Database):
    with database.transaction() as session:
        yield session


def record(session: Session, key: str = "telegram:1") -> None:
    idempotency.record_served(
        session, key=key, channel="telegram", conversation="7", person_id=None, replies="[1]", now=NOW
    )


def test_a_message_is_served_once(database: Database) -> None:
    with database.transaction() as session:
        assert idempotency.served(session, "telegram:1", HERE) is None
        record(session)
    with database.transaction() as session:
        assert idempotency.served(session, "telegram:1", HERE) == "[1]"
        assert idempotency.served(session, "telegram:2", HERE) is None
    with pytest.raises(IntegrityError), database.transaction() as session:
        record(session)


def test_a_status_gives_way_to_the_answer(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        bill = invoice(session, person).id
        where = {"channel": "telegram", "conversation": "7"}
        deliveries.record_delivery(session, key="m#0", **where, sent_id="55", bill_id=None, final=False, now=NOW)
        deliveries.record_delivery(session, key="m#0", **where, sent_id="56", bill_id=bill, final=True, now=NOW)
        deliveries.record_delivery(session, key="n#0", **where, sent_id="57", bill_id=None, final=True, now=NOW)
    with database.reading() as session:
        sent = deliveries.delivery(session, "m#0")
        assert sent is not None and (sent.sent_id, sent.bill_id, sent.final) == ("56", bill, True)
        assert deliveries.delivery_by_sent_id(session, "telegram", "56") == sent
        assert deliveries.delivery_by_sent_id(session, "telegram", "55") is None
        assert deliveries.delivery_by_sent_id(session, "slack", "56") is None
        assert deliveries.delivery(session, "o#0") is None


def test_a_conversation_is_about_one_thing_at_a_time(database: Database) -> None:
    person = owner(database)
    with database.transaction() as session:
        bill = invoice(session, person).id
        assert conversations.focus(session, "slack", "C1") == ConversationFocus()
        conversations.set_focus(session, "slack", "C1", bill_id=bill, pending={"ask": "currency"})
        conversations.set_focus(session, "slack", "C2", bill_id=bill)
    with database.transaction() as session:
        assert conversations.focus(session, "slack", "C1") == ConversationFocus(bill, {"ask": "currency"})
        conversations.set_focus(session, "slack", "C1")
        assert conversations.focus(session, "slack", "C1") == ConversationFocus()
        assert conversations.focus(session, "slack", "C2") == ConversationFocus(bill)


def test_a_post_is_replaced_in_its_place(session: Session) -> None:
    def write(key: str, text: str, seconds: int, conversation: str = "anna") -> None:
        chat_log.write_post(
            session,
            key=key,
            channel="web",
            conversation=conversation,
            message=None,
            reply=text,
            now=NOW + seconds * SECOND,
        )

    write("a", "reading", 0)
    write("b", "hello", 1)
    write("c", "elsewhere", 1, "bert")
    write("a", "done", 2)
    assert [(p.key, p.reply) for p in chat_log.read_posts(session, "web", "anna")] == [("a", "done"), ("b", "hello")]
    changed = chat_log.read_posts(session, "web", "anna", since=NOW + 2 * SECOND)
    assert [p.key for p in changed] == ["a"]
    assert chat_log.read_posts(session, "terminal", "anna") == []


def test_what_is_done_at_night_is_done_once_and_made_up_for(session: Session) -> None:
    night = NOW - 5 * HOUR
    assert housekeeping.is_due(session, "night", night, NOW), "nobody ever did it"
    assert housekeeping.begin(session, "night", night, NOW)
    assert not housekeeping.begin(session, "night", night, NOW + SECOND), "another clock is at it"
    assert housekeeping.begin(session, "night", night, NOW + 2 * HOUR), "which died"
    housekeeping.finish(session, "night", NOW + 2 * HOUR)
    assert not housekeeping.is_due(session, "night", night, NOW + 15 * HOUR), "started again on the same day"
    assert housekeeping.is_due(session, "night", night + 24 * HOUR, NOW + 20 * HOUR), "the next night"
