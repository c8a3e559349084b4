"""Buttons of mails: the page behind a link shows what it does, and asks the person it was sent to, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from bot.channels.web import Web
from bot.channels.web.mail_buttons import MailButton
from handlers.messages import Card, Choice, Fact, Reply
from tests.fakes.platforms.mail_channel import SECRET
from tests.fakes.platforms.webchat import Chat, signed_in, visiting

CARD = Card("Acme <GmbH> · €119.00", "Invoice A-1", (Fact("Due", "2 Apr 2025"),))
REPLY = Reply("Read it.", CARD, (Choice("confirm:7", "Confirm"),))
BUTTON = MailButton("confirm:7", "Confirm", REPLY, "mail:one/0#0", "anna@example.com", "Anna")


class Buttons:
    """Knows two links, both sent to Anna: a good one and an old one."""

    async def find(self, token, now):
        return {"good": BUTTON, "old": replace(BUTTON, expired=True)}.get(token)

    async def is_for(self, button, web_address):
        return web_address == "anna"


@pytest.fixture
async def chat():
    running = Chat()
    running.web = Web(
        log=running.log, files=running.files, door=running.door, host="127.0.0.1", port=running.port, secret=SECRET,
        buttons=Buttons(),
    )  # fmt: skip
    await running.start()
    yield running
    await running.stop()


async def test_opening_a_link_shows_what_it_does_and_does_nothing(chat):
    async with signed_in(chat) as anna, anna.get("/mail/good") as answer:
        shown = await answer.text()
    assert "Confirm?" in shown and "Acme &lt;GmbH&gt;" in shown and "2 Apr 2025" in shown
    assert not chat.accepted.calls


async def test_its_person_presses_it_there_once(chat):
    form = {"id": str(uuid4())}
    async with signed_in(chat) as anna:
        for _ in range(2):
            async with anna.post("/mail/good", data=form) as answer:
                assert answer.status == 200 and str(answer.url).endswith("/")
    (pressed,) = chat.accepted.messages.values()
    assert (pressed.choice, pressed.answers, pressed.sender, pressed.narrow) == (
        "confirm:7",
        "mail:one/0#0",
        "anna",
        False,
    )


async def test_whoever_was_passed_the_mail_can_only_have_a_link_sent_to_its_person(chat):
    async with visiting(chat) as thief:
        async with thief.get("/mail/good") as answer:
            shown = await answer.text()
        assert "a…@example.com" in shown and "anna@example.com" not in shown and "Acme" not in shown
        async with thief.post("/mail/good", data={"id": str(uuid4())}) as answer:
            assert "Is it you?" in await answer.text()
        assert not chat.accepted.calls
        for _ in range(2):
            async with thief.post("/mail/good/sign-in") as answer:
                assert "Look into your mail" in await answer.text()
    (notice,) = chat.accepted.messages.values()
    assert (notice.channel, notice.sender) == ("mail", "anna@example.com")
    assert notice.notice == f"sign-in:{chat.url}/enter/{{code}}?next=/mail/good"


async def test_somebody_else_who_is_signed_in_is_told_whose_it_is(chat):
    async with signed_in(chat, "bob") as bob:
        async with bob.get("/mail/good") as answer:
            assert "somebody else" in await answer.text()
        async with bob.post("/mail/good", data={"id": str(uuid4())}) as answer:
            assert "somebody else" in await answer.text()
    assert not chat.accepted.calls


async def test_an_old_button_says_so_and_presses_nothing(chat):
    async with signed_in(chat) as anna:
        async with anna.post("/mail/old", data={"id": str(uuid4())}) as answer:
            assert "too old" in await answer.text()
        async with anna.get("/mail/nonsense") as answer:
            assert answer.status == 404
    assert not chat.accepted.calls


@pytest.mark.parametrize(
    ("onwards", "path"),
    [("/mail/good", "/mail/good"), ("https://evil.example", "/"), ("//evil.example", "/"), ("", "/")],
)
async def test_after_signing_in_one_comes_back_to_the_button_and_to_no_other_site(chat, onwards, path):
    async with visiting(chat) as anna:
        async with anna.get("/enter/anna-link", params={"next": onwards}) as answer:
            assert f'name="next" value="{path}"' in await answer.text()
        data = {"token": "anna-link", "next": onwards}
        async with anna.post("/enter", data=data, allow_redirects=False) as answer:
            assert answer.headers["Location"] == path


async def test_a_post_from_another_site_presses_nothing(chat):
    async with signed_in(chat) as anna:
        headers = {"Origin": "https://evil.example"}
        async with anna.post("/mail/good", data={"id": str(uuid4())}, headers=headers) as answer:
            assert answer.status == 403
    assert not chat.accepted.calls
