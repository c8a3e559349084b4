"""What a person does in Slack, what Billify makes of it, and what the person then sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.channel import Outgoing
from handlers.errors import BillifyError
from handlers.messages import Attachment, Card, Choice, Fact, Message, Reply
from tests.fakes.platforms.message_acceptor import send_whole
from tests.fakes.platforms.slack import ANNA, DIRECT, OFFICE, TEAM, US, Refused

BUTTONS = (Choice("confirm:1", "Confirm", "primary"), Choice("void:1", "Not an invoice", "danger"))
NOW = datetime(2025, 3, 21, 9, 30, tzinfo=UTC)
IN_OFFICE = {"channel": OFFICE, "channel_type": "channel"}


def answer(message: Message, reply: Reply) -> Outgoing:
    return Outgoing(f"{message.key}#0", reply, message)


async def card(files, state: str = "Waiting for you") -> Card:
    picture = Attachment("page.png", "image/png", await files.put(b"\x89PNG page"))
    return Card("Acme GmbH · €1,249.50", "Invoice 2024-117", (Fact("Due", "2 Apr"),), state=state, picture=picture)


def kinds(message) -> list[str]:
    return [block["type"] for block in message["blocks"]]


async def test_sends_a_photo_and_gets_a_card_that_a_button_confirms(platform, slack, files, accept, listener):
    photo = platform.keep(b"a receipt", "IMG_1.jpg", "image/jpeg")
    payload = platform.message("lunch", subtype="file_share", files=[photo])
    await platform.acknowledgement(await platform.push(payload))

    message = await slack.complete(await accept.take())
    ts = payload["event"]["ts"]
    assert message.key == f"slack:{TEAM}:{DIRECT}:{ts}"
    assert (message.conversation, message.sender, message.sender_name) == (DIRECT, ANNA, "Anna Berg")
    assert (message.text, message.answers, message.sent_at.timestamp()) == ("lunch", None, float(ts))
    assert message.attachments == (Attachment("IMG_1.jpg", "image/jpeg", handle=photo["id"]),)
    assert await slack.fetch(message.attachments[0]) == b"a receipt"

    status = await slack.send(answer(message, Reply("Reading…")))
    assert kinds(platform.shown(status)) == ["section"]
    platform.slow_pictures = 2
    done = await slack.edit(status, answer(message, Reply(card=await card(files), choices=BUTTONS)))
    assert done == status, "the status message itself becomes the card"
    shown = platform.shown(done)
    assert kinds(shown) == ["header", "context", "section", "context", "actions"]
    picture = platform.files[shown["blocks"][2]["accessory"]["slack_file"]["id"]]
    assert picture["data"] == b"\x89PNG page"
    assert shown["text"] == "Acme GmbH · €1,249.50 · Invoice 2024-117 · Waiting for you: Confirm, Not an invoice"

    await platform.acknowledgement(await platform.push(platform.press("Confirm", done)))
    pressed = await slack.complete(await accept.take(2))
    assert (pressed.choice, pressed.answers) == ("confirm:1", f"sent:{done}")
    assert (pressed.conversation, pressed.sender, pressed.sender_name) == (DIRECT, ANNA, "Anna Berg")

    await slack.edit(done, answer(pressed, Reply(card=await card(files, "Confirmed by Anna"))))
    assert kinds(platform.shown(done)) == ["header", "context", "section", "context"]
    assert len(platform.messages) == 1
    assert len([call for call, _ in platform.calls if call == "files.completeUploadExternal"]) == 1


async def test_the_same_over_http(platform, slack, files, accept, http_port):
    photo = platform.keep(b"a receipt", "IMG_1.jpg", "image/jpeg")
    assert await platform.post(platform.message(subtype="file_share", files=[photo]), http_port) == 200
    message = await accept.take()
    assert await slack.fetch(message.attachments[0]) == b"a receipt"
    sent = await slack.send(answer(message, Reply(card=await card(files), choices=BUTTONS)))
    assert await platform.post(platform.press("Not an invoice", sent), http_port) == 200
    assert (await accept.take(2)).choice == "void:1"


async def test_corrects_in_the_thread_of_a_card(platform, slack, accept, listener):
    await platform.push(platform.message("hello"))
    sent = await slack.send(answer(await accept.take(), Reply("A card")))
    ts = sent.split(":")[1]
    await platform.push(platform.message("total is 1,294.50", thread_ts=ts, parent_user_id=US))
    correction = await accept.take(2)
    assert (correction.text, correction.answers) == ("total is 1,294.50", f"thread:{sent}")
    assert correction.conversation == f"{DIRECT}:{ts}"
    reply = await slack.send(answer(correction, Reply("Changed.")))
    assert platform.shown(reply)["thread_ts"] == ts


async def test_is_heard_in_a_channel_once_though_slack_tells_twice(platform, slack, accept, listener):
    said = platform.message(f"<@{US}> what's due?", **IN_OFFICE)
    for payload in (said, platform.mention(said)):
        await platform.acknowledgement(await platform.push(payload))
    message = await accept.take()
    ts = said["event"]["ts"]
    assert (message.text, message.conversation) == ("what's due?", f"{OFFICE}:{ts}")
    assert (len(accept.calls), len(accept.messages)) == (2, 1)
    sent = await slack.send(answer(message, Reply("Nothing is due.", choices=BUTTONS)))
    assert platform.shown(sent)["thread_ts"] == ts, "a channel is answered in a thread"

    in_thread = {"thread_ts": ts, "parent_user_id": ANNA, **IN_OFFICE}
    await platform.acknowledgement(await platform.push(platform.message("did we pay Acme? — yes, paid", **in_thread)))
    await platform.push(platform.message(f"<@{US}> and next week?", **in_thread))
    follow_up = await accept.take(2)
    assert (follow_up.text, follow_up.conversation) == ("and next week?", message.conversation)
    assert (follow_up.shared, follow_up.addressed, follow_up.answers) == (True, True, f"thread:{OFFICE}:{ts}")
    await platform.push(platform.press("Confirm", sent))
    assert (await accept.take(3)).conversation == message.conversation


async def test_a_line_in_the_thread_of_our_card_and_a_file_come_in_as_not_addressed(platform, accept, listener):
    thread = {"thread_ts": "1742540000.000001", "parent_user_id": US}
    await platform.push(platform.message("yes, paid", **thread, **IN_OFFICE))
    line = await accept.take()
    assert (line.text, line.addressed, line.answers) == ("yes, paid", False, f"thread:{OFFICE}:1742540000.000001")
    photo = platform.keep(b"a receipt", "IMG_1.jpg", "image/jpeg")
    await platform.push(platform.message("lunch", subtype="file_share", files=[photo], **IN_OFFICE))
    file = await accept.take(2)
    assert (file.shared, file.addressed, len(file.attachments)) == (True, False, 1)


async def test_what_a_thread_began_with_is_recorded_when_billify_is_asked_to(platform, slack, accept, listener):
    photo = platform.keep(b"a receipt", "IMG_1.jpg", "image/jpeg")
    platform.threads["1742540000.000005"] = {"text": "", "user": ANNA, "files": [photo]}
    thread = {"thread_ts": "1742540000.000005", "parent_user_id": ANNA, **IN_OFFICE}
    await platform.push(platform.message(f"<@{US}> record this please", **thread))
    asked = await slack.complete(await accept.take())
    assert [file.handle for file in asked.quoted] == [photo["id"]]
    await platform.push(platform.message(f"<@{US}> what's due?", **thread))
    assert (await slack.complete(await accept.take(2))).quoted == ()


async def test_a_slash_command_is_a_command_for_the_direct_chat(platform, accept, http_port):
    form = {
        "command": "/billify", "text": "due tomorrow", "team_id": TEAM, "channel_id": OFFICE, "user_id": ANNA,
        "trigger_id": "13345224609.1", "response_url": "https://hooks.slack.com/x",
    }  # fmt: skip
    assert await platform.post_form(form, http_port) == 200
    message = await accept.take()
    assert (message.text, message.conversation, message.shared) == ("/due tomorrow", ANNA, False)


async def test_a_person_is_written_to_directly_by_their_id(platform, slack):
    message = Message("clock:digest/1", "slack", ANNA, ANNA, NOW, notice="digest")
    sent = await slack.send(answer(message, Reply("Good morning.")))
    assert sent.startswith(f"{DIRECT}:"), "the id is of the direct message that Slack opened"
    assert platform.shown(sent)["text"] == "Good morning."


@pytest.mark.parametrize(
    "ignored",
    [
        {"text": "lunch?", **IN_OFFICE},
        {"text": "lunch?", "thread_ts": "1742540000.000002", "parent_user_id": ANNA, **IN_OFFICE},
        {"text": "lunch?", "thread_ts": "1742540000.000003", "parent_user_id": ANNA, **IN_OFFICE},
        {"text": "a bot", "bot_id": "BOTHER"},
        {"text": "ours", "user": US},
        {"subtype": "message_changed", "message": {"text": "total is 13"}},
        {"text": "hi <@UTOM>, did we pay?", **IN_OFFICE},
        {"subtype": "channel_join", "text": f"<@{ANNA}> has joined, <@{US}>", **IN_OFFICE},
        {"type": "reaction_added", "reaction": "eyes"},
    ],
)
async def test_is_left_alone_when_billify_is_not_meant(platform, accept, listener, ignored):
    platform.threads["1742540000.000002"] = {"text": "hi", "user": ANNA, "reply_users": [ANNA]}
    await platform.acknowledgement(await platform.push(platform.message(**ignored)))
    await platform.acknowledgement(await platform.push(platform.message("what's due?")))
    assert (await accept.take()).text == "what's due?"
    assert len(accept.calls) == 1


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("a &lt; b &amp; c", "a < b & c"),
        ("invite <mailto:anna@acme.com|anna@acme.com>", "invite anna@acme.com"),
        ("see <https://acme.com/x?a=1&amp;b=2|our site>", "see https://acme.com/x?a=1&b=2"),
        (f"<@{US}> ask <@UTOM|tom> in <#C1|office>", "ask @tom in #office"),
        ("make <@UTOM> an approver", "make Anna Berg an approver"),  # as the fake calls everybody
        ("vendor is <http://acme.com|acme.com>", "vendor is acme.com"),
        ("<!here> call <tel:+4930123|030 123>, <!subteam^S1|@finance>", "@here call +4930123, @finance"),
        ("&gt; paid\nwhat's due?", "what's due?"),
    ],
)
async def test_writes_words_with_slacks_markup(platform, slack, accept, listener, typed, heard):
    await platform.push(platform.message(typed))
    assert (await slack.complete(await accept.take())).text == heard


async def test_a_quote_alone_is_nobodys_order(platform, accept, listener):
    await platform.push(platform.message("&gt; paid"))
    message = await accept.take()
    assert (message.text, message.forwarded) == ("paid", True)


async def test_what_is_passed_on_is_a_document_and_no_order(platform, accept, listener):
    photo = platform.keep(b"a receipt", "IMG_1.jpg", "image/jpeg")
    share = {"is_share": True, "text": "paid", "files": [photo]}
    await platform.push(platform.message("", attachments=[share]))
    message = await accept.take()
    assert (message.text, message.forwarded, message.attachments[0].handle) == ("", True, photo["id"])


async def test_a_person_whose_name_may_not_be_seen_is_heard_all_the_same(platform, slack, accept, listener):
    platform.refusals["users.info"] = [Refused("missing_scope")]
    await platform.push(platform.message("balance"))
    message = await slack.complete(await accept.take())
    assert (message.text, message.sender_name) == ("balance", "")


async def test_gets_an_exported_file(platform, slack, files, accept, listener):
    await platform.push(platform.message("export", thread_ts="1742540000.000009", parent_user_id=US))
    csv = Attachment("ledger.csv", "text/csv", await files.put(b"a;b"))
    sent = await send_whole(slack, answer(await accept.take(), Reply(attachments=(csv,))))
    assert platform.shown(sent)["text"] == "ledger.csv"
    (file,) = platform.files.values()
    assert (file["about"]["name"], file["data"]) == ("ledger.csv", b"a;b")
    assert file["where"]["channel_id"] == DIRECT
    assert file["where"]["thread_ts"] == "1742540000.000009"


@pytest.mark.parametrize(
    ("about", "served_as", "told"),
    [
        ({"size": 50_000_001}, "application/pdf", "larger than 50 MB.*smaller version"),
        ({"is_external": True}, "application/pdf", "only linked in Slack.*upload the file itself"),
        ({}, "text/html", "scope files:read"),
    ],
)
async def test_sends_a_file_that_billify_cannot_fetch(platform, slack, about, served_as, told):
    file = platform.keep(b"x", "bill.pdf", "application/pdf", **about)
    platform.files[file["id"]]["served_as"] = served_as
    with pytest.raises(BillifyError, match=told):
        await slack.fetch(Attachment("bill.pdf", handle=file["id"]))


async def test_is_asked_again_for_a_file_that_was_deleted(platform, slack):
    with pytest.raises(BillifyError, match=r"no longer has bill\.pdf\. Please send it again"):
        await slack.fetch(Attachment("bill.pdf", handle="F404"))
