"""The log of events: everything that happened, once, in its order, for those who may see it."""

from __future__ import annotations

from typing import Any

import httpx

from handlers.trail.names import ACTIONS
from storage.db.tenancy import acting_for
from storage.events.types import TYPES, UNTOLD
from storage.ledger import accounts
from storage.models import Role
from storage.people import companies, company, people
from tests.fakes.books.desk import NOW
from tests.fakes.books.programs import Api

FIRST = ["account.opened", "bill.drafted", "bill.confirmed", "bill.drafted"]
"""What the fixture did, but for who joined."""


def test_every_step_is_told_or_says_why_not() -> None:
    assert ACTIONS.keys() == TYPES.keys() | UNTOLD.keys()
    assert not TYPES.keys() & UNTOLD.keys()


async def test_the_log_is_read_a_page_at_a_time_and_gone_on_with_later(api: Api, client: httpx.AsyncClient) -> None:
    whole = (await client.get("/events")).json()
    assert [one["type"] for one in whole["items"] if one["type"] != "person.joined"] == FIRST
    assert not whole["more"]
    found: list[Any] = []
    page: dict[str, Any] = {"more": True, "next": None}
    while page["more"]:
        page = (
            await client.get("/events", params={"limit": 1, "after": page["next"]} if found else {"limit": 1})
        ).json()
        found += page["items"]
    assert (found, page["next"]) == (whole["items"], whole["next"])
    confirmed = found[-2]
    assert confirmed["data"] == {"bill": 1} and confirmed["person"] == 1 and confirmed["subject"] == "bill:1"
    assert (await client.get(confirmed["url"].removeprefix("/api/v1"))).json()["state"] == "confirmed"
    assert (await client.get("/events", params={"after": whole["next"]})).json()["items"] == []
    await client.post("/bills/2/confirm")
    later = (await client.get("/events", params={"after": whole["next"]})).json()
    assert [(one["type"], one["data"]) for one in later["items"]] == [("bill.confirmed", {"bill": 2})]
    assert len({one["id"] for one in (*whole["items"], *later["items"])}) == len(whole["items"]) + 1


async def test_what_is_taken_back_is_told_too(api: Api, client: httpx.AsyncClient) -> None:
    begun = (await client.get("/events")).json()["next"]
    for path in ("1/pay", "1/undo", "2/void", "2/undo", "2/confirm", "2/undo"):
        assert (await client.post(f"/bills/{path}")).status_code == 200, path
    assert (await client.patch("/bills/2", json={"number": "G-9"})).status_code == 200
    assert (await client.post("/bills/2/undo")).status_code == 200
    found = (await client.get("/events", params={"after": begun})).json()["items"]
    assert [(one["type"], one["data"]["bill"]) for one in found] == [
        ("payment.booked", 1), ("bill.paid", 1), ("payment.undone", 1), ("bill.reopened", 1),
        ("bill.voided", 2), ("bill.restored", 2), ("bill.confirmed", 2), ("bill.confirmation_undone", 2),
        ("bill.corrected", 2), ("bill.correction_undone", 2),
    ]  # fmt: skip
    assert "entry" in found[0]["data"]


async def test_a_change_that_is_refused_is_never_told(client: httpx.AsyncClient) -> None:
    before = (await client.get("/events")).json()
    assert (await client.post("/bills/1/confirm")).status_code == 409
    assert (await client.get("/events")).json() == before


async def test_only_what_is_asked_for(client: httpx.AsyncClient) -> None:
    asked = {"type": ["bill.confirmed", "bill.paid"]}
    assert [one["type"] for one in (await client.get("/events", params=asked)).json()["items"]] == ["bill.confirmed"]
    unknown = await client.get("/events", params={"type": "bill.eaten"})
    assert unknown.status_code == 422 and "bill.confirmed" in unknown.json()["detail"]
    assert (await client.get("/events", params={"after": "abc"})).status_code == 422


async def test_who_may_not_see_the_books_is_told_nothing(api: Api) -> None:
    with api.desk.database.transaction() as session:
        code = people.invite(session, "Max", invited_by=1, now=NOW, role=Role.MEMBER)
        people.redeem(session, code, "terminal", "max", NOW, "Max")
    async with api.client(api.token("max")) as member, api.client(api.token(scopes=["bills:read"])) as narrow:
        assert (await member.get("/events")).status_code == 403
        assert (await member.post("/webhooks", json={"url": "https://example.com"})).status_code == 403
        assert (await narrow.get("/events")).json()["scope"] == "events:read"


async def test_of_another_company_there_is_nothing(api: Api, client: httpx.AsyncClient) -> None:
    with api.desk.database.transaction() as session:
        company.ensure_company(session, "Our GmbH")
    with acting_for(None), api.desk.database.transaction() as session:
        other = companies.found(session, "Other Ltd")
    with acting_for(other), api.desk.database.transaction() as session:
        accounts.ensure_chart(session)
        people.ensure_owner(session, "Otto", [("terminal", "otto")], NOW)
    made = (await client.post("/webhooks", json={"url": "https://example.com/hook"})).json()["id"]
    async with api.client(api.token("otto", company=other)) as otto:
        found = (await otto.get("/events")).json()["items"]
        assert [one["type"] for one in found] == ["person.joined"] and found[0]["company"] == other
        assert (await otto.get("/webhooks")).json()["items"] == []
        for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/test"), ("GET", "/deliveries")):
            assert (await otto.request(method, f"/webhooks/{made}{path}")).status_code == 404
