"""Bills by the API: found, shown, changed; the same on SQLite and PostgreSQL."""

from __future__ import annotations

import asyncio

import httpx
from sqlmodel import select

from storage.models import Audit, Entry
from tests.fakes.books.programs import Api


async def test_bills_are_listed_a_page_at_a_time(api: Api, client: httpx.AsyncClient) -> None:
    await api.desk.say("<bau>")
    for sort, order in (("newest", [3, 2, 1]), ("oldest", [1, 2, 3]), ("largest", [1, 2, 3])):
        seen, cursor = [], None
        while True:
            more = {"cursor": cursor} if cursor else {}
            page = (await client.get("/bills", params={"limit": 2, "sort": sort, **more})).json()
            seen += [bill["id"] for bill in page["items"]]
            if (cursor := page["next"]) is None:
                break
        assert seen == order, sort


QUERIES: tuple[tuple[dict[str, str], list[int]], ...] = (
    ({"vendor": "acme"}, [1]),
    ({"text": "G-2"}, [2]),
    ({"state": "draft"}, [2]),
    ({"total_min": "600"}, [1]),
    ({"total_max": "600.00"}, [2]),
    ({"side": "receivable"}, []),
    ({"issued_since": "2025-03-04"}, []),
    ({"issued_until": "2025-03-03", "sort": "oldest"}, [1, 2]),
)


async def test_bills_are_found(client: httpx.AsyncClient) -> None:
    for query, found in QUERIES:
        answer = await client.get("/bills", params=query)
        assert answer.status_code == 200, answer.text
        assert [bill["id"] for bill in answer.json()["items"]] == found, query


async def test_a_bill_is_as_in_the_contract(client: httpx.AsyncClient) -> None:
    bill = (await client.get("/bills/1")).json()
    assert (bill["state"], bill["total"], bill["open"], bill["currency"]) == ("confirmed", "1249.50", "1249.50", "EUR")
    assert (bill["vendor"], bill["issue_date"], bill["due_date"]) == ("Acme GmbH", "2025-03-03", "2025-04-02")
    assert bill["fields"]["total"] == {
        "value": "1249.50", "confidence": 0.97, "page": 1, "box": [1, 2, 3, 4], "source": "ocr",
    }  # fmt: skip
    history = (await client.get("/bills/1/history")).json()["items"]
    assert [event["action"] for event in history] == ["drafted", "confirmed"]


async def test_a_draft_is_corrected_confirmed_paid_and_taken_back(api: Api, client: httpx.AsyncClient) -> None:
    corrected = await client.patch("/bills/2", json={"total": "600.00", "number": None})
    assert corrected.json() | {"total": "600.00", "number": None} == corrected.json()
    assert (await client.post("/bills/2/categorise", json={"category": "travel"})).json()["category"] == "travel"
    assert (await client.post("/bills/2/confirm")).json()["state"] == "confirmed"
    part = await client.post("/bills/2/pay", json={"amount": "100", "on": "2025-03-10"})
    assert (part.json()["state"], part.json()["open"]) == ("part-paid", "500.00")
    assert (await client.post("/bills/2/pay")).json()["state"] == "paid"
    payments = (await client.get("/payments", params={"limit": 1})).json()
    assert payments["items"][0]["amount"] == {"amount": "500.00", "currency": "EUR"}
    second = (await client.get("/payments", params={"limit": 1, "cursor": payments["next"]})).json()
    assert (second["items"][0]["amount"]["amount"], second["items"][0]["bills"]) == ("100.00", [2])
    assert second["next"] is None
    assert (await client.post("/bills/2/undo")).json()["open"] == "500.00"
    assert (await client.post("/bills/1/void", json={"reason": "not ours"})).json()["state"] == "void"
    with api.desk.database.reading() as session:
        step = session.exec(select(Audit).where(Audit.action == "voided")).one()
    assert step.message_key and step.message_key.startswith("api:person-1.")


async def test_what_asks_back_changes_nothing_and_says_what_to_choose(client: httpx.AsyncClient) -> None:
    over = await client.post("/bills/1/pay", json={"amount": "1300"})
    assert over.status_code == 409 and over.headers["content-type"] == "application/problem+json"
    problem = over.json()
    assert problem["type"] == "urn:billify:problem:nothing-done" and "1,300" in problem["detail"]
    assert {choice["label"] for choice in problem["choices"]} == {
        "Keep it for later bills",
        "It's a bank fee",
        "Rounding",
    }
    assert (await client.get("/bills/1")).json()["open"] == "1249.50"
    settled = await client.post("/bills/1/pay", json={"amount": "1250", "rest": "rounding"})
    assert settled.json()["state"] == "paid"
    again = await client.post("/bills/1/confirm")
    assert again.status_code == 409


async def test_a_bill_that_was_changed_meanwhile_is_not_changed_again(api: Api, client: httpx.AsyncClient) -> None:
    seen = (await client.get("/bills/2")).headers["etag"]
    assert (await client.get("/bills/2", headers={"If-None-Match": seen})).status_code == 304
    await api.desk.say("total is 610")
    assert (await client.get("/bills/2", headers={"If-None-Match": seen})).status_code == 200
    late = await client.post("/bills/2/confirm", headers={"If-Match": seen})
    assert late.status_code == 412 and "changed" in late.json()["detail"]
    now = (await client.get("/bills/2")).headers["etag"]
    answers = await asyncio.gather(
        *(client.patch("/bills/2", json={"total": f"{n}.00"}, headers={"If-Match": now}) for n in range(700, 706))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 5
    done = next(answer for answer in answers if answer.status_code == 200)
    assert done.headers["etag"] == (await client.get("/bills/2")).headers["etag"]


async def test_a_call_that_is_repeated_at_once_is_done_once(api: Api, client: httpx.AsyncClient) -> None:
    once = {"Idempotency-Key": "payment-17"}
    paid = {"amount": "100"}
    answers = await asyncio.gather(*(client.post("/bills/1/pay", json=paid, headers=once) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1 and answers[0].json()["open"] == "1149.50"
    await client.post("/bills/1/pay", json={"amount": "1"})
    later = await client.post("/bills/1/pay", json=paid, headers=once)
    assert later.content == answers[0].content and later.headers["etag"] == answers[0].headers["etag"]
    other = await client.post("/bills/1/pay", json={"amount": "200"}, headers=once)
    assert other.status_code == 422 and other.json()["type"] == "urn:billify:problem:key-reused"
    with api.desk.database.reading() as session:
        assert len(session.exec(select(Entry).where(Entry.kind == "payment")).all()) == 2


async def test_what_was_refused_may_be_tried_again_under_its_key(api: Api, client: httpx.AsyncClient) -> None:
    once = {"Idempotency-Key": "k"}
    assert (await client.post("/bills/2/pay", json={"amount": "900"}, headers=once)).status_code == 409
    await api.desk.say("total is 900")
    assert (await client.post("/bills/2/pay", json={"amount": "900"}, headers=once)).json()["state"] == "paid"
