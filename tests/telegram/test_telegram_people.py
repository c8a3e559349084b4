"""What a person does in Telegram, what Billify makes of it, and what the person then sees."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.channel import Outgoing
from bot.channels.telegram import Telegram
from bot.channels.telegram import channel as telegram_channel
from bot.channels.telegram.albums import LedgerAlbums
from handlers.messages import Attachment, Card, Choice, Fact, Message, Reply
from tests.fakes.platforms.message_acceptor import listening_to
from tests.fakes.platforms.telegram import ANNA, BOT, TOKEN

GROUP = {"id": -100200, "type": "supergroup", "title": "Office"}
BUTTONS = (Choice("confirm:1", "Confirm", "primary"), Choice("void:1", "Not an invoice", "danger"))


def answer(message: Message, reply: Reply) -> Outgoing:
    return Outgoing(f"{message.key}#0", reply, message)


async def card(files, state: str = "Waiting for you", picture: bytes = b"\x89PNG page") -> Card:
    shown = Attachment("page.png", "image/png", await files.put(picture))
    facts = (Fact("Due", "2 Apr 2025", strong=True),)
    return Card("Acme GmbH · €1,249.50", "Invoice 2024-117", facts, state=state, picture=shown)


async def test_sends_a_photo_and_gets_a_card_that_a_button_confirms(platform, telegram, files, accept, listener):
    small, large = platform.keep(b"small", "photos/s.jpg"), platform.keep(b"large", "photos/l.jpg")
    sizes = [small | {"width": 90, "height": 120}, large | {"width": 960, "height": 1280}]
    update = await platform.say(photo=sizes, caption="lunch")

    message = await accept.take()
    assert message.key == f"telegram:{update['update_id']}"
    assert (message.conversation, message.sender, message.sender_name) == ("77", "77", "Anna Berg")
    assert (message.text, message.answers, message.choice) == ("lunch", None, None)
    assert message.sent_at.timestamp() == update["message"]["date"]
    (photo,) = message.attachments
    assert photo == Attachment("photo.jpg", "image/jpeg", handle="photos/l.jpg", size=5, shrunk=True)
    assert await telegram.fetch(photo) == b"large"

    status = await telegram.send(answer(message, Reply("Reading…", status=True)))
    assert platform.shown(status)["text"] == "Reading…"
    done = await telegram.edit(status, answer(message, Reply(card=await card(files), choices=BUTTONS)))
    assert done == status, "the status message itself becomes the card"
    shown = platform.shown(done)
    assert "text" not in shown
    assert "<b>Acme GmbH · €1,249.50</b> · Invoice 2024-117" in shown["caption"]
    assert platform.uploads[shown["photo"][0]["file_id"]] == b"\x89PNG page"

    await platform.press("Confirm", shown)
    pressed = await accept.take(2)
    assert (pressed.choice, pressed.answers) == ("confirm:1", f"sent:{done}")
    assert (pressed.conversation, pressed.sender, pressed.text) == ("77", "77", "")
    await platform.seen("answerCallbackQuery")

    await telegram.edit(done, answer(pressed, Reply(card=await card(files, "Confirmed by Anna"))))
    assert "Confirmed by Anna" in platform.shown(done)["caption"]
    assert "reply_markup" not in platform.shown(done)
    assert len(platform.messages) == 1


async def test_corrects_by_replying_to_the_card(platform, telegram, accept, listener):
    await platform.say("hello")
    sent = await telegram.send(answer(await accept.take(), Reply("A card")))
    await platform.say("total is 1,294.50", reply_to_message=platform.shown(sent))
    correction = await accept.take(2)
    assert (correction.text, correction.answers) == ("total is 1,294.50", f"sent:{sent}")


async def test_sends_a_pdf(platform, telegram, accept, listener):
    file = platform.keep(b"%PDF-", "documents/1.pdf")
    await platform.say(document=file | {"file_name": "bill.pdf", "mime_type": "application/pdf"})
    message = await accept.take()
    assert message.attachments == (Attachment("bill.pdf", "application/pdf", handle="documents/1.pdf", size=5),)
    assert await telegram.fetch(message.attachments[0]) == b"%PDF-"


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("what's due?", "what's due?"),
        ("/due", "/due"),
        ("/due tomorrow", "/due tomorrow"),
        ("/start", "/start"),
        ("/start K7QX22", "/start K7QX22"),  # from a link t.me/billify_bot?start=…
    ],
)
async def test_writes_words_and_commands(platform, accept, listener, said, heard):
    await platform.say(said)
    assert (await accept.take()).text == heard


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ({"text": "@Billify_Bot what's due?"}, "what's due?"),
        ({"text": "/due@billify_bot"}, "/due"),
        ({"text": "/due", "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}, "/due"),
        ({"text": "total is 12", "reply_to_message": {"from": BOT}}, "total is 12"),
        (
            {
                "text": "You: balance",
                "entities": [{"type": "text_mention", "offset": 0, "length": 3, "user": BOT}],
            },
            "You: balance",
        ),
        ({"document": {"file_id": "f", "file_unique_id": "u"}, "caption": "@billify_bot for you"}, "for you"),
    ],
)
async def test_is_heard_in_a_group_when_billify_is_meant(platform, accept, listener, said, heard):
    if "reply_to_message" in said:
        said = said | {"reply_to_message": {"message_id": 5, "date": 1, "chat": GROUP, "from": BOT, "text": "x"}}
    await platform.say(chat=GROUP, **said)
    message = await accept.take()
    assert (message.text, message.conversation) == (heard, "-100200")


@pytest.mark.parametrize(
    "ignored",
    [
        {"text": "lunch?", "chat": GROUP},
        {"text": "@billify_bottle is nice", "chat": GROUP},
        {"text": "/due@other_bot", "chat": GROUP},
        {
            "text": "yes, paid",
            "reply_to_message": {"message_id": 4, "date": 1, "chat": GROUP, "from": ANNA},
            "chat": GROUP,
        },
        {
            "text": "@billify_bot paid",
            "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "X"},
            "chat": GROUP,
        },
        {"text": "@billify_bot hi", "from": {"id": 9, "is_bot": True, "first_name": "Other"}, "chat": GROUP},
        {"new_chat_members": [ANNA], "chat": GROUP},
        {"pinned_message": {"message_id": 3, "date": 1, "chat": GROUP, "text": "@billify_bot"}, "chat": GROUP},
    ],
)
async def test_is_left_alone_when_billify_is_not_meant(platform, accept, listener, ignored):
    await platform.say(**ignored)
    await platform.say("what's due?")
    assert (await accept.take()).text == "what's due?"
    assert len(accept.calls) == 1


async def test_a_file_in_a_group_comes_in_as_not_addressed(platform, accept, listener):
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    await platform.say(chat=GROUP, photo=photo)
    message = await accept.take()
    assert (message.shared, message.addressed, len(message.attachments)) == (True, False, 1)


async def test_answers_name_the_message_whoever_wrote_it(platform, accept, listener):
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    max_ = {"id": 9, "is_bot": False, "first_name": "Max"}
    theirs = {"message_id": 4, "date": 1, "chat": GROUP, "from": max_, "photo": photo}
    await platform.say("@billify_bot record this", reply_to_message=theirs, chat=GROUP)
    message = await accept.take()
    assert (message.answers, [file.handle for file in message.quoted]) == ("sent:-100200:4", ["f"])
    own = await platform.say(photo=photo)
    await platform.say("paid", reply_to_message=own["message"])
    assert (await accept.take(3)).answers == f"sent:77:{own['message']['message_id']}"
    assert (await accept.take(2)).ids == (f"77:{own['message']['message_id']}",)


async def test_what_opened_a_topic_is_not_what_is_answered(platform, accept, listener):
    opening = {"message_id": 8, "date": 1, "chat": GROUP, "forum_topic_created": {"name": "Bills", "icon_color": 1}}
    forum = {"chat": GROUP | {"is_forum": True}, "message_thread_id": 8, "is_topic_message": True}
    await platform.say("@billify_bot due?", reply_to_message=opening, **forum)
    assert (await accept.take()).answers is None


async def test_words_that_were_passed_on_or_quoted_are_nobodys_order(platform, accept, listener):
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "An outsider"}
    await platform.say("paid", forward_origin=origin)
    assert ((await accept.take()).text, (await accept.take()).forwarded) == ("paid", True)
    quote = [{"type": "blockquote", "offset": 0, "length": 4}]
    await platform.say("paid\nwhat's due?", entities=quote)
    said = await accept.take(2)
    assert (said.text, said.forwarded) == ("what's due?", False)
    await platform.say("paid", entities=quote)
    assert (await accept.take(3)).forwarded


async def test_an_album_is_one_message_with_its_caption(platform, files, accept, database, monkeypatch):
    monkeypatch.setattr(telegram_channel, "GATHER_SECONDS", 0.2)
    channel = Telegram(token=TOKEN, files=files, api_url=platform.url, albums=LedgerAlbums(database))
    sizes = [[{"file_id": f"f{n}", "file_unique_id": f"u{n}", "width": 1, "height": 1}] for n in range(3)]
    async with listening_to(channel, accept):
        said = [
            await platform.say(photo=photo, media_group_id="G7", **({"caption": "category travel"} if n == 0 else {}))
            for n, photo in enumerate(sizes)
        ]
        await platform.say("what's due?")
        assert (await accept.take()).text == "what's due?", "nobody waits for an album"
        album = await accept.take(2)
        async with asyncio.timeout(20):
            while await LedgerAlbums(database).waiting():  # it is forgotten once it was passed on
                await asyncio.sleep(0.01)
    await channel.close()
    assert (album.text, [file.handle for file in album.attachments]) == ("category travel", ["f0", "f1", "f2"])
    assert album.ids == tuple(f"77:{one['message']['message_id']}" for one in said)
    assert await LedgerAlbums(database).waiting() == {}


async def test_an_album_that_was_being_gathered_goes_on_after_a_new_start(
    platform, files, accept, database, monkeypatch
):
    monkeypatch.setattr(telegram_channel, "GATHER_SECONDS", 30)
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    kept = LedgerAlbums(database)
    first = Telegram(token=TOKEN, files=files, api_url=platform.url, albums=kept)
    async with listening_to(first, accept):
        await platform.say(photo=photo, media_group_id="G8")
        async with asyncio.timeout(20):
            while not await kept.waiting():
                await asyncio.sleep(0.02)
    await first.close()
    assert accept.messages == {}
    monkeypatch.setattr(telegram_channel, "GATHER_SECONDS", 0.1)
    second = Telegram(token=TOKEN, files=files, api_url=platform.url, albums=kept)
    async with listening_to(second, accept):
        assert len((await accept.take()).attachments) == 1
    await second.close()


async def test_what_is_edited_comes_in_as_an_edit_of_the_same_message(platform, accept, listener):
    said = await platform.say("total is 12")
    await platform._bring({"edited_message": said["message"] | {"text": "total is 13", "edit_date": 5}})
    first, second = await accept.take(), await accept.take(2)
    assert (first.text, first.edited, second.text, second.edited) == ("total is 12", False, "total is 13", True)
    assert first.ids == second.ids and first.key != second.key
    place = {"latitude": 1.0, "longitude": 1.0}
    live = {key: value for key, value in said["message"].items() if key != "text"} | {"location": place}
    await platform._bring({"edited_message": live | {"edit_date": 6}})
    await platform.say("thanks")
    assert (await accept.take(3)).text == "thanks", "a place that moves is nothing that somebody says"


async def test_is_answered_in_the_topic_of_a_group(platform, telegram, accept, listener):
    await platform.say("@billify_bot due?", chat=GROUP | {"is_forum": True}, message_thread_id=8, is_topic_message=True)
    message = await accept.take()
    assert message.conversation == "-100200:8"
    sent = await telegram.send(answer(message, Reply("Nothing is due.")))
    assert platform.shown(sent)["message_thread_id"] == 8


async def test_a_sticker_is_answered_rather_than_passed_over(platform, accept, listener):
    sticker = {"width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}
    await platform.say(sticker={"file_id": "s", "file_unique_id": "s", **sticker})
    message = await accept.take()
    assert (message.text, message.attachments, message.unread) == ("", (), "sticker")


async def test_a_group_that_becomes_a_supergroup_is_told_of(platform, files, accept):
    moved = []

    async def note(old, new):
        moved.append((old, new))

    channel = Telegram(token=TOKEN, files=files, api_url=platform.url, moved=note)
    await platform.say(chat={"id": -100, "type": "group", "title": "Office"}, migrate_to_chat_id=-1002000)
    await platform.say("still there?")
    async with listening_to(channel, accept):
        assert (await accept.take()).text == "still there?"
    await channel.close()
    assert moved == [("-100", "-1002000")]
