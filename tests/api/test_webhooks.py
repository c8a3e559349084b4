"""Webhooks before a real receiver: signed, in their order, tried again, given up, sent once more."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from bot.background.webhooks.outgoing import Outgoing
from bot.background.webhooks.sending import Sender
from bot.background.webhooks.signature import signed
from bot.processing.companies import Companies
from handlers.mailbox.owner_notes import due_owner_notes
from storage.events import deliveries
from storage.mail import owner_notes
from storage.models import Role, Webhook
from storage.people import people
from storage.sealing.columns import seal_columns
from storage.sealing.key_ring import KeyRing
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Api, Receiver

LOOPBACK = ["127.0.0.0/8"]
BILLS = ["bill.confirmed", "bill.paid", "payment.booked", "payment.undone", "bill.voided"]


@pytest.fixture
async def sender(api: Api) -> AsyncIterator[Sender]:
    async with Outgoing(LOOPBACK) as outgoing:
        yield Sender(api.desk.database, Companies(api.desk.database), outgoing, lambda: api.desk.now)


async def _made(client: httpx.AsyncClient, receiver: Receiver, **more: Any) -> dict[str, Any]:
    answer = await client.post("/webhooks", json={"url": receiver.url, "types": BILLS, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_signatures_are_those_of_the_specification() -> None:
    """The example of Standard Webhooks' own libraries."""
    at = datetime.fromtimestamp(1614265330, UTC)
    found = signed(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}'
    )
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


