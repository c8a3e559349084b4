"""What an action is about: the card that a person sees, the message that they answer, what they said beside it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlmodel import select

from handlers.messages import Attachment, Message, reply_key
from storage.models import Bill, BillState
from tests.fakes.books.desk import NOW
from tests.fakes.platforms.two_chats import TwoChats, web_looks


def bills(chats: TwoChats) -> dict[str, tuple[str, int | None, str | None]]:
    """State, total in cents and category of each bill, by vendor."""
    with chats.desk.database.reading() as session:
        found = session.exec(select(Bill).where(Bill.state != BillState.VOID)).all()
        return {bill.vendor or "?": (str(bill.state), bill.total_minor, bill.category) for bill in found}


ACME, GLOBEX = "Acme GmbH", "Globex Ltd"


async def test_a_card_follows_what_a_colleague_corrects_elsewhere(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    (card,) = chats.seen(channel, "max")
    pressing = chats.pressing(channel, "max", "Confirm", card)
    other = "slack" if channel == "telegram" else "telegram"
    await chats.say(other, "ada", "show Acme")
    await chats.say(other, "ada", "total is 1,500.00")
    look = chats.seen(channel, "max")[card]
    assert "€1,500.00" in look and "(Ada)" in look and "[Confirm]" in look, look
    assert "€1,249.50 → €1,500.00" in look, "it says what was changed"
    await chats.serve(pressing)
    assert bills(chats)[ACME][:2] == ("draft", 150000), "the press was on the card as it had been"
    assert "I did nothing yet" in chats.seen(channel, "max")[card]
    await chats.press(channel, "max", "Confirm", card)
    assert bills(chats)[ACME][0] == "confirmed"


async def test_in_german_what_came_between_is_told_as_well(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "antworte auf Deutsch")
    await chats.say(channel, "max", files=("acme",))
    card = list(chats.seen(channel, "max"))[-1]
    pressing = chats.pressing(channel, "max", "Bestätigen", card)
    other = "slack" if channel == "telegram" else "telegram"
    for said in ("show Acme", "total is 1,500.00"):
        await chats.say(other, "ada", said)
    assert "1.500,00" in chats.seen(channel, "max")[card] and "(Ada)" in chats.seen(channel, "max")[card]
    await chats.serve(pressing)
    said = chats.seen(channel, "max")[card]
    assert "Ich habe noch nichts getan" in said and "durch Ada" in said and "1.500,00" in said, said


async def test_a_card_in_the_web_chat_follows_too(chats: TwoChats) -> None:
    key = "web:00000000-0000-0000-0000-000000000001"
    await chats.serve(Message(key, "web", "person-1", "person-1", NOW, text="<>"))
    await chats.say("slack", "olga", files=("acme",))
    await chats.serve(Message("web:2", "web", "person-1", "person-1", NOW, text="show Acme"))
    await chats.say("telegram", "ada", "show Acme")
    await chats.say("telegram", "ada", "total is 1,500.00")
    assert any("€1,500.00" in look and "(Ada)" in look for look in web_looks(chats)), web_looks(chats)
    assert reply_key(key, 0) in chats.web.posts


async def test_an_answer_to_ones_own_photo_is_about_its_bill(chats: TwoChats, channel: str) -> None:
    photo = await chats.say(channel, "max", files=("acme",))
    await chats.say(channel, "max", files=("globex",))
    await chats.say(channel, "max", "book it as travel", answers=photo)
    assert {vendor: bill[2] for vendor, bill in bills(chats).items()} == {ACME: "travel", GLOBEX: None}


@pytest.mark.parametrize("place", ["web", "terminal"])
async def test_so_it_is_in_chats_that_no_platform_keeps(chats: TwoChats, place: str) -> None:
    who = {"web": "person-1", "terminal": "owner"}[place]

    async def send(key: str, **what: Any) -> None:
        await chats.serve(Message(f"{place}:{key}", place, who, who, NOW, **what))

    for name in ("acme", "globex"):
        file = Attachment(f"{name}.jpg", "image/jpeg", await chats.desk.store.put(name.encode()))
        await send(name, attachments=(file,))
    await send("said", text="book it as travel", answers=f"{place}:acme")
    assert {vendor: bill[2] for vendor, bill in bills(chats).items()} == {ACME: "travel", GLOBEX: None}
    await send("guess", text="confirm", answers="web:somebody-elses")
    assert {bill[0] for bill in bills(chats).values()} == {"draft"}, "a key that is not of this chat points nowhere"


async def test_an_answer_to_a_colleagues_photo_is_about_its_bill(chats: TwoChats, channel: str) -> None:
    theirs = await chats.say(channel, "ada", "@billify", files=("acme",), group=True)
    await chats.say(channel, "max", "@billify", files=("globex",), group=True)
    await chats.say(channel, "max", "@billify confirm", answers=theirs, group=True)
    assert {vendor: bill[0] for vendor, bill in bills(chats).items()} == {ACME: "confirmed", GLOBEX: "draft"}


async def test_an_answer_to_what_billify_does_not_know_is_asked_about(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "ada", "@billify", files=("acme",), group=True)
    chatter = await chats.say(channel, "ada", "lunch?", group=True)
    await chats.say(channel, "max", "@billify paid", answers=chatter, group=True)
    assert bills(chats)[ACME][0] == "draft", "somebody else's bill was not meant"
    assert "Which one do you mean?" in chats.said_last(channel), chats.said_last(channel)


async def test_a_photo_that_was_not_for_billify_is_recorded_when_it_is_pointed_at(
    chats: TwoChats, channel: str
) -> None:
    photo = await chats.say(channel, "ada", files=("acme",), group=True)
    assert not bills(chats) and not chats.seen(channel), "people show each other photos"
    if channel == "slack":
        ts = photo.partition(":")[2]
        chats.platforms["slack"].threads[ts] = {"files": [chats.platforms["slack"].files["F1"]["about"]]}
        return  # the listener looks the thread up: see tests/slack
    await chats.say(channel, "max", "@billify record this", answers=photo, group=True)
    assert bills(chats)[ACME][0] == "draft"
    await chats.say(channel, "max", "@billify confirm", answers=photo, group=True)
    assert bills(chats)[ACME][0] == "confirmed"


async def test_what_is_said_beside_a_file_is_done(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "paid from cash, category travel", files=("acme",))
    assert bills(chats)[ACME] == ("paid", 124950, "travel")
    assert "from Cash" in "\n".join(chats.seen(channel, "max").values())


async def test_an_order_that_cannot_be_followed_is_answered_and_the_document_kept(
    chats: TwoChats, channel: str
) -> None:
    await chats.say(channel, "max", "book it as unicorns", files=("acme",))
    assert bills(chats)[ACME][0] == "draft"
    await chats.say(channel, "ada", "what's due?", files=("globex",))
    assert len(chats.seen(channel, "ada")) == 2, "the card, and the answer"


async def test_an_albums_caption_belongs_to_all_of_it(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "category travel", files=("acme", "globex"))
    assert {vendor: bill[2] for vendor, bill in bills(chats).items()} == {ACME: "travel", GLOBEX: "travel"}


async def test_an_order_that_is_of_one_of_them_is_asked_about(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", "total is 12", files=("acme", "globex"))
    assert {bill[1] for bill in bills(chats).values()} == {124950, 8000}
    question = list(chats.seen(channel, "max"))[-1]
    assert "Which of these" in chats.seen(channel, "max")[question]
    await chats.press(channel, "max", "Globex Ltd 881 · €80.00", question)
    assert {vendor: bill[1] for vendor, bill in bills(chats).items()} == {ACME: 124950, GLOBEX: 1200}


async def test_a_picture_of_an_album_is_answered_by_its_own_bill(chats: TwoChats) -> None:
    first = await chats.say("telegram", "max", files=("acme", "globex"))
    second = f"{first.partition(':')[0]}:{int(first.partition(':')[2]) + 2}"
    await chats.say("telegram", "max", "confirm", answers=second)
    assert {vendor: bill[0] for vendor, bill in bills(chats).items()} == {ACME: "draft", GLOBEX: "confirmed"}


async def test_pictures_that_may_be_pages_are_asked_about(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("front", "back"))
    assert not bills(chats)
    (question,) = chats.seen(channel, "max")
    assert "pages of one invoice" in chats.seen(channel, "max")[question]
    await chats.press(channel, "max", "One invoice", question)
    assert bills(chats) == {ACME: ("draft", 124950, None)}


async def test_pictures_are_several_invoices_where_somebody_says_so(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("front", "back"))
    await chats.say(channel, "max", "several")
    assert len(bills(chats)) == 2


async def test_undo_pressed_four_times_takes_back_one_step(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    (card,) = chats.seen(channel, "max")
    await chats.say(channel, "max", "book it as travel")
    await chats.say(channel, "max", "vendor is Acme Industries")
    card = list(chats.seen(channel, "max"))[-1]
    for press in [chats.pressing(channel, "max", "Undo", card) for _ in range(4)]:
        await chats.serve(press)
    assert bills(chats) == {ACME: ("draft", 124950, "travel")}
    assert "taken back already" in chats.said_last(channel, "max")


async def test_undo_pressed_late_says_what_came_between(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    await chats.say(channel, "max", "book it as travel")
    card = list(chats.seen(channel, "max"))[-1]
    late = chats.pressing(channel, "max", "Undo", card)
    other = "slack" if channel == "telegram" else "telegram"
    await chats.say(other, "ada", "show 2024-117")
    await chats.say(other, "ada", "vendor is Acme Ltd")
    await chats.serve(late)
    assert bills(chats)["Acme Ltd"][2] == "travel"
    said = chats.said_last(channel, "max")
    assert "Shall I take this back?" in said and "Since then" in said, said


async def test_a_command_asks_and_corrects_nothing(chats: TwoChats, channel: str) -> None:
    await chats.say(channel, "max", files=("acme",))
    await chats.say(channel, "max", "confirm")
    for command in ("/due tomorrow", "/total 12", "/vendor Umbrella", "/iban DE89370400440532013000", "/fällig morgen"):
        await chats.say(channel, "max", command)
    with chats.desk.database.reading() as session:
        bill = session.exec(select(Bill)).one()
        assert (str(bill.due_date), bill.total_minor, bill.vendor, bill.iban) == ("2025-04-02", 124950, ACME, None)
    await chats.say(channel, "max", "/due tomorrow")
    assert "due" in chats.said_last(channel, "max").casefold()
