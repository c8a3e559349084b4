"""Documents and reminders by the API: kept at once, read like a message's, given back as they were."""

from __future__ import annotations

import httpx

from handlers.bills.shown.renewal import CARDS
from tests.fakes.books.programs import Api


async def test_a_document_is_kept_read_and_given_back(api: Api, client: httpx.AsyncClient) -> None:
    api.waits = True
    once = {"Idempotency-Key": "scan-1"}
    sent = [await client.post("/documents", files={"file": ("bau.jpg", b"bau")}, headers=once) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [202, 202] and sent[0].content == sent[1].content
    document = sent[0].json()
    assert (document["state"], document["bills"], document["name"]) == ("reading", [], "bau.jpg")
    first, second = api.accepted
    assert first.key == second.key, "the queue takes it once"
    api.waits = False
    await api.desk.conversation.respond(first)
    read = (await client.get(f"/documents/{document['id']}")).json()
    assert (read["state"], read["bills"]) == ("read", [3])
    assert (await client.get(f"/documents/{document['id']}/original")).content == b"bau"
    other = await client.post("/documents", files={"file": ("x.jpg", b"acme")}, headers=once)
    assert other.status_code == 422


async def test_cards_follow_what_a_program_changed(api: Api, client: httpx.AsyncClient) -> None:
    await client.post("/bills/2/confirm", headers={"Idempotency-Key": "c"})
    notices = [message.notice for message in api.accepted]
    assert len(notices) == 1 and notices[0] and notices[0].startswith(f"{CARDS}api:person-1.")


async def test_a_reminder_is_told_where_its_person_is_told_things(client: httpx.AsyncClient) -> None:
    made = await client.post("/reminders", json={"on": "2025-04-01", "bill": 1})
    assert made.status_code == 201, made.text
    (reminder,) = made.json()["items"]
    assert reminder["bill"] == 1 and reminder["at"].startswith("2025-04-01")
    assert (await client.post("/reminders", json={"on": "2025-04-01"})).status_code == 422
    assert (await client.post("/reminders", json={"on": "2020-04-01", "text": "call"})).status_code == 409
    assert (await client.post("/reminders", json={"on": "2025-04-01", "bill": 99})).status_code == 404
