"""What people change or take away of what they wrote: asked about, or read again, and the books stay as they are."""

from __future__ import annotations

import pytest
from sqlmodel import select

from storage.models import Bill, BillState
from tests.fakes.platforms.two_chats import TwoChats
from tests.native.test_what_is_meant import ACME, GLOBEX, bills


async def test_an_order_that_is_edited_is_asked_about(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    order = await chats.say(channel, "max", "total is 12")
    await chats.edit(channel, "max", order, "total is 13")
    assert bills(chats)[ACME][1] == 1200, "nothing is changed by an edit alone"
    stands, asked = list(chats.seen(channel, "max").items())[-2:]
    assert "What I did at first stands" in stands[1] and "[Take it back]" in stands[1], stands
    assert "13" in asked[1] and "[Yes]" in asked[1], asked
    await chats.press(channel, "max", "Yes", asked[0])
    assert bills(chats)[ACME][1] == 1300


async def test_what_was_done_at_the_former_words_can_be_taken_back(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    order = await chats.say(channel, "max", "total is 12")
    await chats.edit(channel, "max", order, "never mind, that is the deposit slip of my aunt")
    stands = list(chats.seen(channel, "max"))[-1]
    assert "What I did at first stands" in chats.seen(channel, "max")[stands]
    await chats.press(channel, "max", "Take it back", stands)
    assert bills(chats)[ACME][1] == 124950


async def test_a_question_that_is_edited_is_answered_anew(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    await chats.say(channel, "max", "confirm")
    question = await chats.say(channel, "max", "blah blubb")
    await chats.edit(channel, "max", question, "what's due?")
    assert "1 open bill" in chats.said_last(channel, "max")
    before = chats.seen(channel, "max")
    await chats.edit(channel, "max", question, "what's due?")
    assert chats.seen(channel, "max") == before, "an echo of what it says already is no edit"


async def test_an_edit_in_german_is_asked_about_in_german(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    order = await chats.say(channel, "max", "der Betrag ist 12")
    await chats.edit(channel, "max", order, "der Betrag ist 13")
    stands, asked = list(chats.seen(channel, "max").values())[-2:]
    assert "Was ich zuerst getan habe, gilt weiter" in stands and "[Ja]" in asked, (stands, asked)


async def test_who_mentions_us_by_an_edit_is_heard(chats: TwoChats, channel: str) -> None:
    line = await chats.say(channel, "max", "what's due?", group=True)
    assert not chats.seen(channel)
    await chats.edit(channel, "max", line, "@billify what's due?", group=True)
    assert "due" in chats.said_last(channel)


async def test_a_caption_that_is_edited_does_not_record_the_bill_twice(chats: TwoChats) -> None:
    photo = await chats.say("telegram", "max", "lunch", files=("acme",))
    await chats.edit("telegram", "max", photo, "category travel")
    assert bills(chats)[ACME] == ("draft", 124950, None)
    question = list(chats.seen("telegram", "max"))[-1]
    await chats.press("telegram", "max", "Yes", question)
    assert bills(chats)[ACME] == ("draft", 124950, "travel")
    with chats.desk.database.reading() as session:
        assert len(session.exec(select(Bill)).all()) == 1


async def test_a_photo_that_is_replaced_is_read_and_the_former_bill_stays(chats: TwoChats) -> None:
    photo = await chats.say("telegram", "max", files=("acme",))
    other = chats.platforms["telegram"].keep(b"globex", "globex.jpg") | {"width": 9, "height": 9}
    await chats.edit("telegram", "max", photo, "", photo=[other])
    assert set(bills(chats)) == {ACME, GLOBEX}
    last = list(chats.seen("telegram", "max"))[-1]
    assert "What came of the former is still here: Acme GmbH" in chats.seen("telegram", "max")[last]
    await chats.press("telegram", "max", "Not an invoice", last)
    assert set(bills(chats)) == {GLOBEX}


async def test_a_document_that_is_deleted_is_asked_about(chats: TwoChats) -> None:
    photo = await chats.say("slack", "max", files=("acme",))
    await chats.delete("max", photo)
    last = list(chats.seen("slack", "max"))[-1]
    assert "You deleted a message" in chats.seen("slack", "max")[last] and ACME in chats.seen("slack", "max")[last]
    assert bills(chats)[ACME][0] == "draft"
    await chats.press("slack", "max", "Not an invoice", last)
    assert not bills(chats)


async def test_an_order_that_is_deleted_stands_until_it_is_taken_back(chats: TwoChats) -> None:
    await chats.say("slack", "max", files=("acme",))
    order = await chats.say("slack", "max", "confirm")
    await chats.delete("max", order)
    assert bills(chats)[ACME][0] == BillState.CONFIRMED
    last = list(chats.seen("slack", "max"))[-1]
    assert "the confirmation of Acme GmbH" in chats.seen("slack", "max")[last]
    await chats.press("slack", "max", "Take it back", last)
    assert bills(chats)[ACME][0] == BillState.DRAFT


@pytest.mark.parametrize("said", ["what's due?", "thanks"])
async def test_of_what_changed_nothing_nothing_is_told(chats: TwoChats, said: str) -> None:
    line = await chats.say("slack", "max", said)
    chatter = await chats.say("slack", "max", "lunch?", group=True)
    before = (chats.seen("slack", "max"), chats.seen("slack"))
    await chats.delete("max", line)
    await chats.delete("max", chatter, channel_type="channel")
    assert (chats.seen("slack", "max"), chats.seen("slack")) == before
