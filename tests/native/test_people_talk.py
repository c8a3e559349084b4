"""Where several read: Billify acts only when it is addressed, and what is not for everybody goes to the asker alone."""

from __future__ import annotations

import pytest
from sqlmodel import select

from bot.channels.slack import inbound as slack_inbound
from bot.channels.slack.workspaces.addresses import Source
from handlers.messages import Message
from handlers.reminders.due_notices import due_notices
from storage.models import Bill
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.slack import Refused as SlackRefused
from tests.fakes.platforms.telegram import Refused as TelegramRefused
from tests.fakes.platforms.two_chats import GROUP, TwoChats


def states(chats: TwoChats) -> list[str]:
    with chats.desk.database.reading() as session:
        return [str(bill.state) for bill in session.exec(select(Bill).order_by(Bill.id)).all()]


TALK = ("Did we pay this one?", "yes, paid", "ok", "confirm", "total is 12", "thanks!", "not an invoice", "hm")


async def test_people_who_talk_to_each_other_are_left_alone(chats: TwoChats, channel: str) -> None:
    photo = await chats.say(channel, "ada", "@billify", files=("acme",), group=True)
    before = chats.seen(channel)
    for line in TALK:
        await chats.say(channel, "max", line, group=True)
        await chats.say(channel, "max", line, group=True, answers=photo)
    assert states(chats) == ["draft"] and chats.seen(channel) == before


async def test_in_the_thread_of_a_card_questions_are_answered_and_orders_asked_about(chats: TwoChats) -> None:
    """In Slack a line under our own message is an answer to it, and yet people may talk to each other there."""
    await chats.say("slack", "max", files=("acme",))
    await chats.say("slack", "max", "confirm")
    notice = Message("clock:x", "slack", GROUP["slack"], "UOLGA", NOW, text="show Acme", shared=True)
    await chats.serve(notice)
    (card,) = chats.seen("slack")
    for line in ("ok", "yes", "thanks", "blah blah", "hello"):
        await chats.say("slack", "ada", line, group=True, answers=card)
    assert len(chats.seen("slack")) == 1, "people talk"
    await chats.say("slack", "ada", "did we pay this one?", group=True, answers=card)
    assert "No:" in chats.said_last("slack")
    await chats.say("slack", "ada", "paid", group=True, answers=card)
    assert states(chats) == ["confirmed"] and "[Yes]" in chats.said_last("slack")
    await chats.press("slack", "ada", "Yes", list(chats.seen("slack"))[-1])
    assert states(chats) == ["paid"]


async def test_addressed_it_acts(chats: TwoChats, channel: str) -> None:
    photo = await chats.say(channel, "ada", "@billify", files=("acme",), group=True)
    await chats.say(channel, "max", "@billify confirm", group=True, answers=photo)
    assert states(chats) == ["confirmed"]


