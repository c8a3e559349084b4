"""Autoresponders of every kind at the other end: what left us is counted exactly, and no loop lives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from itertools import count

import pytest

from handlers.messages import Message
from storage.people import people
from tests.fakes.platforms.mail_channel import ADDRESS, PDF, hand_in
from tests.fakes.platforms.mail_post import Post

_numbers = count(1)


class Robot:
    """Answers each mail of ours that reaches olga@example.com, in its own way, as long as any comes."""

    def __init__(self, post: Post, answer: Callable[[EmailMessage, EmailMessage], None]) -> None:
        self.post = post
        self.answer = answer
        self.answered = 0
        self.kept = False

    async def until_quiet(self, most: int = 200) -> int:
        """How many mails of ours left until nothing came back any more. Fails where that does not end."""
        while self.answered < len(self.post.relay.left):
            assert self.answered < most, "the loop lives"
            ours = self.post.relay.left[self.answered]
            self.answered += 1
            reply = EmailMessage()
            reply["From"], reply["To"] = "Olga <olga@example.com>", ADDRESS
            reply["Message-ID"] = f"<robot{next(_numbers)}@example.com>"
            reply["Subject"] = f"Re: {ours.mail['Subject']}"
            reply["In-Reply-To"] = ours.mail["Message-ID"]
            reply.set_content("We have received your mail and will answer soon.")
            self.answer(reply, ours.mail)
            await self.hand_in(reply)
        return len(self.post.relay.left)

    async def hand_in(self, mail: EmailMessage) -> None:
        await hand_in(self.post.mail, self._accept, mail.as_bytes())

    async def _accept(self, message: Message) -> None:
        await self.post.serve(message)


def marked(**headers: str) -> Callable[[EmailMessage, EmailMessage], None]:
    def mark(reply: EmailMessage, _: EmailMessage) -> None:
        for name, value in headers.items():
            del reply[name.replace("_", "-")]
            reply[name.replace("_", "-")] = value

    return mark


MARKED = {
    "RFC 3834": marked(Auto_Submitted="auto-replied"),
    "generated": marked(Auto_Submitted="auto-generated"),
    "vacation": marked(Precedence="bulk"),
    "Exchange": marked(X_Auto_Response_Suppress="All"),
    "Plesk": marked(X_Autorespond="us"),
    "cPanel": marked(X_Autoreply="yes"),
    "procmail": marked(X_Loop="olga@example.com"),
    "a list": marked(List_Id="<us.example.com>"),
    "null sender": marked(Return_Path="<>"),
    "German, no header": marked(Subject="Abwesenheitsnotiz: Re: help"),
    "Polish, no header": marked(Subject="Odpowiedź automatyczna: help"),
    "our own words": marked(From=f"Billify <{ADDRESS}>"),
    "a bounce": marked(From="MAILER-DAEMON@example.com", X_Failed_Recipients="olga@example.com"),
}


@pytest.mark.parametrize("answer", MARKED.values(), ids=MARKED.keys())
async def test_a_marked_answer_is_not_answered(post, relay, write, answer):
    robot = Robot(post, answer)
    async with relay.up():
        await robot.hand_in(write("help", From="Olga <olga@example.com>"))
        assert await robot.until_quiet() == 1
    assert relay.left[0].return_path == ADDRESS


async def test_an_autoresponder_that_shows_nothing_gets_so_many_answers_an_hour(make_post, relay, write):
    post = make_post(answers_an_hour=7)
    robot = Robot(post, lambda reply, ours: None)
    async with relay.up():
        await robot.hand_in(write("help", From="Olga <olga@example.com>"))
        assert await robot.until_quiet() == 7
        await post.wait(timedelta(hours=3), timedelta(minutes=10))
        assert await robot.until_quiet() == 7, "what was held back does not begin it anew"
    assert any("more than 7 answers within an hour" in told for told in await post.told())


async def test_two_billifys_that_write_to_each_other_stop_at_once(post, relay, write):
    """The other one answers as we do, from its own address: marked as RFC 3834 has it."""

    def as_we_do(reply: EmailMessage, ours: EmailMessage) -> None:
        reply["Auto-Submitted"] = ours["Auto-Submitted"]
        reply["X-Auto-Response-Suppress"] = ours["X-Auto-Response-Suppress"]

    robot = Robot(post, as_we_do)
    async with relay.up():
        await robot.hand_in(write("help", From="Olga <olga@example.com>"))
        assert await robot.until_quiet() == 1


async def test_strangers_and_machines_make_no_mail_leave(post, relay, write):
    robot = Robot(post, lambda reply, ours: None)
    async with relay.up():
        for n in range(20):
            await robot.hand_in(write(f"offer {n}", From=f"sales{n}@shop.example", Message_ID=f"<{n}@shop>"))
        await robot.hand_in(write("bill", pdf=PDF, From="olga@example.com", Auto_Submitted="auto-generated"))
        assert relay.left == []


async def test_what_a_machine_brought_is_shown_by_mail_with_the_null_sender(post, relay, write):
    """Max's scanner mails by an address of its own; what becomes of it is told to his mailbox, and never comes back."""
    with post.database.transaction() as session:
        token = people.sign_in_link(session, 2, now=post.now, minutes=60)
        people.redeem(session, token, "mail", "scanner@example.com", post.now)
    robot = Robot(post, lambda reply, ours: None)
    async with relay.up():
        await robot.hand_in(write("", pdf=PDF, From="scanner@example.com", Auto_Submitted="auto-generated"))
    assert [(left.to, left.return_path) for left in relay.left] == [("max@example.com", "")]
