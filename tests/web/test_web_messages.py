"""What people send through HTTP, what they may fetch, and what the event stream brings."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from uuid import uuid4

import aiohttp
import pytest

from bot.channels.chatlog import Post
from bot.channels.web.inbox import FILE_MB, FILES
from handlers.errors import NotFound
from handlers.messages import Attachment, Card, Choice, Message, Reply
from tests.fakes.platforms.webchat import signed_in

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


def form(*files: tuple[str, bytes, str], **fields: str) -> aiohttp.FormData:
    """A post of the page; `files` are name, bytes and claimed type."""
    data = aiohttp.FormData(quote_fields=False)  # names as browsers send them
    for name, value in {"id": str(uuid4()), **fields}.items():
        data.add_field(name, value)
    for name, content, kind in files:
        data.add_field("file", BytesIO(content), filename=name, content_type=kind)
    return data


async def events(stream: aiohttp.ClientResponse) -> tuple[str, list[dict[str, str]]]:
    """The next event of a stream: its id, and the posts in it."""
    last = ""
    async with asyncio.timeout(10):
        async for line in stream.content:
            name, _, value = line.decode().strip().partition(": ")
            if name == "id":
                last = value
            elif name == "data":
                return last, json.loads(value)
    raise AssertionError("the stream ended")


async def test_words_and_files_are_kept_and_accepted_before_the_answer(chat):
    async with signed_in(chat) as anna:
        chat.accepted.gate.clear()
        sent = form(("../scans/März.pdf", b"%PDF-1.7 bill", "application/pdf"), text="for the\r\noffice ")
        posting = asyncio.create_task(anna.post("/messages", data=sent))
        await chat.accepted.called(1)
        assert not posting.done()
        chat.accepted.gate.set()
        async with await posting as answer:
            assert answer.status == 200
    message = await chat.accepted.take()
    assert (message.channel, message.conversation, message.sender, message.sender_name) == (
        "web",
        "anna",
        "anna",
        "Anna",
    )
    assert message.text == "for the\noffice"
    (file,) = message.attachments
    assert (file.name, file.media_type) == ("März.pdf", "application/pdf")
    assert await chat.web.fetch(file) == b"%PDF-1.7 bill"


async def test_the_same_post_again_is_the_same_message(chat):
    async with signed_in(chat) as anna:
        client_id = str(uuid4())
        for _ in range(2):
            async with anna.post("/messages", data=form(id=client_id, text="what's due?")) as answer:
                assert await answer.json() == {"key": f"web:anna.{client_id}"}
    assert list(chat.accepted.messages) == list(chat.log.posts) == [f"web:anna.{client_id}"]


async def test_a_store_of_documents_that_is_away_says_so_and_nothing_is_lost(chat):
    async with signed_in(chat) as anna:
        client_id, bill = str(uuid4()), ("bill.pdf", b"%PDF-1.7 bill", "application/pdf")
        chat.files.away = True
        async with anna.post("/messages", data=form(bill, id=client_id)) as answer:
            assert answer.status == 503 and "send it again in a minute" in await answer.text()
        assert not chat.accepted.messages and not chat.log.posts
        chat.files.away = False
        async with anna.post("/messages", data=form(bill, id=client_id)) as answer:
            assert answer.status == 200
        link = (await links_in(anna))[0]
        chat.files.away = True
        async with anna.get(link) as answer:
            assert answer.status == 503 and "in a minute" in await answer.text()


async def test_what_could_not_be_made_durable_is_not_acknowledged_and_can_be_sent_again(chat):
    chat.accepted.failures = 1
    async with signed_in(chat) as anna:
        client_id = str(uuid4())
        closing = {"Connection": "close"}  # as the server does after a fault
        async with anna.post("/messages", data=form(id=client_id, text="balance"), headers=closing) as answer:
            assert answer.status == 500
        async with anna.post("/messages", data=form(id=client_id, text="balance")) as answer:
            assert answer.status == 200
    assert list(chat.accepted.messages) == [f"web:anna.{client_id}"]


async def test_a_pressed_choice_is_shown_by_its_label_but_not_said_as_words(chat):
    async with signed_in(chat) as anna:
        async with anna.post("/messages", data=form(choice="confirm:7", label="Confirm", answers="web:x#0")) as answer:
            assert answer.status == 200
        message = await chat.accepted.take()
        assert (message.choice, message.text, message.answers) == ("confirm:7", "", "web:x#0")
        async with anna.get("/") as answer:
            assert "You chose <strong>Confirm</strong>" in await answer.text()


BIG = b"x" * (FILE_MB * 2**20 + 1)


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        (lambda: form(), 422, "Write something"),
        (lambda: form(text="   "), 422, "Write something"),
        (lambda: form(text="x" * 10_001), 413, "as a file"),
        (lambda: form(id="1", text="hello"), 400, "Reload"),
        (lambda: form(("empty.pdf", b"", "application/pdf")), 422, "“empty.pdf” is empty"),
        (lambda: form(("big.pdf", BIG, "application/pdf")), 413, "“big.pdf” is too large"),
        (lambda: form(*[(f"{n}.png", PNG, "image/png") for n in range(FILES + 1)]), 413, "At most 10 files"),
    ],
    ids=["nothing", "blank", "long", "no-uuid", "empty-file", "big-file", "many-files"],
)
async def test_what_cannot_be_taken_is_refused_with_what_to_do(chat, sent, status, words):
    async with signed_in(chat) as anna, anna.post("/messages", data=sent()) as answer:
        assert answer.status == status
        assert words in (await answer.json())["error"]
    assert not chat.accepted.calls and not chat.log.posts


async def test_a_body_beyond_all_limits_is_refused_before_it_is_read(chat):
    async with signed_in(chat) as anna:
        (cookie,) = anna.cookie_jar
        reader, writer = await asyncio.open_connection("127.0.0.1", chat.port)
        head = (
            f"POST /messages HTTP/1.1\r\nHost: 127.0.0.1:{chat.port}\r\nCookie: {cookie.key}={cookie.coded_value}\r\n"
        )
        head += "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 300000000\r\n\r\n"
        writer.write(head.encode())
        async with asyncio.timeout(10):
            assert b" 413 " in await reader.readline()
        writer.close()
        await writer.wait_closed()


async def links_in(client: aiohttp.ClientSession) -> list[str]:
    async with client.get("/") as answer:
        page = await answer.text()
    return [unescape(part.split('"')[0]) for part in page.split('href="')[1:] if part.startswith("/file/")]


@pytest.mark.parametrize(
    ("name", "content", "claimed", "kind", "disposition"),
    [
        ("page.png", PNG, "text/html", "image/png", "inline"),
        ("bill.pdf", b"%PDF-1.4", "application/pdf", "application/pdf", "inline"),
        ("trap.png", b"<script>alert(1)</script>", "image/png", "application/octet-stream", "attachment"),
        ("trap.svg", b"<svg onload='alert(1)'/>", "image/svg+xml", "application/octet-stream", "attachment"),
        ("trap.html", b"<!doctype html><script>", "text/html", "application/octet-stream", "attachment"),
    ],
)
async def test_files_come_back_by_what_they_are_and_never_as_active_content(
    chat, name, content, claimed, kind, disposition
):
    async with signed_in(chat) as anna:
        async with anna.post("/messages", data=form((name, content, claimed))) as answer:
            assert answer.status == 200
        async with anna.get((await links_in(anna))[0]) as file:
            assert await file.read() == content
            assert file.content_type == kind
            assert file.headers["Content-Disposition"] == f"{disposition}; filename*=UTF-8''{name}"


async def test_a_file_is_only_for_the_person_in_whose_conversation_it_is(chat):
    async with signed_in(chat) as anna, signed_in(chat, "bob") as bob:
        async with anna.post("/messages", data=form(("secret.pdf", b"%PDF-", "application/pdf"))) as answer:
            assert answer.status == 200
        (link,) = set(await links_in(anna))
        assert await links_in(bob) == []
        for client, path in ((bob, link), (anna, link.split("?")[0]), (anna, link.replace("secret", "other"))):
            async with client.get(path) as file:
                assert file.status == 404


async def test_a_file_that_is_no_longer_kept_is_said_so(chat):
    with pytest.raises(NotFound, match="send it again"):
        await chat.web.fetch(Attachment("bill.pdf", sha256="0" * 64))


def asked(person: str = "anna") -> Message:
    return Message("web:1", "web", person, person, datetime.now(UTC))


async def test_the_stream_brings_what_any_process_writes_and_each_change_in_its_place(chat):
    async with signed_in(chat) as anna, anna.get("/events") as stream:
        sent_id = await chat.reply(asked(), Reply("Reading…"))
        _, (reading,) = await events(stream)
        await chat.edit(sent_id, asked(), Reply("", Card("Acme GmbH · €1,249.50"), (Choice("c", "Confirm"),)))
        _, (read,) = await events(stream)
    assert reading["key"] == read["key"] == sent_id == "web:1#0"
    assert 'class="status"' in reading["html"] and 'data-choice="c"' in read["html"]


async def test_a_stream_that_was_cut_goes_on_where_it_was_even_if_clocks_differ(chat):
    async with signed_in(chat) as anna:
        await chat.reply(asked(), Reply("one"), 0)
        async with anna.get("/events") as stream:
            last, _ = await events(stream)
        behind = datetime.fromisoformat(last) - timedelta(seconds=10)  # written later, by a machine that is behind
        await chat.log.write(Post("web:1#1", "web", "anna", None, Reply("two"), behind))
        async with anna.get("/events", headers={"Last-Event-ID": last}) as stream:
            _, posts = await events(stream)
    assert "web:1#1" in [post["key"] for post in posts]


async def test_nobody_sees_the_conversation_of_another(chat):
    async with signed_in(chat) as anna, signed_in(chat, "bob") as bob:
        await chat.reply(asked("bob"), Reply("for Bob only"))
        for client, expected in ((bob, True), (anna, False)):
            async with client.get("/") as answer:
                assert ("for Bob only" in await answer.text()) is expected


async def test_a_long_conversation_shows_its_end_and_the_rest_on_request(chat):
    for n in range(120):
        await chat.reply(asked(), Reply(f"reply number {n}."), n)
    async with signed_in(chat) as anna:
        async with anna.get("/") as answer:
            page = await answer.text()
        assert "number 119." in page and "number 19." not in page and "/?show=500" in page
        async with anna.get("/?show=500") as answer:
            page = await answer.text()
        assert "number 0." in page and "earlier" not in page


async def test_stopping_ends_open_streams(chat):
    async with signed_in(chat) as anna, anna.get("/events") as stream:
        await stream.content.readline()
        async with asyncio.timeout(10):
            await chat.stop()
            await stream.read()  # ends in order: aiohttp raises where a connection is cut


async def test_words_are_never_markup(chat):
    hostile = "<img src=x onerror=alert(1)>"
    await chat.reply(asked(), Reply(hostile, Card(hostile, hostile), (Choice('"><b>', hostile),)))
    async with signed_in(chat) as anna, anna.get("/") as answer:
        page = await answer.text()
    assert "<img src=x" not in page and '"><b>' not in page
    assert page.count("&lt;img src=x onerror=alert(1)&gt;") >= 4


async def test_ones_own_file_can_be_answered_as_ours_can(chat):
    photo = Message(
        "web:1", "web", "anna", "anna", datetime.now(UTC), attachments=(Attachment("a.png", sha256="0" * 64),)
    )
    words = Message("web:2", "web", "anna", "anna", datetime.now(UTC), text="hello")
    for message in (photo, words):
        await chat.log.write(Post(message.key, "web", "anna", message, None, message.sent_at))
    async with signed_in(chat) as anna, anna.get("/") as page:
        posts = (await page.text()).split('<li class="post ')
    assert [("data-answer" in post) for post in posts if 'id="web:' in post] == [True, False]