async def test_what_is_passed_on_is_a_document_and_no_order(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    await chats.say(channel, "max", "paid", forwarded=True)
    assert states(chats) == ["draft"] and "somebody else's words" in chats.said_last(channel, "max")
    await chats.say(channel, "max", "paid from cash", forwarded=True, files=("globex",))
    assert states(chats) == ["draft", "draft"]
    before = chats.seen(channel)
    await chats.say(channel, "max", "@billify paid", forwarded=True, group=True)
    assert chats.seen(channel) == before and states(chats) == ["draft", "draft"]


async def test_files_of_people_are_theirs_until_the_owner_says_otherwise(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "lunch", files=("acme",), group=True)
    assert states(chats) == [] and not chats.seen(channel)
    await chats.say(channel, "max", "@billify read every file here", group=True)
    assert "Only the owner" in chats.said_last(channel)
    await chats.say(channel, "olga", "@billify read every file here", group=True)
    await chats.say(channel, "max", "paid", files=("globex",), group=True)
    assert states(chats) == ["draft"], "the file is read, and what stands beside it is no order"
    assert "Globex Ltd" in chats.said_last(channel)
    await chats.say(channel, "olga", "@billify do not read files here", group=True)
    before = chats.seen(channel)
    await chats.say(channel, "max", files=("acme",), group=True)
    assert chats.seen(channel) == before


async def test_a_stranger_among_people_is_no_business_of_billifys(chats: TwoChats) -> None:
    await chats.say("telegram", "stranger", "lunch", files=("acme",), group=True)
    assert not chats.seen("telegram")
    await chats.say("telegram", "stranger", "@billify what's due?", group=True)
    assert "people who have been invited" in chats.said_last("telegram")


ENGLISH, GERMAN = "I sent the answer to Max alone.", "Ich habe die Antwort nur an Max geschickt."
FIGURES = {
    "balance": ENGLISH,
    "what did we spend in March?": ENGLISH,
    "forecast 30 days": ENGLISH,
    "trial balance": ENGLISH,
    "profit this year": ENGLISH,
    "wie ist der Kontostand?": GERMAN,
    "was haben wir im März ausgegeben?": GERMAN,
}


@pytest.mark.parametrize("question", FIGURES)
async def test_figures_are_told_to_the_asker_alone(chats: TwoChats, channel: str, question: str) -> None:
    await chats.say(channel, "max", f"@billify {question}", group=True)
    assert list(chats.seen(channel).values()) == [FIGURES[question]]
    (answer,) = chats.seen(channel, "max").values()
    assert "understand" not in answer and "verstanden" not in answer


async def test_the_talk_goes_on_where_it_was_answered(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    await chats.say(channel, "max", "confirm")
    await chats.say(channel, "max", "@billify what did we spend in March?", group=True)
    assert "€1,050.00" not in "".join(chats.seen(channel).values())
    assert "€1,050.00" in chats.said_last(channel, "max")
    await chats.say(channel, "max", "and in February?")
    assert "Feb" in chats.said_last(channel, "max"), "a follow-up leans on what was answered there"


async def test_in_a_place_that_the_company_allows_figures_are_told(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "@billify answer about money here", group=True)
    await chats.say(channel, "olga", "@billify you may answer about money here", group=True)
    await chats.say(channel, "max", "@billify balance", group=True)
    assert "Bank" in chats.said_last(channel) and not chats.seen(channel, "max")
    await chats.say(channel, "olga", "@billify keine salden hier", group=True)
    await chats.say(channel, "max", "@billify balance", group=True)
    assert "alone" in chats.said_last(channel) and chats.seen(channel, "max")


async def test_a_code_is_never_told_where_others_read(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "olga", "@billify you may answer about money here", group=True)
    for asked in ("invite anna@example.com", "link my Telegram", "link my Slack"):
        await chats.say(channel, "olga", f"@billify {asked}", group=True)
        assert chats.said_last(channel) == "I sent the answer to Olga alone."
    assert "join" in chats.said_last(channel, "olga")


async def test_who_cannot_be_reached_alone_is_told_how(chats: TwoChats, channel: str) -> None:
    shut_out = SlackRefused("channel_not_found") if channel == "slack" else TelegramRefused(403, "Forbidden: bot")
    chats.platforms[channel].refusals["chat.postMessage" if channel == "slack" else "sendMessage"] = [shut_out]
    await chats.say(channel, "max", "@billify balance", group=True)
    assert "cannot write to them yet" in chats.said_last(channel)
    assert not chats.seen(channel, "max")


async def test_questions_about_bills_are_answered_where_they_are_asked(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "@billify what's due?", group=True)
    assert "alone" not in chats.said_last(channel)


async def test_notices_go_to_the_direct_chat_wherever_the_person_wrote_last(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "olga", "hello")
    await chats.say(channel, "olga", "@billify what's due?", group=True)
    await chats.say(channel, "olga", "@billify send my reminders here", group=True)
    assert "Others read this" in chats.said_last(channel)
    await chats.say(channel, "max", files=("acme",))
    await chats.say(channel, "max", "confirm")
    group = len(chats.seen(channel))
    with chats.desk.database.reading() as session:
        places = {
            (notice.place.channel, notice.place.conversation)
            for notice in due_notices(session, NOW.replace(month=4, day=7), NOW.tzinfo)
            if notice.name == "Olga"
        }
    assert places == {(channel, chats.direct(channel, "olga"))}
    digest = Message(
        "clock:digest/1/x", channel, chats.direct(channel, "olga"), f"U{'OLGA'}" if channel == "slack" else "501", NOW,
        notice="digest",
    )  # fmt: skip
    await chats.serve(digest)
    assert len(chats.seen(channel)) == group


async def test_an_alarm_that_was_set_among_others_rings_alone(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "hello")
    await chats.say(channel, "max", "@billify remind me tomorrow to call the bank", group=True)
    with chats.desk.database.reading() as session:
        notices = due_notices(session, NOW.replace(day=24), NOW.tzinfo)
    (alarm,) = [notice for notice in notices if notice.kind.startswith("alarm")]
    assert alarm.place.conversation == chats.direct(channel, "max")


async def test_a_slash_command_among_others_is_answered_alone_and_goes_on_there(chats: TwoChats) -> None:
    await chats.say("slack", "max", "hello")
    body = {"team_id": "T1", "channel_id": GROUP["slack"], "user_id": "UMAX", "trigger_id": "1.2", "text": "balance"}
    await chats.serve(slack_inbound.to_command(body, Source("T1"), "Max"))
    assert not chats.seen("slack") and "Bank" in chats.said_last("slack", "max")
    await chats.say("slack", "max", "on 1 March?")
    assert "1 Mar" in chats.said_last("slack", "max")