async def test_what_happens_is_told_signed_and_once(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    made = await _made(client, receiver)
    assert made["secret"].startswith("whsec_") and "secret" not in (await client.get(f"/webhooks/{made['id']}")).json()
    await client.post("/bills/2/confirm")
    await client.post("/bills/2/pay")
    assert await sender.send_due() == 3
    assert await sender.send_due() == 0
    assert receiver.taken == ["bill.confirmed", "payment.booked", "bill.paid"]
    logged = (await client.get("/events", params={"type": BILLS})).json()["items"][1:]
    assert [one.event for one in receiver.got] == logged
    assert [one.id for one in receiver.got] == [one["id"] for one in logged]
    assert all(one.is_signed_with(made["secret"]) for one in receiver.got)
    assert {one.timestamp for one in receiver.got} == {int(NOW.timestamp())}
    told = (await client.get(f"/webhooks/{made['id']}/deliveries", params={"limit": 2})).json()
    assert [(one["type"], one["state"], one["tries"], one["status"]) for one in told["items"]] == [
        ("bill.paid", "delivered", 1, 204), ("payment.booked", "delivered", 1, 204),
    ]  # fmt: skip
    assert told["next"]


async def test_both_secrets_sign_for_a_day(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    seal_columns(api.desk.database.engine, KeyRing([bytes(range(32))]))
    made = await _made(client, receiver)
    new = (await client.post(f"/webhooks/{made['id']}/rotate")).json()["secret"]
    assert new != made["secret"]
    for signs in ((new, made["secret"]), (new,)):
        await client.post(f"/webhooks/{made['id']}/test")
        await sender.send_due()
        last = receiver.got[-1]
        assert last.type == "webhook.test" and len(last.signatures) == len(signs)
        assert all(last.is_signed_with(secret) for secret in signs)
        api.desk.now += timedelta(days=1)
    with api.desk.database.reading() as session:
        (kept,) = session.connection().exec_driver_sql("SELECT url, secret, former_secret FROM webhook").all()
    assert not any("whsec_" in text or "127.0.0.1" in text for text in kept), "sealed, as it lies in the database"


async def test_of_a_bill_nothing_overtakes_what_came_before_and_other_bills_wait_for_none(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    await _made(client, receiver)
    receiver.answer = lambda event: 500 if event["data"]["bill"] == 2 else 204
    for path in ("2/confirm", "2/pay", "1/pay"):
        await client.post(f"/bills/{path}")
    await sender.send_due()
    assert receiver.taken == ["payment.booked", "bill.paid"]
    assert [one.type for one in receiver.got if one.event["data"]["bill"] == 2] == ["bill.confirmed"]
    receiver.answer = lambda _: 204
    await sender.send_due()
    assert len(receiver.taken) == 2, "not before its time"
    api.desk.now += timedelta(seconds=10)
    await sender.send_due()
    assert receiver.taken[2:] == ["bill.confirmed", "payment.booked", "bill.paid"]


async def test_tries_come_further_and_further_apart_for_three_days_then_the_owner_is_told(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    made = await _made(client, receiver)
    receiver.answer = lambda _: 500
    await client.post("/bills/2/confirm")
    pauses: list[float] = []
    while (await client.get(f"/webhooks/{made['id']}")).json()["state"] == "active":
        await sender.send_due()
        (item,) = (await client.get(f"/webhooks/{made['id']}/deliveries")).json()["items"]
        if item["next_at"]:
            next_at = datetime.fromisoformat(item["next_at"])
            pauses.append((next_at - api.desk.now).total_seconds())
            api.desk.now = next_at
    assert len({one.id for one in receiver.got}) == 1 and len({one.timestamp for one in receiver.got}) > 15
    for n, pause in enumerate(pauses):
        assert 1 <= pause / min(5 * 2 ** min(n, 12), 21600) <= 1 + deliveries.JITTER
    assert timedelta(days=3) <= api.desk.now - NOW <= timedelta(days=3, hours=8)
    assert (item["state"], item["status"], item["reason"]) == ("failed", 500, "HTTP 500")
    await client.post("/bills/1/pay")
    assert await sender.send_due() == 0
    with api.desk.database.reading() as session:
        (note,) = owner_notes.since(session, NOW)
        assert len(list(due_owner_notes(session, api.desk.now))) == 1
    told = await api.desk.hear(api.desk._message("owner", notice=f"owner-note:{note.key}"))
    assert "three days" in told and f"resume webhook {made['id']}" in told and "HTTP 500" in told
    receiver.answer = lambda _: 204
    assert "told again" in await api.desk.say(f"resume webhook {made['id']}")
    await sender.send_due()
    assert receiver.taken == ["payment.booked", "bill.paid"], "what happened meanwhile"
    assert "once more" in await api.desk.say(f"replay webhook {made['id']}")
    await sender.send_due()
    assert receiver.taken[2:] == ["bill.confirmed"], "and what was given up, once that is asked for"


async def test_a_receiver_that_is_away_is_looked_for_by_one_and_told_all_once_it_is_back(
    api: Api, client: httpx.AsyncClient, sender: Sender
) -> None:
    receiver = Receiver()
    made = await _made(client, receiver)
    for path in ("2/confirm", "1/pay"):
        await client.post(f"/bills/{path}")
    await sender.send_due()
    before = api.desk.now
    while api.desk.now - before < timedelta(hours=2):
        api.desk.now += timedelta(minutes=5)
        await sender.send_due()
    items = (await client.get(f"/webhooks/{made['id']}/deliveries")).json()["items"]
    assert all(one["state"] == "waiting" for one in items) and sum(one["tries"] for one in items) < 25
    async with receiver.running():
        api.desk.now += timedelta(hours=2)
        await sender.send_due()
    assert sorted(receiver.taken) == ["bill.confirmed", "bill.paid", "payment.booked"]


async def test_one_that_is_gone_is_told_nothing_more(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    made = await _made(client, receiver)
    receiver.answer = lambda _: 410
    await client.post("/bills/2/confirm")
    await client.post("/bills/2/pay")
    assert await sender.send_due() == 1
    assert (await client.get(f"/webhooks/{made['id']}")).json()["state"] == "gone"
    with api.desk.database.reading() as session:
        assert [note.values["reason"] for note in owner_notes.since(session, NOW)] == ["gone"]


async def test_it_is_sent_once_more_one_or_all_since_a_place(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    made = await _made(client, receiver)
    begun = (await client.get("/events")).json()["next"]
    await client.post("/bills/2/confirm")
    await client.post("/bills/2/pay")
    await sender.send_due()
    path = f"/webhooks/{made['id']}"
    paid = (await client.get(f"{path}/deliveries")).json()["items"][0]
    assert (await client.post(f"{path}/deliveries/{paid['id']}/replay")).json()["state"] == "waiting"
    await sender.send_due()
    assert receiver.taken[3:] == ["bill.paid"] and receiver.got[3].id == receiver.got[2].id
    assert (await client.post(f"{path}/replay", json={"after": begun})).status_code == 200
    await sender.send_due()
    assert [one.id for one in receiver.got[4:]] == [one.id for one in receiver.got[:3]]
    assert (await client.post(f"{path}/replay")).status_code == 409, "nothing was given up"
    assert (await client.post(f"{path}/deliveries/999999/replay")).status_code == 404


async def test_paused_it_hears_later_and_deleted_nothing(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    made = await _made(client, receiver)
    path = f"/webhooks/{made['id']}"
    assert (await client.post(f"{path}/pause")).json()["state"] == "paused"
    await client.post("/bills/2/confirm")
    assert await sender.send_due() == 0
    assert (await client.post(f"{path}/resume")).json()["state"] == "active"
    await sender.send_due()
    assert receiver.taken == ["bill.confirmed"]
    await client.post("/bills/2/pay")
    assert (await client.delete(path)).json() == {"items": []}
    assert await sender.send_due() == 0 and (await client.get(path)).status_code == 404


async def test_two_workers_send_each_once(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    await _made(client, receiver)
    for _ in range(3):
        for path in ("2/confirm", "2/undo"):
            await client.post(f"/bills/{path}")
        await client.post("/bills/1/pay")
        await client.post("/bills/1/undo")
    async with Outgoing(LOOPBACK) as outgoing:
        other = Sender(api.desk.database, Companies(api.desk.database), outgoing, lambda: api.desk.now)
        await asyncio.gather(sender.send_due(), other.send_due(), sender.send_due())
        await sender.send_due()
    ids = [one.id for one in receiver.got]
    assert len(ids) == len(set(ids)) == 12
    for bill in (1, 2):
        places = [tuple(map(int, one.id.split("_")[2:])) for one in receiver.got if one.event["data"]["bill"] == bill]
        assert places == sorted(places)


async def test_who_may_not_see_the_books_any_more_is_told_nothing_more(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    with api.desk.database.transaction() as session:
        code = people.invite(session, "Bea", invited_by=1, now=NOW, role=Role.ACCOUNTANT)
        bea = people.redeem(session, code, "terminal", "bea", NOW, "Bea")
        assert bea is not None
        number = bea.id
    async with api.client(api.token("bea")) as theirs:
        made = await _made(theirs, receiver)
        mine = await _made(client, receiver)
        assert [one["id"] for one in (await theirs.get("/webhooks")).json()["items"]] == [made["id"]]
        assert (await theirs.post(f"/webhooks/{mine['id']}/pause")).status_code == 404
        assert len((await client.get("/webhooks")).json()["items"]) == 2, "who manages people sees everybody's"
        await client.delete(f"/webhooks/{mine['id']}")
    with api.desk.database.transaction() as session:
        found = people.find_by_id(session, number)
        assert found is not None
        people.appoint(session, found, Role.MEMBER, by=1, now=NOW)
    await client.post("/bills/2/confirm")
    assert await sender.send_due() == 0 and receiver.got == []
    assert (await client.get(f"/webhooks/{made['id']}")).json()["state"] == "stopped"
    await api.desk.say("remove Bea")
    await api.desk.say("yes")
    with api.desk.database.reading() as session:
        assert session.get(Webhook, made["id"]) is None


async def test_a_worker_that_is_killed_while_it_sends_loses_nothing(
    api: Api, client: httpx.AsyncClient, receiver: Receiver, sender: Sender
) -> None:
    made = await _made(client, receiver)
    await client.post("/bills/2/confirm")
    code = (
        "import asyncio, sys; from datetime import datetime\n"
        "from bot.background.webhooks.outgoing import Outgoing\n"
        "from bot.background.webhooks.sending import Sender\n"
        "from bot.processing.companies import Companies\n"
        "from storage.db.database import Database\n"
        "async def main():\n"
        "    database = Database(sys.argv[1])\n"
        "    clock = lambda: datetime.fromisoformat(sys.argv[2])\n"
        "    async with Outgoing(['127.0.0.0/8']) as outgoing:\n"
        "        await Sender(database, Companies(database), outgoing, clock).send_due()\n"
        "asyncio.run(main())\n"
    )
    url = api.desk.database.engine.url.render_as_string(hide_password=False)
    worker = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, api.desk.now.isoformat())

    async def killed() -> None:
        receiver.before = lambda: asyncio.sleep(0)
        os.kill(worker.pid, signal.SIGKILL)
        await worker.wait()

    receiver.before = killed
    assert await worker.wait() == -signal.SIGKILL
    assert await sender.send_due() == 0, "whoever had it may still send it"
    receiver.got.clear()
    api.desk.now += deliveries.LEASE
    assert await sender.send_due() == 1
    (item,) = (await client.get(f"/webhooks/{made['id']}/deliveries")).json()["items"]
    assert receiver.taken == ["bill.confirmed"] and item["state"] == "delivered"
