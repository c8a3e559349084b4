"""What somebody asked to be reminded of comes once: when it could be delivered, or elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.channel import Undeliverable
from storage.messages import reminders
from storage.models import Alarm
from storage.people import people

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "call the bank about the loan"


@pytest.fixture
def wake(post):
    """Sets an alarm by mail for the person of an address, an hour from now."""

    def made(address):
        with post.database.transaction() as session:
            person = people.find_person(session, "mail", address)
            reminders.set_alarm(
                session,
                Alarm(
                    key=f"mail:{address}", person_id=person.id, text=TEXT, at=post.now + HOUR, channel="mail",
                    conversation=f"m1-{address}",
                ),
            )  # fmt: skip

    return made


def times(texts):
    return sum(TEXT in text for text in texts)


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user", "451 4.3.0 Later"])
async def test_an_alarm_that_could_not_be_delivered_rings_again_once_it_can(post, relay, wake, answer):
    """Max has nothing but mail."""
    wake("max@example.com")
    relay.answer = lambda to: answer if to == "max@example.com" else "250 OK"
    async with relay.up():
        await post.wait(6 * DAY, HOUR)
        assert times(post.texts("max@example.com")) == 0
        relay.answer = lambda _: "250 OK"
        await post.wait(6 * DAY, HOUR)
    assert times(post.texts("max@example.com")) == 1


async def test_an_alarm_while_the_relay_is_away_for_an_hour_rings_once(post, relay, wake):
    wake("max@example.com")
    await post.wait(2 * HOUR, HOUR)
    async with relay.up():
        await post.wait(DAY, HOUR)
    assert times(post.texts("max@example.com")) == 1


async def test_an_alarm_comes_elsewhere_and_then_not_again(post, relay, wake):
    wake("olga@example.com")
    relay.answer = lambda _: "550 5.1.1 No such user"
    async with relay.up():
        await post.wait(DAY, HOUR)
        assert times(await post.told()) == 1
        relay.answer = lambda _: "250 OK"
        await post.wait(3 * DAY, HOUR)
    assert times(await post.told()) + times(post.texts()) == 1


async def test_an_alarm_that_reached_nobody_on_any_channel_is_not_lost(post, relay, wake, monkeypatch):
    """Neither the mail nor what was to tell of it elsewhere was delivered."""
    wake("olga@example.com")
    relay.answer = lambda _: "550 5.1.1 No such user"

    async def shut(_outgoing):
        raise Undeliverable("nobody there")

    terminal = post.delivery._channels["terminal"]
    with monkeypatch.context() as patched:
        patched.setattr(terminal, "send", shut)
        async with relay.up():
            await post.wait(3 * DAY, HOUR)
    relay.answer = lambda _: "250 OK"
    async with relay.up():
        await post.wait(3 * DAY, HOUR)
    assert times(await post.told()) + times(post.texts()) == 1
