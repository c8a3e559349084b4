"""What a mail proves: that it answers one of ours, by whoever that was sent to, while it is not too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.mail.inbound import receive
from bot.channels.mail.marks.reply_tokens import ReplyTokens, SignedButton
from tests.fakes.platforms.mail_channel import ADDRESS, SECRET, key_of, parse_here
from tests.fakes.platforms.memory_document_store import MemoryFiles

NOW = datetime(2025, 3, 21, 9, tzinfo=UTC)
SEALS = ReplyTokens(SECRET, "example.com", days=60)
KEY = "mail:one@example.com/0123456789ab#0"
ANNA = "anna@example.com"
OURS = SEALS.message_id(KEY, ANNA, NOW)
PLUS = f"billify+{OURS.partition('@')[0]}@example.com"
REWRITTEN = "<0100018e-ses@eu-west-1.amazonses.example>"


async def read(mail, now=NOW, aligned=True):
    return await receive(
        mail.as_bytes(),
        key_of(mail.as_bytes()),
        files=MemoryFiles(),
        seals=SEALS,
        address=ADDRESS,
        now=now,
        parses=parse_here,
        aligned=aligned,
    )


def known(message):
    return message.answers, message.proven, message.expired


async def test_an_answer_is_known_though_a_relay_gave_our_mail_another_id(write):
    """Amazon SES, Exchange and others rewrite Message-IDs; the address that we asked to be answered at stays."""
    for to in (PLUS, PLUS.upper(), f"Billify <{PLUS}>, ben@example.com"):
        message = await read(write("confirm", To=to, In_Reply_To=REWRITTEN))
        assert known(message) == (f"sent:{OURS}", True, False)
    delivered = write("confirm", Delivered_To=PLUS, To="undisclosed-recipients:;", References=REWRITTEN)
    assert known(await read(delivered)) == (f"sent:{OURS}", True, False)


async def test_a_new_mail_to_an_address_that_the_address_book_kept_is_about_something_new(write):
    assert known(await read(write("please book", To=PLUS))) == (None, False, False)


async def test_a_mark_is_good_for_who_it_was_sent_to_only(write):
    """A colleague to whom the mail was passed on, and who answers it, is not Anna, whatever vouches for them."""
    passed_on = write("confirm", From="Ben <ben@example.com>", To=PLUS, In_Reply_To=f"<{OURS}>")
    assert known(await read(passed_on)) == (None, False, False)


async def test_a_mark_proves_nothing_where_nothing_shows_that_anna_wrote(write):
    message = await read(write("confirm", To=PLUS, In_Reply_To=f"<{OURS}>"), aligned=False)
    assert (known(message), message.aligned) == ((f"sent:{OURS}", False, False), False)


async def test_proof_expires_and_says_so(write):
    mail = write("confirm", To=PLUS, In_Reply_To=f"<{OURS}>")
    assert known(await read(mail, NOW + timedelta(days=60))) == (f"sent:{OURS}", True, False)
    assert known(await read(mail, NOW + timedelta(days=61))) == (f"sent:{OURS}", False, True)


async def test_of_several_marks_the_last_that_is_good_counts(write):
    fresh = SEALS.message_id("mail:two@example.com/0#0", ANNA, NOW + timedelta(days=61))
    mail = write("confirm", References=f"<{fresh}> <{OURS}>")
    assert known(await read(mail, NOW + timedelta(days=61))) == (f"sent:{fresh}", True, False)


@pytest.mark.parametrize("days", [0, 61])
async def test_a_button_by_mail_expires_too(write, days):
    code = SEALS.code(SignedButton(KEY, "confirm:7"), ANNA, NOW)
    message = await read(write(f"[Confirm: {code}]"), NOW + timedelta(days=days))
    assert (message.choice, message.answers, message.expired) == ("confirm:7", KEY, days > 60)
    assert message.proven == (days < 61)


@pytest.mark.parametrize("change", range(0, 36, 5))
def test_a_mark_with_one_letter_changed_is_none(change):
    mark = OURS.partition("@")[0]
    forged = mark[:change] + ("a" if mark[change] != "a" else "b") + mark[change + 1 :]
    assert SEALS.answered([forged], [ANNA], NOW) is None


@pytest.mark.parametrize("mark", ["", "march", "a" * 35, "a" * 37, "1" * 36, "ä" * 36, OURS.replace("example", "evil")])
def test_what_is_no_mark_of_ours_proves_nothing(mark):
    assert SEALS.answered([mark], [ANNA], NOW) is None


def test_any_address_of_the_person_will_do():
    assert SEALS.answered([OURS], ["ben@example.com", ANNA.upper()], NOW)


def test_a_link_names_whom_it_was_made_for_and_expires():
    token = SEALS.link(SignedButton(KEY, "confirm:7"), ANNA, NOW)
    opened = SEALS.linked(token, NOW)
    assert opened and (opened.button, opened.address, opened.expired) == (SignedButton(KEY, "confirm:7"), ANNA, False)
    assert SEALS.linked(token, NOW + timedelta(days=61)).expired
    assert SEALS.linked(token[:-1] + ("A" if token[-1] != "A" else "B"), NOW) is None
    assert SEALS.linked(SEALS.code(SignedButton(KEY, "confirm:7"), ANNA, NOW), NOW) is None
