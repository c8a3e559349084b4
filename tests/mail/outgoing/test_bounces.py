"""A mail of ours comes back: the delivery that it speaks of has failed, and the person hears of it elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.mail.intake.bounces import read_bounce
from storage.bills import lifecycle
from storage.messages import outbox
from storage.models import MailOutcome, OutboxState
from tests.fakes.books import small_company
from tests.fakes.platforms import mail_channel
from tests.fakes.platforms.mail_channel import ADDRESS

MINUTE = timedelta(minutes=1)

DSN = """\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.example.com>
To: {ours}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Message-ID: <dsn-{n}@mail.example.com>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system at host mail.example.com.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; olga@example.com
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

From: Billify <{ours}>
To: olga@example.com
Message-ID: {id}

--b--
"""
QMAIL = """\
Return-Path: <>
From: MAILER-DAEMON@mail.example.com
To: {ours}
Subject: failure notice
Message-ID: <q-{n}@mail.example.com>

Hi. This is the qmail-send program at mail.example.com.

<olga@example.com>:
550 5.1.1 sorry, no mailbox here by that name

--- Below this line is a copy of the message.

From: Billify <{ours}>
Message-ID: {id}

help
"""
EXIM = QMAIL.replace("Subject: failure notice", "X-Failed-Recipients: olga@example.com\nSubject: Mail delivery failed")


def bounce(form: str, message_id: str, n: int = 1, action: str = "failed") -> bytes:
    said = "550 5.1.1 <olga@example.com>: user unknown" if action == "failed" else "451 4.4.1 no route yet"
    status = "5.1.1" if action == "failed" else "4.4.1"
    return form.format(ours=ADDRESS, n=n, id=message_id, action=action, status=status, said=said).encode()


async def hand_in(post, raw):
    return await mail_channel.hand_in(post.mail, post.serve, raw)


@pytest.mark.parametrize("form", [DSN, QMAIL, EXIM], ids=["RFC 3464", "qmail", "Exim"])
async def test_a_bounce_of_an_answer_is_told_elsewhere_with_the_answer(post, relay, form):
    async with relay.up():
        await post.serve(post.mailed("help"))
        message_id = relay.left[0].mail["Message-ID"]
        for n in range(2):  # it comes twice
            assert await hand_in(post, bounce(form, message_id, n)) is MailOutcome.BOUNCE
        await post.wait(5 * MINUTE)
    assert len(relay.left) == 1, "nobody answers a bounce, and the mail is not sent again"
    why, answer = await post.told()
    assert "“Re: Question 1” could not be delivered to olga@example.com (550 5.1.1" in why
    assert "invoice" in answer
    assert "my answer could not be delivered" not in await post.say("mails today"), "the mail itself came by no gate"


async def test_a_mail_that_is_only_late_stays_delivered(post, relay):
    async with relay.up():
        await post.serve(post.mailed("help"))
        await hand_in(post, bounce(DSN, relay.left[0].mail["Message-ID"], action="delayed"))
        await post.wait(5 * MINUTE)
    assert await post.told() == [] and await post.database.read(outbox.failed) == []


async def test_a_bounce_of_somebody_elses_mail_changes_nothing(post, relay):
    """Mail servers send bounces for what others sent in our name."""
    async with relay.up():
        await post.serve(post.mailed("help"))
        await hand_in(post, bounce(DSN, "<forged@example.com>"))
        await post.wait(5 * MINUTE)
    assert await post.told() == []


async def test_a_read_receipt_is_no_failure(post, relay):
    async with relay.up():
        await post.serve(post.mailed("help"))
        receipt = DSN.replace("report-type=delivery-status", "report-type=disposition-notification")
        receipt = receipt.replace("MAILER-DAEMON@mail.", "olga@").replace("delivery-status", "disposition")
        assert await hand_in(post, bounce(receipt, relay.left[0].mail["Message-ID"])) is MailOutcome.IGNORED
    assert await post.database.read(outbox.failed) == []


async def test_a_reminder_that_came_back_was_not_told(post, relay):
    """The clock's mail to Max bounces: tomorrow it goes out again."""
    with post.database.transaction() as session:
        bill = small_company.invoice(session, 1, due_date="2025-04-01")
        lifecycle.confirm(session, bill.id, person_id=1, now=post.now, key="terminal:confirmed")
    async with relay.up():
        await post.wait(timedelta(days=4), timedelta(minutes=10))
        (first,) = [left for left in relay.left if left.to == "max@example.com"]
        await hand_in(post, bounce(DSN, first.mail["Message-ID"]))
        await post.wait(timedelta(days=2), timedelta(minutes=10))
    again = [left for left in relay.left if left.to == "max@example.com"]
    assert len(again) == 2 and again[0].mail["Message-ID"] != again[1].mail["Message-ID"]
    assert sum("no other way to reach" in told for told in await post.told()) == 1
    items = await post.database.read(outbox.find, "clock:reminder/2/2025-03-25T08:00Z#0")
    assert items.state is OutboxState.TOLD


JUNK = [b"", b"\xff\xfe", b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n", b"--b\n" * 1000]


@pytest.mark.parametrize("junk", JUNK)
def test_any_bytes_are_read(junk):
    assert read_bounce(junk).message_ids == ()
