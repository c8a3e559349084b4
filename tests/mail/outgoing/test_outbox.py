"""The relay is away, puts mails off or refuses them: nothing is lost, nothing goes out twice, people are told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.background.outbox import try_due
from storage.bills import lifecycle
from storage.messages import outbox
from storage.models import OutboxState
from storage.people import people
from tests.fakes.books import small_company

MINUTE, HALF_AN_HOUR = timedelta(minutes=1), timedelta(minutes=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def test_an_hour_without_the_relay_delays_answers_and_loses_none(post, relay):
    for _ in range(3):
        await post.serve(post.mailed("help"))
    await post.wait(HOUR - MINUTE, 5 * MINUTE)
    assert [item.state for item in await post.database.read(outbox.waiting)] == [OutboxState.WAITING] * 3
    async with relay.up():
        await post.wait(2 * HOUR, 5 * MINUTE)
    subjects = sorted(left.mail["Subject"] for left in relay.left)
    assert subjects == ["Re: Question 1", "Re: Question 2", "Re: Question 3"]
    assert len({left.mail["Message-ID"] for left in relay.left}) == 3
    assert await post.database.read(outbox.waiting) == []


async def test_while_the_relay_is_away_one_mail_looks_for_it(post, relay):
    """A connection that cannot be made is not tried for each mail that waits."""
    for _ in range(5):
        await post.serve(post.mailed("help"))
    await post.wait(6 * HOUR, 5 * MINUTE)
    tries = [item.tries for item in await post.database.read(outbox.waiting)]
    assert sum(tries) < 25, tries


async def test_once_one_answer_gets_through_the_others_follow_at_once(post, relay):
    await post.serve(post.mailed("help"))
    await post.wait(3 * HOUR, 5 * MINUTE)
    async with relay.up():
        await post.serve(post.mailed("help"))
        await post.wait(MINUTE)
    assert sorted(left.mail["Subject"] for left in relay.left) == ["Re: Question 1", "Re: Question 2"]


async def test_greylisting_delays_by_a_minute(post, relay):
    relay.answer = lambda to: "250 OK" if relay.offered[to] > 1 else "451 4.7.1 Greylisted, please try again later"
    async with relay.up():
        await post.serve(post.mailed("help"))
        assert relay.left == []
        await post.wait(2 * MINUTE)
    assert [left.mail["Subject"] for left in relay.left] == ["Re: Question 1"]
    assert relay.offered == {"olga@example.com": 2}


async def test_one_whose_mails_are_put_off_does_not_keep_others_waiting(post, relay):
    relay.answer = lambda to: "452 4.2.2 Mailbox full" if to.startswith("max") else "250 OK"
    async with relay.up():
        await post.serve(post.mailed("help", sender="max@example.com"))
        await post.serve(post.mailed("help"))
        await post.wait(5 * MINUTE)
    assert [left.to for left in relay.left] == ["olga@example.com"]


async def test_what_is_refused_for_good_comes_elsewhere_with_the_answer_itself(post, relay):
    relay.answer = lambda _: "550 5.1.1 No such user"
    async with relay.up():
        await post.serve(post.mailed("help"))
        await post.wait(10 * MINUTE)
    assert relay.offered == {"olga@example.com": 1}
    why, answer = await post.told()
    assert "My answer to “Question 1” could not be delivered to olga@example.com (550 5.1.1 No such user)" in why
    assert answer.startswith("Send me a photo") or "invoice" in answer


async def test_who_has_nothing_but_mail_is_told_of_to_the_owner(post, relay):
    relay.answer = lambda _: "550 5.1.1 No such user"
    async with relay.up():
        await post.serve(post.mailed("help", sender="max@example.com"))
        await post.wait(10 * MINUTE)
    (told,) = await post.told()
    assert "no other way to reach" in told and "Max (max@example.com)" in told and "550" in told


async def test_after_five_days_it_is_given_up_and_told_elsewhere(post, relay):
    relay.answer = lambda _: "451 4.3.0 Later"
    async with relay.up():
        await post.serve(post.mailed("help"))
        await post.wait(5 * DAY - HOUR, HALF_AN_HOUR)
        assert not any("could not be delivered" in told for told in await post.told())
        await post.wait(2 * HOUR, HALF_AN_HOUR)
    assert sum("could not be delivered" in told for told in await post.told()) == 1
    assert relay.offered["olga@example.com"] > 100


async def test_the_owner_hears_once_a_day_of_what_waits_for_long(post, relay):
    await post.serve(post.mailed("help", sender="max@example.com"))
    await post.wait(50 * MINUTE)
    assert await post.told() == []
    await post.wait(20 * MINUTE)
    (told,) = await post.told()
    assert "1 answer waits to be delivered" in told and "cannot be reached" in told
    await post.wait(DAY, HALF_AN_HOUR)
    assert len(await post.told()) == 2


@pytest.mark.parametrize("reason", ["550 5.1.1 No such user", "451 4.3.0 Later"])
async def test_a_reminder_is_told_only_when_it_was_delivered(post, relay, reason):
    """Max has nothing but mail. While that is refused, he was not reminded; once it works, he is, once."""
    with post.database.transaction() as session:
        bill = small_company.invoice(session, 1, due_date="2025-04-01")
        lifecycle.confirm(session, bill.id, person_id=1, now=post.now, key="terminal:confirmed")
    relay.answer = lambda to: reason if to == "max@example.com" else "250 OK"
    async with relay.up():
        await post.wait(4 * DAY, HOUR)
        assert post.texts("max@example.com") == []
        relay.answer = lambda _: "250 OK"
        await post.wait(3 * DAY, HOUR)
    (reminder,) = post.texts("max@example.com")
    assert "Acme GmbH 2024-117 is due in" in reminder


async def test_a_process_that_dies_while_it_tries_leaves_it_to_others(post, relay):
    await post.serve(post.mailed("help"))
    post.now += 5 * MINUTE
    (claimed,) = await post.database.run(outbox.claim_due, post.now)  # and then nothing more is heard of it
    async with relay.up():
        assert await try_due(post.database, post.delivery, post.now) == 0
        await post.wait(15 * MINUTE)
    assert [left.mail["Subject"] for left in relay.left] == ["Re: Question 1"]
    item = await post.database.read(outbox.find, claimed.key)
    assert item.state is OutboxState.DELIVERED


async def test_what_waits_can_be_asked(post, relay):
    await post.serve(post.mailed("help", sender="max@example.com"))
    assert "Max (max@example.com), “Question 1”" in await post.say("outbox")
    async with relay.up():
        await post.wait(HOUR, 5 * MINUTE)
    assert await post.say("which mails could not be delivered?") == "Nothing waits to be delivered."


def test_pauses_grow_to_an_hour():
    pauses = [outbox.pause(tries) for tries in range(1, 12)]
    assert pauses[:3] == [MINUTE, 2 * MINUTE, 4 * MINUTE]
    assert pauses == sorted(pauses) and pauses[-1] == HOUR


async def test_many_answers_that_were_refused_all_come_elsewhere(post, relay):
    """Ten at a time, so that no chat is flooded, and each with the answer itself."""
    relay.answer = lambda _: "550 5.1.1 No such user"
    async with relay.up():
        for _ in range(23):
            await post.serve(post.mailed("help"))
        await post.wait(10 * MINUTE)
    told = await post.told()
    assert {f"“Question {n}”" for n in range(1, 24)} == {f"“{text.split('“')[1].split('”')[0]}”" for text in told[::2]}
    assert len(told) == 46 and await post.database.read(outbox.failed) == []


async def test_the_owner_is_not_told_of_what_its_own_person_hears_elsewhere(post, relay):
    """Ada also has the terminal; Max does not."""
    with post.database.transaction() as session:
        code = people.invite(session, "Ada", invited_by=1, now=post.now)
        ada = people.redeem(session, code, "mail", "ada@example.com", post.now)
        people.link_address(session, ada.id, "terminal", "ada", by=ada.id, now=post.now)
    await post.say("hello", sender="ada")
    relay.answer = lambda _: "550 5.1.1 No such user"
    async with relay.up():
        await post.serve(post.mailed("help", sender="max@example.com"))
        await post.serve(post.mailed("help", sender="ada@example.com"))
        await post.wait(10 * MINUTE)
    (told,) = await post.told()
    assert "Max" in told and "Ada" not in told
    assert "Question 2" in (await post.told("ada"))[0]
